import { createRng, permutation } from '../shared/rng.ts';
import { HEIGHT, WIDTH, createSplit } from './dataset.ts';
import type { Dataset, DatasetId, Split } from './dataset.ts';
import type { ImageChange } from './imageChange.ts';
import { changedPictures } from './imageChange.ts';

/*
 * Images that a person opened, before they are a dataset: as they were read, to be looked at, changed, and divided.
 */

/** Square pictures of any one size. */
export interface Pictures {
  readonly count: number;
  /** count·side·side bytes, 255 = ink. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array | null;
}

export interface OwnImages {
  /** Whose kind they are; MNIST's where nothing says otherwise. */
  readonly id: DatasetId;
  readonly title: string;
  /** Pixels on a side of each picture. */
  readonly side: number;
  readonly train: Pictures;
  /** Null: a part of `train` is still to be held out. */
  readonly test: Pictures | null;
  readonly classNames: readonly string[];
  readonly labelsFrom: 'folders' | 'column' | 'file' | null;
  /** Files with pictures in them. */
  readonly files: number;
  /** How they are changed unless a person says otherwise. */
  readonly usual: ImageChange;
}

/** Of images that come undivided, this part is held out for testing: of each class every so many, by a seed. */
export const HELD_OUT_EVERY = 6;
export const SPLIT_SEED = 1;

/**
 * Which pictures are held out for testing, and which are learnt from: of each class a sixth, drawn by a seed; at least one in all.
 * @returns indices, ascending
 */
export function divided(
  count: number,
  labels: Uint8Array | null,
  seed: number,
): { readonly train: Uint32Array; readonly test: Uint32Array } {
  const drawn = permutation(count, createRng(seed));
  // Class after class, so that every sixth is a sixth of each.
  const order = labels ? drawn.sort((a, b) => labels[a]! - labels[b]!) : drawn;
  const isHeld = (_: number, i: number) =>
    i % HELD_OUT_EVERY === HELD_OUT_EVERY - 1 || (count < HELD_OUT_EVERY && i === count - 1);
  return {
    train: order.filter((index, i) => !isHeld(index, i)).sort(),
    test: order.filter(isHeld).sort(),
  };
}

/** The chosen pictures, in the order given. */
export function pick({ pixels, labels }: Pictures, side: number, indices: Uint32Array): Pictures {
  const size = side * side;
  const picked = new Uint8Array(indices.length * size);
  indices.forEach((index, i) =>
    picked.set(pixels.subarray(index * size, (index + 1) * size), i * size),
  );
  return {
    count: indices.length,
    pixels: picked,
    labels: labels && Uint8Array.from(indices, (index) => labels[index]!),
  };
}

/** The images in the two parts they will be used in. */
export function partsOf({ train, test, side }: OwnImages): { train: Pictures; test: Pictures } {
  if (test) return { train, test };
  const parts = divided(train.count, train.labels, SPLIT_SEED);
  return { train: pick(train, side, parts.train), test: pick(train, side, parts.test) };
}

/** What was changed, where it is not the usual, in words behind a title: two ways to change the same files make two datasets. */
function changeInWords(change: ImageChange, usual: ImageChange): string {
  const said: string[] = [];
  if (change.invert !== usual.invert) said.push('inverted');
  if (change.threshold !== null) said.push(`ink above ${Math.round(100 * change.threshold)} %`);
  if (change.centre !== usual.centre) said.push(change.centre ? 'centred' : 'not centred');
  return said.map((words) => `, ${words}`).join('');
}

/** The dataset that images become. */
export function datasetOf(own: OwnImages, change: ImageChange): Dataset {
  const { id, title, side, classNames } = own;
  const parts = partsOf(own);
  const split = ({ pixels, labels }: Pictures): Split =>
    createSplit(changedPictures(pixels, side, change), labels, title);
  return {
    id,
    title: title + changeInWords(change, own.usual),
    width: WIDTH,
    height: HEIGHT,
    classNames,
    train: split(parts.train),
    test: split(parts.test),
    source: 'your files',
    notices: [],
    own: null,
  };
}
