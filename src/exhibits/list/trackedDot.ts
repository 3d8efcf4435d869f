import type { Exhibit } from '../exhibit.ts';

/** A dot that moves, what is measured of it, and what two filters believe. */
export interface TrackedDotShown {
  /** The time of the first entry of each list; one entry for every measurement. */
  readonly from: number;
  readonly truth: Float32Array;
  readonly measured: Float32Array;
  /** Means of the position, and the standard deviation of the exact filter. */
  readonly exact: Float32Array;
  readonly exactWidth: Float32Array;
  readonly settled: Float32Array;
  /** Root mean square errors of the position since the beginning; NaN before the first measurement. */
  readonly errors: { readonly measured: number; readonly exact: number; readonly settled: number };
  /** The last measurement's settling: the estimate after 0, 1, … n steps. */
  readonly settling: Float32Array;
  /** A hand holds the dot. */
  readonly isHeld: boolean;
}

export const trackedDot: Exhibit<'tracked-dot'> = {
  id: 'tracked-dot',
  title: 'The tracked dot',
  room: 'time',
  question: 'How does one follow what one sees only through noise?',
  sees: 'A dot is pushed about; its position is measured badly. The best filter there is, Kalman’s, is a network that settles: with enough steps for each measurement they are the same. Drag the dot yourself.',
  controls: [
    { kind: 'range', key: 'steps', title: 'Settling steps a measurement', hint: 'How many gradient steps the state neurons take before the next measurement.', min: 1, max: 100, step: 1, usual: 5 },
    { kind: 'range', key: 'noise', title: 'Noise of the measurement', hint: 'The standard deviation of what is measured.', min: 0.2, max: 3, step: 0.1, usual: 1 },
    { kind: 'choice', key: 'prior', title: 'Trust in the prediction', hint: 'The covariance Σx that weighs prediction against measurement.', choices: [{ value: 'riccati', title: 'carried on, as Kalman does' }, { value: 'steady', title: 'held at its resting value' }, { value: 'pushes', title: 'held at that of the pushes, Q' }, { value: 'identity', title: 'held at 1, velocity alone' }], usual: 'riccati' },
  ], // prettier-ignore
  equation: [
    { text: 'ṁ', name: 'the estimate moves', lights: 'settled' },
    { text: ' = ' },
    { text: 'Cᵀ R^{−1}(y − C m)', name: 'the measurement’s error pulls it to what was measured', lights: 'measured' },
    { text: ' − ' },
    { text: 'Σ_x^{−1}(m − A m_{t−1})', name: 'the prediction’s error pulls it to where the dot should be by now', lights: 'predicted' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 50–63, Fig. 5',
  trials: [
    { title: 'Too hasty', watch: 'With 2 steps a measurement the estimate lags behind, and is worse than the measurement itself.', values: { steps: 2, prior: 'riccati', noise: 1 } },
    { title: 'Settled', watch: 'With 20 steps the network is the Kalman filter: the two lines cannot be told apart.', values: { steps: 20, prior: 'riccati', noise: 1 } },
    { title: 'Trust badly', watch: 'A Σx that knows nothing of velocities never moves the velocity, however long it settles.', values: { steps: 100, prior: 'identity', noise: 1 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'Predictive coding in time is the Kalman filter once it has settled.',
      by: 'Casnici et al. 2025, Eqs. 50–63; Millidge et al. 2024',
      claimed: 'the same estimates',
      measured:
        'position off by 0.699 after 20 steps a measurement, the exact filter by 0.699; by 1.07 after 5',
      command: 'npx vitest run tests/predictive/kalman.test.ts',
    },
    {
      says: 'The covariance can be held instead of carried on, at little loss.',
      by: 'Millidge et al. 2024',
      claimed: 'error close to the Kalman filter’s',
      measured:
        'position off by 0.699 (P∞ held, 20 steps) against 0.699; but by 6.25 where Q is held',
      command: 'npx vitest run tests/predictive/kalman.test.ts',
    },
  ],
  limits: [
    'Few steps are not a worse filter only: with one, the velocity is hardly ever corrected, and the dot is lost.',
    'What is held matters: the resting covariance costs nothing, that of the pushes alone is worse than measuring.',
    'When you drag the dot, it moves by no law that the filters know: both are then only as good as their trust.',
  ],
  metric: { name: 'Error of the settled estimate', unit: '', digits: 3 },
  pace: { perSecond: 8, step: 'measurement' },
  miniature: { steps: 20 },
};
