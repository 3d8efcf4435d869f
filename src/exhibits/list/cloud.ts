import type { Exhibit } from '../exhibit.ts';

/** Values at places of an axis. */
export interface Curve {
  readonly at: Float32Array;
  readonly values: Float32Array;
}

/** The axes of causes z, of numbers y and of rates γ. */
export const CLOUD_AXES = { causes: [-4, 6], numbers: [-8, 10], rates: [0, 0.6] } as const;

/** Chains that sample what is believed of one number, and what the model has learnt of many. */
export interface CloudShown {
  /** Where the chains are now. */
  readonly cloud: Float32Array;
  /** The exact belief of z: mean, variance, and density at places of the axis. */
  readonly mean: number;
  readonly variance: number;
  readonly belief: Curve;
  /** λ, the curvature that the chains move on. */
  readonly curvature: number;
  /** Of the cloud, and what theory says it must be: τ/(λ(1 − γλ/2)); null where there is none. */
  readonly cloudVariance: number;
  readonly expectedVariance: number | null;
  /** What the model predicts: y = w·z, z about b. */
  readonly w: number;
  readonly b: number;
  /** The number that is seen, and γ over which chains fly away. */
  readonly seen: number;
  readonly bound: number;
  /** That variance at every rate under the bound. */
  readonly theory: Curve;
  /** Densities of y: in the world, and as the model has learnt it. */
  readonly world: Curve;
  readonly learnt: Curve;
  /** w after every update so far. */
  readonly course: Float32Array;
}

export const cloud: Exhibit<'cloud'> = {
  id: 'cloud',
  title: 'A cloud, not a point',
  room: 'sampling',
  question: 'What if a network did not settle on one answer, but wandered among all that fit?',
  sees: 'A number is seen, and 400 chains guess what caused it. Without noise they all settle on one point; with the right noise they form the whole belief. Drag the number that is seen.',
  controls: [
    { kind: 'range', key: 'temperature', title: 'Temperature τ', hint: 'How strong the noise of settling is: 0 settles, 1 samples the belief.', min: 0, max: 2, step: 0.05, usual: 1 },
    { kind: 'range', key: 'rate', title: 'Rate γ', hint: 'How far a step goes. At 2/λ chains begin to fly away.', min: 0.01, max: 0.6, step: 0.01, usual: 0.05 },
    { kind: 'range', key: 'seen', title: 'Number that is seen', hint: 'What the chains are to explain.', min: -6, max: 8, step: 0.1, usual: 3 },
    { kind: 'toggle', key: 'learn', title: 'Learn too', hint: 'The model learns w and b from numbers of mean 1 and variance 5, by the states of its chains.', usual: false, inDrawer: true, restarts: true },
  ], // prettier-ignore
  equation: [
    { text: 'z ← z + ' },
    { text: 'γ·d', name: 'a step down the free energy', lights: 'belief' },
    { text: ' + ' },
    { text: '√(2γτ)·ξ', name: 'noise, of a strength that makes the cloud the belief', lights: 'cloud' },
    { text: ',   variance ' },
    { text: 'τ / (λ(1 − γλ/2))', name: 'how wide the cloud is in the end; λ is the curvature', lights: 'variance' },
  ], // prettier-ignore
  source: 'Oliviers et al. 2024, as the essay tells it; one dimension, z ~ N(b, 1), y ~ N(wz, 1)',
  trials: [
    { title: 'Take the noise away', watch: 'All chains fall onto one point: the best guess, without its width.', values: { temperature: 0, rate: 0.05, learn: false } },
    { title: 'Step too far', watch: 'Near 2/λ the cloud is wider than the belief; beyond it the chains fly away.', values: { temperature: 1, rate: 0.38, learn: false } },
    { title: 'Learn by sampling', watch: 'The model comes to what the world is: w near 2, variance near 5. Then take the noise away, and w runs off.', values: { temperature: 1, rate: 0.05, learn: true } },
  ], // prettier-ignore
  claims: [
    {
      says: 'With noise of the right strength a predictive-coding network samples what it believes, and learns whole densities.',
      by: 'Oliviers et al. 2024, as the essay tells it',
      claimed: 'no number; by theory variance 5, w ±2',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'A finite step makes the cloud too wide, by 1/(1 − γλ/2).',
    'Without noise the model cannot learn the width of the world: w grows without end, until settling itself diverges.',
    'On pictures of digits sampling gave no better generator than settling did here.',
  ],
  metric: { name: 'Variance of the cloud', unit: '', digits: 3 },
  pace: { perSecond: 30, step: 'step' },
  miniature: {},
};
