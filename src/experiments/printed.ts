import { CLAIMED } from './claimed.ts';
import type { LabDataset, Printed } from './experiment.ts';

/*
 * What the paper prints (Ororbia & Kifer, Nature Communications 13:2064, 2022): means and standard deviations over ten trials.
 */

type Pair = readonly [mean: number, deviation: number] | null;

/** Table 1: BCE and log p(x), by dataset. */
const TABLE_1: Readonly<
  Record<string, Partial<Record<LabDataset, readonly [bce: Pair, logpx: Pair]>>>
> = {
  gmm: {
    mnist: [null, [-185.37, 0.47]],
    kmnist: [null, [-426.73, 1.03]],
    fmnist: [null, [-302.96, 0.47]],
    caltech101: [null, [-88.63, 0.43]],
  },
  rae: {
    mnist: [
      [60.94, 0.58],
      [-117.01, 0.18],
    ],
    kmnist: [
      [175.6, 0.51],
      [-234.41, 1.17],
    ],
    fmnist: [
      [102.72, 0.78],
      [-138.76, 1.43],
    ],
    caltech101: [
      [40.41, 0.76],
      [-50.47, 2.07],
    ],
  },
  'gvae-cv': {
    mnist: [
      [69.9, 0.3],
      [-106.41, 0.06],
    ],
    kmnist: [
      [180.81, 1.05],
      [-229.12, 0.95],
    ],
    fmnist: [
      [111.71, 0.13],
      [-131.82, 0.3],
    ],
    caltech101: [
      [49.58, 4.59],
      [-41.34, 0.84],
    ],
  },
  gvae: {
    mnist: [
      [75.52, 2.19],
      [-100.1, 2.26],
    ],
    kmnist: [
      [199.37, 0.91],
      [-218.67, 0.43],
    ],
    fmnist: [
      [121.62, 0.45],
      [-127.64, 0.04],
    ],
    caltech101: [
      [38.35, 0.74],
      [-44.07, 0.24],
    ],
  },
  'gan-ae': {
    mnist: [
      [73.54, 3.49],
      [-94.42, 0.07],
    ],
    kmnist: [
      [199.68, 3.01],
      [-216.76, 1.16],
    ],
    fmnist: [
      [132.94, 4.37],
      [-130.87, 1.8],
    ],
    caltech101: [
      [40.4, 0.74],
      [-40.68, 0.13],
    ],
  },
  'gncn-t1': {
    mnist: [
      [66.47, 0.07],
      [-102.22, 0.02],
    ],
    kmnist: [
      [136.49, 0.15],
      [-226.37, 0.19],
    ],
    fmnist: [
      [95.8, 0.03],
      [-136.63, 0.47],
    ],
    caltech101: [
      [34.6, 0.06],
      [-44.62, 0.13],
    ],
  },
  'gncn-t1-sigma': {
    mnist: [
      [47.25, 0.19],
      [-101.92, 0.24],
    ],
    kmnist: [
      [114.63, 0.35],
      [-229.04, 0.52],
    ],
    fmnist: [
      [81.73, 0.42],
      [-133.51, 0.27],
    ],
    caltech101: [
      [31.17, 0.02],
      [-42.53, 0.06],
    ],
  },
  'gncn-t2-lsigma': {
    mnist: [
      [59.66, 0.02],
      [-98.27, 0.25],
    ],
    kmnist: [
      [135.86, 0.17],
      [-220.41, 0.22],
    ],
    fmnist: [
      [97.8, 0.71],
      [-132.04, 0.31],
    ],
    caltech101: [
      [33.29, 0.01],
      [-41.52, 0.06],
    ],
  },
  'gncn-pdh': {
    mnist: [
      [44.86, 0.05],
      [-97.26, 0.08],
    ],
    kmnist: [
      [128.39, 0.23],
      [-219.82, 0.64],
    ],
    fmnist: [
      [90.06, 0.38],
      [-130.03, 0.16],
    ],
    caltech101: [
      [26.76, 0.02],
      [-40.82, 0.2],
    ],
  },
};

/** Table 3: the share of active neurons by layer, over the training images. */
const TABLE_3: Readonly<
  Record<string, Partial<Record<LabDataset, readonly [number, number, number]>>>
> = {
  'gncn-t1-sigma': {
    mnist: [0.74, 0.6, 0.63],
    kmnist: [0.35, 0.5, 0.67],
    fmnist: [0.41, 0.44, 0.68],
    caltech101: [0.5, 0.68, 0.69],
  },
  'gncn-t2-lsigma': {
    mnist: [0.21, 0.18, 0.16],
    kmnist: [0.24, 0.21, 0.18],
    fmnist: [0.21, 0.2, 0.18],
    caltech101: [0.21, 0.19, 0.17],
  },
  'gncn-pdh': {
    mnist: [0.22, 0.21, 0.19],
    kmnist: [0.26, 0.24, 0.21],
    fmnist: [0.24, 0.22, 0.2],
    caltech101: [0.25, 0.23, 0.2],
  },
};

function* printedTable1(): Iterable<Printed> {
  for (const [row, sets] of Object.entries(TABLE_1))
    for (const [dataset, pairs] of Object.entries(sets) as [LabDataset, readonly Pair[]][])
      for (const [i, quantity] of ['bce', 'logpx'].entries()) {
        const pair = pairs[i];
        if (pair)
          yield {
            experiment: 'table-1',
            row,
            dataset,
            point: null,
            quantity,
            mean: pair[0],
            deviation: pair[1],
          };
      }
}

function* printedTable3(): Iterable<Printed> {
  for (const [row, sets] of Object.entries(TABLE_3))
    for (const [dataset, shares] of Object.entries(sets) as [LabDataset, readonly number[]][])
      for (const [i, mean] of shares.entries())
        yield {
          experiment: 'table-3',
          row,
          dataset,
          point: null,
          quantity: `rho${i + 1}`,
          mean,
          deviation: null,
        };
}

/** Every number that the Lab compares with: the paper's, and those of other claimants. Table 2 is printed as a picture; its numbers are not here. */
export const PRINTED: readonly Printed[] = [...printedTable1(), ...printedTable3(), ...CLAIMED];

/** What is claimed of a place in an experiment, at a point of its axis where it has one, or null. */
export function printedAt(
  experiment: string,
  {
    row,
    dataset,
    point = null,
  }: Pick<Printed, 'row' | 'dataset'> & { readonly point?: number | null },
  quantity: string,
): Printed | null {
  return (
    PRINTED.find(
      (printed) =>
        printed.experiment === experiment &&
        printed.row === row &&
        printed.dataset === dataset &&
        printed.point === point &&
        printed.quantity === quantity,
    ) ?? null
  );
}

/** By how much the paper's log p(x) is very likely too high: 2·log 5,000 nats (see the notes of Table 1). */
export const PRINTED_EXCESS = 2 * Math.log(5000);
