import { BEFORE } from '../../claimants.ts';
import type { Experiment, Row, Settings } from '../../experiment.ts';
import { MSE, OPERATIONS, SECONDS } from '../../quantities.ts';
import { predictiveBudgets } from './plan.ts';

/** A network of 64 causes that folds encoder and decoder into one (B3). */
const FOLDED: Settings = {
  ...{ system: 'compress', hidden: 'tanh', init: 'zero' },
  ...{ rate: 0.2, momentum: 0.25, steps: 35 },
};

/** The folded network whose last layer is of a kind. */
export const folded = (end: string): Row => ({
  ...{ key: end, title: `${end} end`, variant: 'pcn' },
  changes: { ...FOLDED, end },
});

/** How many images it learns from. */
export const FEW = 5_000;

/** So many images, so many times over, with a look after each. */
export const inEpochs = (images: number, times: number) => ({ images, times, every: images });

/** A7 of the hall, in full: compression with half the numbers. */
export const compression: Experiment = {
  id: 'pc-compression',
  title: 'Compression with half the numbers',
  question: 'How well does one network compress digits that finds its codes by settling?',
  source: 'Casnici et al. 2025, Table 1',
  claimant: BEFORE,
  exhibit: 'folded',
  rows: ['relu', 'identity', 'sigmoid'].map(folded),
  datasets: ['mnist'],
  measures: () => ['mse'],
  exhibits: () => ['examples'],
  pointsAre: 'images learnt from',
  drawing: { kind: 'lines', x: { title: 'images learnt from', unit: '', log: true }, y: MSE },
  more: [OPERATIONS, SECONDS],
  notes: [
    'One network 64-384-784 (326,800 numbers) that settles for 35 steps; an encoder with its decoder has 652,880. One, three and six epochs of 5,000 images; quick: one. Measured on 2,000 test images.',
    'Its twin by backpropagation, encoder and decoder, reached 0.0226, 0.0113 and 0.0084 with a relu end when it was tried before; here it runs in the hall.',
  ],
  plan: predictiveBudgets({
    test: 2_000,
    points: (budget) => (budget === 'quick' ? [FEW] : [FEW, 3 * FEW, 6 * FEW]),
    seeds: { standard: 1 },
    lessons: ({ point }) => inEpochs(FEW, (point ?? FEW) / FEW),
  }),
};
