import { BEFORE } from '../../claimants.ts';
import type { Experiment, Row, Settings } from '../../experiment.ts';
import { ACCURACY, OPERATIONS, SECONDS } from '../../quantities.ts';
import { FEW, inEpochs } from './compression.ts';
import { predictiveBudgets } from './plan.ts';

const WIDTH = 64;

const deep = (key: string, title: string, changes: Settings, note?: string): Row => ({
  ...{ key, title, variant: 'pcn' },
  changes: { hidden: 'tanh', batch: 200, ...changes },
  ...(note !== undefined && { note }),
});

/** A classifier of so many layers of synapses, which settles until the error has reached the first. */
const ofDepth = (layers: number): Settings => ({
  sizes: [784, ...new Array<number>(layers - 1).fill(WIDTH), 10],
  steps: layers,
});

/** A14 of the hall, in full: depth starves of error. */
export const depth: Experiment = {
  id: 'pc-depth',
  title: 'Depth starves of error',
  question:
    'How deep may a network be that settles, before its first layers hardly learn any more?',
  source: 'Essay on predictive coding, after Pinchetti et al. 2025',
  claimant: BEFORE,
  exhibit: 'depth',
  rows: [
    deep('backprop', 'backpropagation', { learn: 'backprop' }),
    deep('pc', 'PC', {}),
    deep(
      'spiking',
      'PC, spiking errors',
      { schedule: 'spiking', learn: 'forward', rate: 0.5 },
      'Each layer takes its error only when the error arrives, and learns from the activities of the forward pass; γ = 0.5, as each layer passes on γ of the error that it got.',
    ),
    deep('pc-skip', 'PC, skip connections', { skip: true }),
    deep('backprop-skip', 'backpropagation, skip connections', { learn: 'backprop', skip: true }),
  ],
  datasets: ['mnist'],
  measures: () => ['accuracy'],
  exhibits: () => [],
  pointsAre: 'layers',
  drawing: { kind: 'lines', x: { title: 'layers of synapses', unit: '', log: false }, y: ACCURACY },
  more: [OPERATIONS, SECONDS],
  notes: [
    'Hidden layers of 64 tanh neurons, γ = 0.1 unless it is said otherwise, as many steps as layers, three epochs of 5,000 images in batches of 200, measured on 10,000 test images.',
  ],
  plan: predictiveBudgets({
    test: 10_000,
    points: () => [3, 6, 10, 16],
    lessons: ({ point }) => ({ ...inEpochs(FEW, 3), settings: ofDepth(point ?? 3) }),
  }),
};
