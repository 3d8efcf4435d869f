import { budgets } from '../budgets.ts';
import type { Experiment } from '../experiment.ts';
import { BEST_MMSE, CODE_WIDTH, ERR, MMSE } from '../quantities.ts';
import { AUTOENCODERS, DSRN, MEAN_IMAGE, NEAREST, NGC, PIXELS } from '../rows.ts';

/** Table 2: classification from the codes, and completion. */
export const table2: Experiment = {
  id: 'table-2',
  title: 'Table 2: classifying and completing',
  question:
    'What is the code good for: does it tell the classes apart, and does the model know what is hidden?',
  source: 'Ororbia & Kifer 2022, Table 2',
  rows: [MEAN_IMAGE, NEAREST, PIXELS, ...AUTOENCODERS, ...NGC, DSRN],
  datasets: ['mnist', 'kmnist', 'fmnist', 'caltech101', 'fmnist-part'],
  measures: ({ variant }) => (variant === 'dsrn' ? ['err'] : ['err', 'mmse']),
  exhibits: ({ variant }) =>
    variant === null || variant === 'dsrn' ? [] : ['examples', 'samples'],
  drawing: { kind: 'table', columns: [ERR, MMSE, BEST_MMSE] },
  more: [CODE_WIDTH],
  notes: [
    'The paper prints its Table 2a as a picture; its numbers are not here.',
    'By the paper’s rule hidden pixels start out white and are taken as seen; beside it stands the best rule of each model, so that none wins by its rule alone. Means of imaginings are measured on 200 test images.',
    'The codes differ in length: the autoencoders’ have 20 numbers, the NGC networks’ 360.',
  ],
  plan: budgets(),
};
