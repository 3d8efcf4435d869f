import { BEFORE } from '../../claimants.ts';
import type { Experiment } from '../../experiment.ts';
import { COSINE, DISTANCE, RATIO } from '../../quantities.ts';
import type { Lessons } from './plan.ts';
import { predictiveBudgets } from './plan.ts';
import { classifying } from './twins.ts';

/** What the network has learnt before, and how: by backpropagation, in batches of 200. */
const LEARNT = { steps: 20, learn: 'backprop', batch: 200 } as const;
const LESSONS: Lessons = { images: 10_000, times: 3, every: 10_000 };

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
    classifying('long', 'after 500 steps', LEARNT),
    classifying('short', 'after 20 steps', LEARNT),
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
    'One classifier, which has learnt by backpropagation for three epochs of 10,000 images; what its synapses would learn from 100 test images after settling with γ = 0.2, times k, beside what backpropagation would change. One that has learnt for longer, or by predictive coding, blows up at this γ.',
    'The distance falls as 1/k at equilibrium only: after 20 steps the first layers have received less error than they should, whatever k.',
  ],
  plan: predictiveBudgets({
    test: 100,
    points: () => [1, 10, 100, 1_000],
    seeds: { standard: 1 },
    lessons: () => LESSONS,
  }),
};
