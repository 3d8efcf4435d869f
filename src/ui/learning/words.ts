import { grouped } from '../../shared/grouped.ts';

/* The words about what a network can do while it learns. */

export const learning = {
  label: 'What it can do',
  rows: {
    examples: ['as it is', 'held-out images'],
    reconstructed: ['reconstructed', 'seen whole'],
    completed: ['completed', 'right half hidden'],
    samples: ['dreamt', 'samples of a prior'],
    fields: ['fields', 'of layer 1 neurons'],
  },
  canvas: (row: string, images: number) => `${row}, after ${grouped(images)} images`,
  noSamples: 'too few images seen for a prior',
  wait: 'Looking at what it can do …',
  noData: 'What it can do is seen on images: choose a dataset.',
  timeline: 'Learning timeline',
  after: (images: number) => `after ${grouped(images)} images`,
  now: 'now',
  toNow: 'Now',
  watch: 'Watch it learn',
  stop: 'Stop watching',
} as const;
