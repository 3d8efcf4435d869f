import type { Exhibit } from '../exhibit.ts';

/** A belief about one hidden number, and what it costs. */
export interface FreeEnergyShown {
  /** Places on the axis, and the densities there: before anything is sensed, after it, and what is believed. */
  readonly at: Float32Array;
  readonly prior: Float32Array;
  readonly posterior: Float32Array;
  readonly belief: Float32Array;
  readonly mean: number;
  readonly width: number;
  /** −ln p(s), in nats. */
  readonly surprise: number;
  /** F after each of the latest steps and moves, in nats; the last is now. */
  readonly freeEnergy: Float32Array;
  /** −ln p(s) at the same moments. */
  readonly surprises: Float32Array;
}

export const freeEnergyBound: Exhibit<'free-energy'> = {
  id: 'free-energy',
  title: 'The bound that falls',
  room: 'free-energy',
  question: 'How does one find what nobody can compute?',
  sees: 'Something hidden, x, is sensed as s. Drag the blue belief under the true posterior, or run: its free energy falls onto the surprise, and the gap is how wrong the belief is.',
  controls: [
    { kind: 'range', key: 'mean', title: 'Mean of the belief q', hint: 'Where the belief puts x.', min: -1, max: 5, step: 0.05, usual: 3 },
    { kind: 'range', key: 'width', title: 'Width of the belief q', hint: 'How unsure the belief is: its standard deviation.', min: 0.05, max: 2, step: 0.01, usual: 0.8, scale: 'logarithmic' },
    { kind: 'range', key: 'sensed', title: 'What is sensed, s', hint: 'The number that the sensor tells.', min: -2, max: 16, step: 0.1, usual: 2 },
    { kind: 'choice', key: 'sensor', title: 'The sensor tells', hint: 'What s is of x, before its noise.', choices: [{ value: 'square', title: 'the square of x' }, { value: 'linear', title: 'x itself' }], usual: 'square', inDrawer: true },
    { kind: 'range', key: 'rate', title: 'Rate of the steps', hint: 'How far down its slope the belief goes in a step.', min: 0.002, max: 0.2, step: 0.002, usual: 0.01, scale: 'logarithmic', inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'F', name: 'free energy: what can be computed', lights: 'freeEnergy' },
    { text: ' = ' },
    { text: '−ln p(s)', name: 'surprise: how unlikely it was to sense s; nothing in the belief changes it', lights: 'surprise' },
    { text: ' + ' },
    { text: 'KL(q ‖ p(x|s))', name: 'the gap: how far the belief is from the posterior, never below 0', lights: 'gap' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 7–16, Fig. 2',
  trials: [
    { title: 'Let it fall', watch: 'Run it: the belief slides under the posterior. A small gap stays, because the posterior is no Gaussian.', values: { mean: 3, width: 0.8, sensed: 2, sensor: 'square', rate: 0.01 } },
    { title: 'A posterior it can reach', watch: 'With a sensor that tells x itself, the posterior is Gaussian: the gap closes to 0, and F is the surprise.', values: { mean: 0, width: 0.3, sensed: 2, sensor: 'linear', rate: 0.1 } },
    { title: 'Sense the impossible', watch: 'No square is −2: the surprise itself is high, and no belief brings F below it.', values: { mean: 1, width: 0.5, sensed: -2, sensor: 'square', rate: 0.01 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Free energy is the surprise and a divergence that is never below 0: lowering it finds the posterior and bounds the surprise at once.',
      by: 'Casnici et al. 2025, Eqs. 10–12',
      claimed: 'F + ln p(s) = KL ≥ 0',
      measured: null,
      command: null,
    },
  ],
  limits: [
    'The surprise is summed over all x here, which works for one number. For a picture nobody can: that is why one lowers F.',
    'A Gaussian belief stays wrong wherever the posterior is no Gaussian: the lowest F is not the surprise.',
  ],
  metric: { name: 'Gap KL(q ‖ p(x|s))', unit: 'nats', digits: 3 },
  pace: { perSecond: 20, step: 'step downhill' },
  miniature: {},
};
