import type { Exhibit } from '../exhibit.ts';

/** A chain of neurons, and the springs between what they are and what they are predicted to be. */
export interface SpringsShown {
  /** z_0 … z_L; both ends are held, and so is what a hand holds. */
  readonly states: Float32Array;
  readonly held: readonly boolean[];
  /** mu_1 … mu_L: the anchors. */
  readonly predictions: Float32Array;
  /** F after each of the latest steps; the last is now. */
  readonly energies: Float32Array;
  /** F where the chain comes to rest, as its ends are held now. */
  readonly resting: number;
  /** 2/λmax: no longer step settles. */
  readonly bound: number;
  readonly rate: number;
  /** How often the anchors have moved. */
  readonly learnt: number;
}

export const springs: Exhibit<'springs'> = {
  id: 'springs',
  title: 'A chain of springs',
  room: 'settling',
  question: 'Why does a network settle before it learns?',
  sees: 'Each neuron hangs on a spring from where the one before predicts it. Pull the end: the error spreads over all springs. Then let the anchors move: that is learning.',
  controls: [
    { kind: 'range', key: 'pull', title: 'The end is pulled to', hint: 'What the last neuron is held at: the target.', min: -3, max: 3, step: 0.05, usual: 2.4 },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far a neuron follows its springs in a step.', min: 0.02, max: 1.5, step: 0.01, usual: 0.15, scale: 'logarithmic' },
    { kind: 'toggle', key: 'learns', title: 'Let the anchors move', hint: 'Every 20th step the weights and biases change, each by the error at its own spring.', usual: false },
    { kind: 'range', key: 'depth', title: 'Springs', hint: 'How many layers hang on each other.', min: 2, max: 6, step: 1, usual: 4, inDrawer: true, restarts: true },
    { kind: 'range', key: 'input', title: 'The start is held at', hint: 'What the first neuron is held at: the input.', min: -3, max: 3, step: 0.05, usual: -1, inDrawer: true },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How far the anchors move at a time.', min: 0.01, max: 0.3, step: 0.01, usual: 0.1, inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'F', name: 'energy of all springs', lights: 'energy' },
    { text: ' = ½ Σ_l (' },
    { text: 'z_l', name: 'state neuron: where it is', lights: 'states' },
    { text: ' − ' },
    { text: 'μ_l', name: 'prediction by the layer before: where its spring is anchored', lights: 'predictions' },
    { text: ')^2,   ż_l = ' },
    { text: '−e_l + w_{l+1} e_{l+1}', name: 'the pull of its own spring, and of the next one’s', lights: 'errors' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 35–39, Fig. 4',
  trials: [
    { title: 'Pull and settle', watch: 'Run it: at first only the last spring is stretched; step by step the error wanders back, until all share it.', values: { pull: 2.4, rate: 0.15, learns: false, depth: 4 } },
    { title: 'Let it learn', watch: 'Every 20 steps the anchors follow. The springs go slack: what was an error has become a prediction.', values: { pull: 2.4, rate: 0.3, learns: true, depth: 4 } },
    { title: 'Step too far', watch: 'Beyond 2/λmax each step overshoots by more than it corrects.', values: { pull: 2.4, rate: 0.9, learns: false, depth: 5 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'With its ends held, a linear chain rests at an energy that is known beforehand: ½ r²/S, r what the forward pass is wrong by, S from the weights.',
      by: 'Innocenti et al. 2024',
      claimed: 'F at rest = ½ r²/S',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'Springs are a picture of linear neurons: with bent activations the pull changes along the way.',
    'Energy falls at every step only below 2/λmax, and λmax grows with the weights: a rate that was safe can become unsafe while it learns.',
  ],
  metric: { name: 'Energy F', unit: '', digits: 3 },
  pace: { perSecond: 8, step: 'settling step' },
  miniature: { learns: true, rate: 0.3 },
};
