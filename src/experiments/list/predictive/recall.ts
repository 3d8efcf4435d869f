import { BEFORE } from '../../claimants.ts';
import type { Experiment, LabMeasure, Row, Settings } from '../../experiment.ts';
import { CLOSE, RECALLED, RIGHT } from '../../quantities.ts';
import { predictiveBudgets } from './plan.ts';

/** A memory of 32 causes and 256 neurons (B7). */
const MEMORY: Settings = {
  ...{ system: 'recall', sizes: [32, 256, 784], hidden: 'tanh', init: 'zero', steps: 20 },
  ...{ rate: 0.1, momentum: 0.5, learningRate: 0.002 },
};

/** Times that it sees its images, all of them at once. */
const UPDATES = 300;

const asked = (key: string, title: string): Row => ({
  key,
  title,
  variant: 'pcn',
  changes: MEMORY,
});

const MEASURED: Readonly<Record<string, LabMeasure>> = {
  noise: 'recall-noise',
  half: 'recall-half',
  'half-long': 'recall-half-long',
};

/** A12 of the hall, in full: memories recalled from fragments. */
export const recall: Experiment = {
  id: 'pc-recall',
  title: 'Memories recalled from fragments',
  question: 'How many images does a network give back from noise, or from their upper halves?',
  source: 'Essay on predictive coding, after Pinchetti et al. 2025',
  claimant: BEFORE,
  exhibit: 'recall',
  rows: [
    asked('noise', 'from noise, 100 steps'),
    asked('half', 'from half, 200 steps'),
    asked('half-long', 'from half, 2,000 steps'),
  ],
  datasets: ['mnist'],
  measures: ({ key }) => [MEASURED[key]!],
  exhibits: () => [],
  pointsAre: 'stored images',
  drawing: { kind: 'lines', x: { title: 'stored images', unit: '', log: true }, y: RECALLED },
  more: [RIGHT, CLOSE],
  notes: [
    'One network 32-256-784 stores the images in 300 updates; the three rows ask the same networks in three ways. Noise: standard deviation 0.2, every pixel is free. Half: the lower half is hidden, what is seen stays.',
    'Measured on the images that were learnt, not on test images: it is a memory.',
  ],
  plan: predictiveBudgets({
    test: 0,
    points: () => [10, 50, 200],
    lessons: ({ point }) => {
      const images = point ?? 10;
      const settings = { batch: images };
      return { images, times: UPDATES, every: UPDATES * images, settings };
    },
  }),
};
