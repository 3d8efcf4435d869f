import { BEFORE } from '../../claimants.ts';
import type { Experiment, Row } from '../../experiment.ts';
import { DOUBTED, TOLD } from '../../quantities.ts';
import { FEW, folded, inEpochs } from './compression.ts';
import { predictiveBudgets } from './plan.ts';
import { classifying, LESSONS } from './twins.ts';

const decoder = (end: string): Row => ({ ...folded(end), key: `decoder-${end}`, title: `decoder, ${end} end` }); // prettier-ignore

/** A13 of the hall, in full: surprise finds strangers. */
export const strangers: Experiment = {
  id: 'pc-strangers',
  title: 'Strangers found by surprise',
  question:
    'Does the free energy that is left after settling tell what is no digit, without any training for it?',
  source: 'Essay on predictive coding, after Pinchetti et al. 2025',
  claimant: BEFORE,
  exhibit: 'strangers',
  rows: [
    decoder('identity'),
    decoder('sigmoid'),
    classifying('classifier', 'classifier', { steps: 20 }),
    classifying('classifier-softmax', 'classifier, softmax', { steps: 20, output: 'softmax' }),
  ],
  datasets: ['mnist'],
  measures: ({ key }) => (key.startsWith('decoder') ? ['mse', 'auroc'] : ['accuracy', 'auroc']),
  exhibits: () => [],
  strangers: ['fmnist', 'fmnist-part'],
  drawing: { kind: 'table', columns: TOLD },
  more: DOUBTED,
  notes: [
    'AUROC: the probability that a stranger scores higher than a digit; 1 is always, ½ by chance. A decoder settles on the image; a classifier settles for 100 steps with its own answer as the label.',
    'Doubt, −max softmax, is the usual score beside it; of a classifier with a softmax end the free energy is that score in other words.',
    'The networks are those of the two experiments on accuracy and compression; a decoder learns from one epoch of 5,000 images under quick, else from six.',
  ],
  plan: predictiveBudgets({
    test: 1_000,
    seeds: { standard: 1 },
    lessons: ({ row, budget }) =>
      row.key.startsWith('decoder') ? inEpochs(FEW, budget === 'quick' ? 1 : 6) : LESSONS[budget],
  }),
};
