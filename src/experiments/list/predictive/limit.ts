import { BEFORE } from '../../claimants.ts';
import type { Experiment } from '../../experiment.ts';
import { COSINE, DISTANCE, RATIO } from '../../quantities.ts';
import { predictiveBudgets } from './plan.ts';
import { classifying, LESSONS } from './twins.ts';

/** A9 of the hall, in full: predictive coding becomes backpropagation. */
export const limit: Experiment = {
  id: 'pc-limit',
  title: 'From predictive coding to backpropagation',
  question:
    'When the output is held less firmly, do synapses change as backpropagation would have them?',
  source: 'Casnici et al. 2025, Eqs. 48–49',
  claimant: BEFORE,
  exhibit: 'limit',
  rows: [
    classifying('long', 'after 2,000 steps', { steps: 20 }),
    classifying('short', 'after 20 steps', { steps: 20 }),
  ],
  datasets: ['mnist'],
  measures: ({ key }) => [key === 'long' ? 'nearness-long' : 'nearness-short'],
  exhibits: () => [],
  pointsAre: 'k',
  drawing: {
    kind: 'lines',
    x: { title: 'k, variance of the output', unit: '', log: true },
    y: COSINE,
  },
  more: [RATIO, DISTANCE],
  notes: [
    'One trained classifier, that of the experiment on accuracy with 20 steps; what its synapses would learn from 100 test images after settling with γ = 0.05, times k, beside what backpropagation would change. What is claimed is of another trained network, after 500 steps with γ = 0.2; this one blows up there.',
    'The distance falls as 1/k at equilibrium only: after 20 steps the first layers have received less error than they should, whatever k.',
  ],
  plan: predictiveBudgets({
    test: 100,
    points: () => [1, 10, 100, 1_000],
    seeds: { standard: 1 },
    lessons: ({ budget }) => LESSONS[budget],
  }),
};
