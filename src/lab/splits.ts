import { heldOut } from '../data/batches.ts';
import type { Dataset, Split } from '../data/dataset.ts';
import { chosen, slice } from '../data/dataset.ts';
import type { LabDataset, Training } from '../experiments/experiment.ts';
import { NgcError } from '../shared/errors.ts';
import { createRng, deriveSeed, permutation } from '../shared/rng.ts';

/** Images held out to choose by: 2,000, or a tenth of a set with fewer than 20,000 to train on. */
const HELD_OUT = 2_000;
/** Seed of that choice: the same for every training, so that choices are comparable. */
const HELD_OUT_SEED = 1;
/** Which of a training's random numbers choose its subset. */
const SUBSET = 7_001;

/** The images of a training. */
export interface LabImages {
  /** As published, the test images among it. */
  readonly data: Dataset;
  /** What is learnt from. */
  readonly train: Split;
  /** What choices are made on. */
  readonly validation: Split;
}

/** How many of so many training images are held out to choose by. */
export const validationCount = (images: number): number =>
  Math.min(HELD_OUT, Math.floor(images / 10));

/** What is held out of training images, and what is left of them. */
export function holdOut(train: Split): { readonly validation: Split; readonly rest: Split } {
  const out = heldOut(train, validationCount(train.count), HELD_OUT_SEED);
  const isOut = new Set(out);
  const left = Uint32Array.from({ length: train.count }, (_, i) => i).filter((i) => !isOut.has(i));
  return { validation: chosen(train, out), rest: chosen(train, left) };
}

/** The first `count` of a shuffle by the seed, so that a larger subset holds the smaller ones; null: all, as they come. */
export function subsetOf(split: Split, count: number | null, seed: number): Split {
  if (count === null || count >= split.count) return split;
  const order = permutation(split.count, createRng(deriveSeed(seed, SUBSET)));
  return chosen(split, order.subarray(0, count));
}

/** Where a lab gets its datasets. Rejects with a data error that says what is missing and what to do. */
export type DataSource = (dataset: LabDataset) => Promise<Dataset>;

/** The images of trainings, each dataset read and cut once. */
export function imageSource(load: DataSource) {
  const cuts = new Map<LabDataset, Promise<{ data: Dataset } & ReturnType<typeof holdOut>>>();
  const cut = async (dataset: LabDataset) => {
    const data = checked(dataset, await load(dataset));
    return { data, ...holdOut(data.train) };
  };
  return async (
    dataset: LabDataset,
    { subset, seed }: Pick<Training, 'subset' | 'seed'> = { subset: null, seed: 0 },
  ): Promise<LabImages> => {
    let found = cuts.get(dataset);
    if (!found) cuts.set(dataset, (found = cut(dataset)));
    found.catch(() => cuts.delete(dataset)); // What could not be had may be there the next time.
    const { data, rest, validation } = await found;
    return { data, train: subsetOf(rest, subset, seed), validation };
  };
}

/** How many training images the part of Fashion-MNIST has; the whole set has 60,000. */
const MOST_OF_PART = 20_000;

/** Throws a data error where the part of Fashion-MNIST stands for the whole, or the other way round: they are two datasets here. */
function checked(dataset: LabDataset, data: Dataset): Dataset {
  const part = data.train.count < MOST_OF_PART;
  if (dataset === 'fmnist' && part)
    throw new NgcError(
      'data',
      `All of Fashion-MNIST is needed, and ${data.source} holds a part of it: get it with "npm run data -- fmnist", or run the cells of fmnist-part.`,
    );
  if (dataset === 'fmnist-part' && !part)
    throw new NgcError(
      'data',
      `The part of Fashion-MNIST is needed (3,400 images to train, 800 to test), and ${data.source} holds all of it: run the cells of fmnist instead.`,
    );
  return data;
}

/** The first images of a split: all, where there are no more. */
export function firstImages(split: Split, count: number): Split {
  return count >= split.count ? split : slice(split, 0, count);
}
