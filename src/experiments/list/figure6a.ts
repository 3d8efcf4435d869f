import { budgets } from '../budgets.ts';
import type { Experiment } from '../experiment.ts';
import { GAN_AE, PDH } from '../rows.ts';

/** Figure 6a: a map of the codes. */
export const figure6a: Experiment = {
  id: 'figure-6a',
  title: 'Figure 6a: a map of the codes',
  question: 'Do images of one class lie together in the code, although nobody told the classes?',
  source: 'Ororbia & Kifer 2022, Figure 6a',
  rows: [GAN_AE, PDH],
  datasets: ['mnist', 'fmnist-part'],
  measures: () => ['err'],
  exhibits: () => ['map'],
  drawing: { kind: 'map' },
  notes: ['The paper’s map is by t-SNE, ours by UMAP, of 2,000 test images.'],
  plan: budgets({ seeds: { standard: 1, paper: 1 } }),
};
