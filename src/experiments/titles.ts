import type { LabDataset } from './experiment.ts';

/** What the sets are called, for people. */
export const DATASET_TITLES: Readonly<Record<LabDataset, string>> = {
  mnist: 'MNIST',
  kmnist: 'KMNIST',
  fmnist: 'Fashion-MNIST',
  caltech101: 'Caltech 101',
  'fmnist-part': 'Fashion-MNIST, a part',
};
