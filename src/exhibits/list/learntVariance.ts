import type { Exhibit } from '../exhibit.ts';

/** The variance of one output, learnt from three kinds of errors at once. */
export interface LearntVarianceShown {
  /** Σ at the beginning and after each update, at most some hundred of them, evenly; and how many updates lie between two. */
  readonly settled: Float32Array;
  readonly forward: Float32Array;
  readonly sampled: Float32Array;
  readonly every: number;
  /** Where each rests; null: it falls to the floor. */
  readonly rests: { readonly settled: number | null; readonly forward: number; readonly sampled: number | null }; // prettier-ignore
  /** The root below which settled states fall, if there is one. */
  readonly tipping: number | null;
  readonly floor: number;
  /** Places on the axis of Σ, and the mean change ½(mean e² − P) there, times Σ, from settled states. */
  readonly at: Float32Array;
  readonly change: Float32Array;
}

export const learntVariance: Exhibit<'learnt-variance'> = {
  id: 'learnt-variance',
  title: 'A variance that collapses',
  room: 'compression',
  question: 'Can a neuron learn how noisy its world is?',
  sees: 'One output, y = w·z + noise, learns its own variance Σ from its errors. From settled errors it comes out too small, and below a tipping point it collapses; from errors before settling, or from sampled states, it does not.',
  controls: [
    { kind: 'range', key: 'residual', title: 'Variance of the residual, σ²', hint: 'How far the forward prediction is off, squared, on average.', min: 0.5, max: 10, step: 0.1, usual: 6 },
    { kind: 'range', key: 'weight', title: 'Weight w', hint: 'How strongly the state acts on the output: how much of the error it can take upon itself.', min: 0.2, max: 2, step: 0.05, usual: 1 },
    { kind: 'range', key: 'start', title: 'Σ at the start', hint: 'What the variance is believed to be at first.', min: 0.05, max: 12, step: 0.05, usual: 1, scale: 'logarithmic', restarts: true },
    { kind: 'range', key: 'rate', title: 'Rate of Σ', hint: 'How far Σ moves in an update.', min: 0.005, max: 0.5, step: 0.005, usual: 0.2, scale: 'logarithmic', inDrawer: true },
    { kind: 'range', key: 'batch', title: 'Draws of an update', hint: 'Over how many draws the error is averaged.', min: 1, max: 200, step: 1, usual: 50, scale: 'logarithmic', inDrawer: true },
  ], // prettier-ignore
  equation: [
    { text: 'ΔΣ = ½(' },
    { text: 'mean e²', name: 'the squared errors there are', lights: 'settled' },
    { text: ' − ' },
    { text: 'Σ^{−1}', name: 'the squared errors one expects at this Σ', lights: 'change' },
    { text: ')   rests where   ' },
    { text: '(Σ + w²)² = σ²Σ', name: 'for settled states: two roots, of which the upper holds, or none', lights: 'roots' },
  ], // prettier-ignore
  source: 'Casnici et al. 2025, Eqs. 40–42, Box 2; the roots are ours',
  trials: [
    { title: 'Too small, but it holds', watch: 'Of σ² = 6 settled errors find 3.7: the state has explained the rest away. The forward pass finds 6, sampling the noise itself, 5.', values: { residual: 6, weight: 1, start: 1, rate: 0.2 } },
    { title: 'Collapse', watch: 'With σ < 2w there is no rest: Σ falls to its floor, and its precision explodes.', values: { residual: 3, weight: 1, start: 1, rate: 0.2 } },
    { title: 'A tipping point', watch: 'The same world, but Σ starts below the lower root: it falls, where it would have risen.', values: { residual: 6, weight: 1, start: 0.15, rate: 0.02 } },
  ], // prettier-ignore
  claims: [
    {
      says: 'The covariance of the errors can be learnt by the same free energy as everything else.',
      by: 'Casnici et al. 2025, Eqs. 40–42',
      claimed: 'Σ = the covariance of the errors',
      measured:
        'of σ² = 6, w = 1: settled 3.73, forward 6, sampled 5; of σ² = 3 the settled one falls to its floor',
      command: 'npx vitest run tests/predictive/variance.test.ts',
    },
  ],
  limits: [
    'A point has no width: a settled state hides what it does not know, and Σ counts only what is left.',
    'The tipping point is one of averages: where Σ is small, large steps or few draws can throw it over to either side.',
    'The forward pass finds σ², which holds the state’s own noise too; only sampling tells the two apart.',
  ],
  metric: { name: 'Σ from settled errors', unit: '', digits: 2 },
  pace: { perSecond: 60, step: 'update' },
  miniature: {},
};
