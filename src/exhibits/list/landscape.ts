import type { Exhibit } from '../exhibit.ts';

/** One rule on the plane of two weights. */
export interface PlaneShown {
  /** A row for every θ1, a column for every θ0, from the least: the energy, and where learning goes. */
  readonly energy: Float32Array;
  readonly dTheta0: Float32Array;
  readonly dTheta1: Float32Array;
  /** θ0 and θ1 after each step of learning; the last is now. */
  readonly path: readonly (readonly [theta0: number, theta1: number])[];
}

export interface LandscapeShown {
  /** The values that both weights take on the grid. */
  readonly theta: Float32Array;
  readonly backprop: PlaneShown;
  readonly settled: PlaneShown;
  /** The variance of the output. */
  readonly k: number;
}

export const landscapeExhibit: Exhibit<'landscape'> = {
  id: 'landscape',
  title: 'Two weights, two landscapes',
  room: 'backprop',
  question: 'When does settling learn what backpropagation learns?',
  sees: 'A network of two weights, so that one sees all of it: the ground is its energy, the arrows are where learning goes. Drag the ball and let it roll in both; let the output give way, and the arrows turn into the same.',
  controls: [
    { kind: 'range', key: 'k', title: 'The output gives way: variance k', hint: 'How little the output insists on its target. Large: errors stay small, and the states near the forward pass.', min: 1, max: 50, step: 0.1, usual: 1, scale: 'logarithmic' },
    { kind: 'range', key: 'theta0', title: 'First weight θ₀ of the start', hint: 'Where the ball starts, along.', min: -3, max: 3, step: 0.05, usual: -2.2 },
    { kind: 'range', key: 'theta1', title: 'Second weight θ₁ of the start', hint: 'Where the ball starts, up.', min: -3, max: 3, step: 0.05, usual: 2.4 },
    { kind: 'range', key: 'learningRate', title: 'Learning rate', hint: 'How far the ball rolls in a step; predictive coding’s changes are taken k times, so that both are as large.', min: 0.02, max: 1, step: 0.02, usual: 0.2, scale: 'logarithmic', inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'k Δθ', name: 'what predictive coding learns, after settling for 30 steps', lights: 'settled' },
    { text: ' → ' },
    { text: 'Δθ', name: 'what backpropagation learns', lights: 'backprop' },
    { text: '  as  ' },
    { text: 'k', name: 'variance of the output: its error is divided by k', lights: 'k' },
    { text: ' grows' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 48–49 and their notebook',
  trials: [
    { title: 'Two ways down', watch: 'With k = 1 the grounds differ: settling has dug valleys of its own, and the ball takes another way.', values: { k: 1, theta0: -2.2, theta1: 2.4 } },
    { title: 'Give way a little', watch: 'With k = 5 nearly all arrows agree; where they do not, the weights are large.', values: { k: 5, theta0: -2.2, theta1: 2.4 } },
    { title: 'One and the same', watch: 'With k = 50 both balls roll the same way: this is the limit in which predictive coding is backpropagation.', values: { k: 50, theta0: -2.2, theta1: 2.4 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'As the output’s variance grows, predictive coding’s changes become those of backpropagation.',
      by: 'Casnici et al. 2025, Eqs. 48–49',
      claimed: 'the cosine between them goes to 1',
      measured: 'mean cosine on 61 × 61 points 0.872 (k = 1), 0.985 (5), 0.9998 (50)',
      command: 'npx vitest run tests/predictive/landscape.test.ts',
    },
  ],
  limits: [
    'The changes themselves shrink as 1/k: what agrees is k times as much of them.',
    'It holds at equilibrium. After 30 steps of rate 0.2 a thousandth of the way is still missing, which no k makes good.',
  ],
  metric: { name: 'Mean cosine of the arrows', unit: '', digits: 4 },
  pace: { perSecond: 12, step: 'learning step' },
  miniature: {},
};
