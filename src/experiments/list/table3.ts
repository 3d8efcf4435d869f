import { budgets } from '../budgets.ts';
import type { Experiment } from '../experiment.ts';
import { ACTIVE } from '../quantities.ts';
import { AUTOENCODERS, DSRN, PDH, T1_SIGMA, T2 } from '../rows.ts';

/** Table 3: how many neurons are active. */
export const table3: Experiment = {
  id: 'table-3',
  title: 'Table 3: how many neurons are active',
  question:
    'Does competition between neighbours leave fewer neurons active than a prior that pulls every state to zero?',
  source: 'Ororbia & Kifer 2022, Table 3',
  rows: [T1_SIGMA, T2, PDH, ...AUTOENCODERS, DSRN],
  datasets: ['mnist', 'kmnist', 'fmnist', 'caltech101', 'fmnist-part'],
  measures: () => ['sparsity'],
  exhibits: () => [],
  drawing: { kind: 'table', columns: ACTIVE },
  notes: [
    'The paper’s shares are over its training images, ours over the test images.',
    'Of the autoencoders the two rectified layers are counted; their code is dense.',
  ],
  plan: budgets(),
};
