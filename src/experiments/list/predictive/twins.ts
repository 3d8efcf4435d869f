import { BEFORE } from '../../claimants.ts';
import type { Budget, Experiment, Row, Settings } from '../../experiment.ts';
import { ACCURACY, OPERATIONS, SECONDS } from '../../quantities.ts';
import type { Lessons } from './plan.ts';
import { predictiveBudgets } from './plan.ts';

/** A row of the tutorial's classifier with other settings. */
export const classifying = (key: string, title: string, changes: Settings, note?: string): Row => ({
  ...{ key, title, variant: 'pcn', changes },
  ...(note !== undefined && { note }),
});

const SIX_EPOCHS: Lessons = { images: 10_000, times: 6, every: 5_000 };

/** What classifiers learn from under each budget: "paper" as the tutorial has it. */
export const LESSONS: Readonly<Record<Budget, Lessons>> = {
  quick: SIX_EPOCHS,
  standard: SIX_EPOCHS,
  paper: { images: null, times: 25, every: 58_000 },
};

/** A5 of the hall, in full: a classifier that settles, and its twin that learns by backpropagation. */
export const twins: Experiment = {
  id: 'pc-twins',
  title: 'Accuracy with and without backpropagation',
  question:
    'Does a network that settles and changes its synapses by what is beside them classify as well as its twin by backpropagation?',
  source: 'Casnici et al. 2025, Table 1',
  claimant: BEFORE,
  exhibit: 'twins',
  rows: [
    classifying('backprop', 'backpropagation', { learn: 'backprop' }),
    classifying('pc-8', 'PC, 8 steps', { steps: 8 }),
    classifying(
      'pc-sweep',
      'PC, 8 sweeps',
      { steps: 8, order: 'sweep' },
      'From the label to the image, each layer settles on the newest states.',
    ),
    classifying('pc-20', 'PC, 20 steps', { steps: 20 }),
    classifying(
      'pc-20-k20',
      'PC, 20 steps, k = 20',
      { steps: 20, outputVariance: 20 },
      'The output is held less firmly: its variance is 20, so that the changes come near to those of backpropagation.',
    ),
  ],
  datasets: ['mnist'],
  measures: () => ['accuracy'],
  exhibits: () => [],
  drawing: { kind: 'curves', x: 'images', y: ACCURACY },
  more: [OPERATIONS, SECONDS],
  notes: [
    'All start from the same synapses of a seed and see the same batches: 784-128-128-128-10, Adam with 0.001, six epochs of 10,000 images. Paper: 25 epochs of 58,000, as the tutorial has them; it prints 98.31 % by backpropagation and 98.12 % by predictive coding.',
    'A curve is of the validation images; the numbers under it are of 10,000 test images.',
  ],
  plan: predictiveBudgets({
    test: 10_000,
    lessons: ({ budget }) => LESSONS[budget],
  }),
};
