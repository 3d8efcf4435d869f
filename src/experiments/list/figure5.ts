import { budgets } from '../budgets.ts';
import type { Experiment } from '../experiment.ts';
import { GAN_AE, PDH } from '../rows.ts';

/** Figure 5: samples, a column a class. */
export const figure5: Experiment = {
  id: 'figure-5',
  title: 'Figure 5: samples, a column a class',
  question: 'What do the two best models draw when nobody shows them anything?',
  source: 'Ororbia & Kifer 2022, Figure 5',
  rows: [GAN_AE, PDH],
  datasets: ['mnist', 'fmnist-part'],
  measures: () => [],
  exhibits: () => ['by-class'],
  drawing: { kind: 'by-class' },
  notes: [
    'A classifier that was trained on the data sorts the samples into columns; nothing else chooses them.',
  ],
  plan: budgets({ seeds: { standard: 1, paper: 1 } }),
};
