import { budgets } from '../budgets.ts';
import type { Experiment } from '../experiment.ts';
import { T2 } from '../rows.ts';

/** Table 4 and Figure 6b: a digit is composed of features. */
export const table4: Experiment = {
  id: 'table-4',
  title: 'Table 4 and Figure 6b: a digit is composed of features',
  question: 'What do the strongest neurons of the first layer draw, and what is their sum?',
  source: 'Ororbia & Kifer 2022, Table 4 and Figure 6b',
  rows: [T2],
  datasets: ['mnist', 'fmnist-part'],
  measures: () => [],
  exhibits: () => ['composition'],
  drawing: { kind: 'composition' },
  notes: [
    'As in the paper, each of the 30 strongest fields is scaled to 0 … 1 and what is under 0.5 is black; 11 of them are shown, and the sum of all 30, each by its activity.',
  ],
  plan: budgets({ seeds: { standard: 1, paper: 1 } }),
};
