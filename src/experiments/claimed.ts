import type { Printed } from './experiment.ts';
import { spreadOf } from './spread.ts';

/*
 * What an independent implementation of predictive coding found on MNIST in grey, of one seed unless several numbers stand here.
 */

/** Numbers of one quantity, a line a row of the experiment: over its seeds, and where it has points, at those. */
interface Found {
  readonly experiment: string;
  readonly quantity: string;
  readonly points?: readonly number[];
  readonly rows: Readonly<Record<string, readonly number[]>>;
}

const FOUND: readonly Found[] = [
  {
    ...{ experiment: 'pc-twins', quantity: 'accuracy' },
    rows: {
      backprop: [96.0, 96.1],
      'pc-8': [95.4, 95.2],
      'pc-sweep': [95.4],
      'pc-20': [95.0, 94.8],
      'pc-20-k20': [95.9],
    },
  },
  {
    ...{ experiment: 'pc-twins', quantity: 'operations' },
    rows: { backprop: [0.61], 'pc-8': [1.69] },
  },
  {
    ...{ experiment: 'pc-compression', quantity: 'mse', points: [5_000, 15_000, 30_000] },
    rows: {
      relu: [0.012, 0.0063, 0.0049],
      identity: [0.0208, 0.0123, 0.0105],
      sigmoid: [0.0388, 0.0203, 0.0127],
    },
  },
  ...strangers('others', {
    'decoder-identity': 0.99,
    classifier: 0.92,
    'classifier-softmax': 0.844,
  }),
  ...strangers('noise', { 'decoder-identity': 1, classifier: 0.95 }),
  ...strangers('turned', { 'decoder-identity': 0.893 }),
  ...strangers('shuffled', { 'decoder-identity': 1 }),
  ...strangers('inverted', { 'decoder-sigmoid': 0.489, classifier: 0.999 }),
  {
    ...{ experiment: 'pc-limit', quantity: 'cosine', points: [1, 10, 100, 1_000] },
    rows: { long: [0.937, 0.985, 0.9985, 0.9998], short: [0.886, 0.869, 0.862, 0.86] },
  },
  {
    ...{ experiment: 'pc-limit', quantity: 'ratio', points: [1, 10, 100, 1_000] },
    rows: { long: [0.19, 0.68, 0.95, 0.99] },
  },
  {
    ...{ experiment: 'pc-recall', quantity: 'recalled', points: [10, 50, 200] },
    rows: {
      noise: [0.003, 0.008, 0.015],
      half: [0.0001, 0.003, 0.018],
      'half-long': [0, 0.0004, 0.01],
    },
  },
  {
    ...{ experiment: 'pc-depth', quantity: 'accuracy', points: [3, 6, 10, 16] },
    rows: {
      backprop: [84.1, 86.3, 88.0, 86.4],
      pc: [83.0, 86.1, 69.1, 61.6],
      spiking: [84.1, 86.3, 87.9, 83.0],
      'pc-skip': [78.8, 77.2, 47.7, 31.2],
      'backprop-skip': [79.7, 76.7, 70.4, 58.9],
    },
  },
];

/** AUROC of one kind of stranger, by network. */
function strangers(name: string, told: Readonly<Record<string, number>>): readonly Found[] {
  const rows = Object.fromEntries(Object.entries(told).map(([row, share]) => [row, [share]]));
  return [{ experiment: 'pc-strangers', quantity: `auroc.${name}`, rows }];
}

function* printed({ points, rows, ...about }: Found): Iterable<Printed> {
  for (const [row, values] of Object.entries(rows)) {
    const place = { ...about, row, dataset: 'mnist' } as const;
    if (points)
      for (const [i, point] of points.entries())
        yield { ...place, point, mean: values[i]!, deviation: null };
    else {
      const { mean, deviation } = spreadOf(values)!;
      yield { ...place, point: null, mean, deviation };
    }
  }
}

/** Every number of theirs that the Lab compares with. */
export const CLAIMED: readonly Printed[] = FOUND.flatMap((found) => [...printed(found)]);
