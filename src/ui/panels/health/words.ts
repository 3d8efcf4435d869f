import { grouped } from '../../../shared/grouped.ts';

/* The words about how a network fares. */

export const health = {
  wait: 'Looking at the network …',
  noData: 'How a network fares is seen on images: choose a dataset.',
  at: (images: number) => `After ${grouped(images)} images learnt from.`,
  layers: 'State neurons',
  layersAbout: (images: number) =>
    `Looked at with ${grouped(images)} images held out of training. Who never fires takes no part; who never wins is always held down by another of its column.`,
  layer: 'layer',
  neurons: 'neurons',
  neverActive: 'never fire',
  neverWin: 'never win',
  synapses: 'Synapses at their norm limit',
  synapsesAbout:
    'A vector of synapses that has reached its limit can only turn. Where all have, none can grow.',
  matrix: 'matrix',
  atLimit: 'at the limit',
  largest: 'largest norm',
  of: (count: number, all: number) => `${count} of ${all}`,
  limit: (limit: number) => `limit ${limit}`,
  covariances: 'Covariances of the errors',
  covariancesAbout:
    'The largest eigenvalue of Σ by its smallest: the larger, the nearer to one that has no inverse.',
  condition: 'condition',
  singular: 'has no inverse',
  none: 'No competition by columns: nobody wins or loses.',
} as const;
