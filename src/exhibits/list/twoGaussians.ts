import type { Exhibit } from '../exhibit.ts';

/** Two Gaussians, as curves on one axis, and what they say of each other. */
export interface TwoGaussiansShown {
  /** Places on the axis, and both densities there. */
  readonly at: Float32Array;
  readonly p: Float32Array;
  readonly q: Float32Array;
  /** In nats: the entropy of p, the cross entropy of p and q, and the divergence of q from p. */
  readonly entropy: number;
  readonly crossEntropy: number;
  readonly divergence: number;
}

const mean = { min: -4, max: 4, step: 0.05 };
const width = { min: 0.3, max: 3, step: 0.05 };

export const twoGaussians: Exhibit<'two-gaussians'> = {
  id: 'two-gaussians',
  title: 'Two beliefs',
  room: 'free-energy',
  question: 'How wrong is a belief, in nats?',
  sees: 'The world draws numbers from p; you believe they come from q. Drag either curve: the bars say what the belief costs.',
  controls: [
    { kind: 'range', key: 'believedMean', title: 'Mean of the belief q', hint: 'Where the belief expects numbers.', ...mean, usual: 1.5 },
    { kind: 'range', key: 'believedWidth', title: 'Width of the belief q', hint: 'How unsure the belief is: its standard deviation.', ...width, usual: 1.2 },
    { kind: 'range', key: 'trueWidth', title: 'Width of the world p', hint: 'How far the world’s numbers spread: their standard deviation.', ...width, usual: 0.8 },
    { kind: 'range', key: 'trueMean', title: 'Mean of the world p', hint: 'Where the world’s numbers lie.', ...mean, usual: -0.5, inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'H(p, q)', name: 'cross entropy: the mean surprise of one who believes q', lights: 'crossEntropy' },
    { text: ' = ' },
    { text: 'H(p)', name: 'entropy: the mean surprise that nobody can avoid', lights: 'entropy' },
    { text: ' + ' },
    { text: 'KL(p ‖ q)', name: 'divergence: what the wrong belief costs on top', lights: 'divergence' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 1–6',
  trials: [
    { title: 'Believe the truth', watch: 'The divergence is 0: only the entropy is left.', values: { believedMean: -0.5, believedWidth: 0.8, trueMean: -0.5, trueWidth: 0.8 } },
    { title: 'Be sure, and wrong', watch: 'A narrow belief in the wrong place is the dearest of all.', values: { believedMean: 2, believedWidth: 0.4, trueMean: -0.5, trueWidth: 0.8 } },
    { title: 'Be unsure', watch: 'A wide belief is never far wrong, and never right.', values: { believedMean: 0.5, believedWidth: 2.6, trueMean: -0.5, trueWidth: 0.8 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'The cross entropy is the entropy and the divergence together, so that minimising one minimises the other.',
      by: 'Casnici et al. 2025, Eq. 6',
      claimed: 'H(p, q) − H(p) − KL(p ‖ q) = 0',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'The divergence is no distance: swap the two curves, and it is another number.',
    'The entropy of a density can be below 0: a narrow p has less than 0 nats.',
  ],
  metric: { name: 'KL(p ‖ q)', unit: 'nats', digits: 3 },
  pace: 'by hand',
  miniature: {},
};
