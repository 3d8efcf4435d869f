import type { Shades } from '../shared/shades.ts';
import { dataError } from './dataError.ts';

/*
 * What every loader gives and every user of data takes. Pictures are 28×28 bytes, row by row, 0 = background and
 * 255 = ink, whatever the file they came from said; a network sees them binarised (x = 1 where the byte is > 127).
 */

export const WIDTH = 28;
export const HEIGHT = 28;
/** Pixels of one picture: J0 of every network here. */
export const PIXELS = WIDTH * HEIGHT;

export const DATASET_IDS = ['mnist', 'fmnist', 'kmnist', 'caltech101', 'synthetic'] as const;
export type DatasetId = (typeof DATASET_IDS)[number];
/** What was drawn on the page, a dataset that only a browser has. */
export const DRAWINGS = 'drawings';

/** One part of a dataset. */
export interface Split {
  readonly count: number;
  /** count·784 bytes, picture after picture, row-major, 0 … 255. */
  readonly pixels: Uint8Array;
  /** count class indices, or null where the set has no labels. */
  readonly labels: Uint8Array | null;
}

export interface Dataset {
  readonly id: DatasetId | typeof DRAWINGS;
  /** For people: "MNIST", or the name of the user's own files. */
  readonly title: string;
  readonly width: typeof WIDTH;
  readonly height: typeof HEIGHT;
  /** Empty where the set has no labels. */
  readonly classNames: readonly string[];
  readonly train: Split;
  readonly test: Split;
  /** Where it came from, for people: "beside the page", "built in", … */
  readonly source: string;
  /** Sentences the user should see: "this is a part of …"; empty when all is as published. */
  readonly notices: readonly string[];
  /** Of images that a person opened: the id they are kept under in this browser, null where they are not kept. Absent of others. */
  readonly own?: string | null;
  /** Whether small variations of what is learnt from are learnt from too (variations.ts). */
  readonly varied?: boolean;
}

/** Indices of pictures: given one by one, or as a run from `from` up to, not including, `to`. */
type Chosen = ArrayLike<number> | { readonly from: number; readonly to: number };

/**
 * A split with its sizes checked.
 * @throws NgcError('data') when the bytes or the labels do not fit a whole number of 28×28 pictures.
 */
export function createSplit(pixels: Uint8Array, labels: Uint8Array | null, name: string): Split {
  const count = pixels.length / PIXELS;
  if (!Number.isInteger(count))
    throw dataError(
      name,
      `${pixels.length} bytes are not a whole number of pictures of 28×28 = 784 bytes.`,
    );
  if (labels !== null && labels.length !== count)
    throw dataError(
      name,
      `${count} pictures came with ${labels.length} labels; each picture needs exactly one.`,
    );
  return { count, pixels, labels };
}

/** Pictures `from` … `to` − 1 of a split, sharing its bytes. */
export function slice(split: Split, from: number, to: number): Split {
  return createSplit(
    split.pixels.subarray(from * PIXELS, to * PIXELS),
    split.labels?.subarray(from, to) ?? null,
    'slice',
  );
}

/**
 * The chosen pictures as a network sees them: x [B, 784] row-major, x = 1 where the byte is > 127, else 0
 * (ngc.md: "pixels > 127 of 255").
 * @throws RangeError for an index outside the split: that is a bug of the caller.
 */
export function binarise(split: Split, pick: Chosen): Float32Array {
  return seenAs(split, pick, 'binary');
}

/**
 * The chosen pictures as a model sees them, [B, 784] row-major: binarised, or in grey, byte / 255.
 * @throws RangeError for an index outside the split: that is a bug of the caller.
 */
export function seenAs(split: Split, pick: Chosen, shades: Shades): Float32Array {
  const chosen = 'from' in pick ? null : pick;
  const first = 'from' in pick ? pick.from : 0;
  const count = 'from' in pick ? pick.to - pick.from : pick.length;
  const x = new Float32Array(count * PIXELS);
  for (let b = 0; b < count; b++) {
    const from = checkedIndex(split, chosen ? chosen[b]! : first + b) * PIXELS;
    for (let p = 0; p < PIXELS; p++) {
      const byte = split.pixels[from + p]!;
      x[b * PIXELS + p] = shades === 'grey' ? byte / 255 : byte > 127 ? 1 : 0;
    }
  }
  return x;
}

/** Binarises intensities in 0 … 1 (a drawing) with the same threshold: 1 where value·255 > 127.5. */
export function binariseValues(values: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: values.length }, (_, i) => (values[i]! > 0.5 ? 1 : 0));
}

/** One picture as intensities in 0 … 1, [784]. */
export function intensities(split: Split, index: number): Float32Array {
  const from = checkedIndex(split, index) * PIXELS;
  return Float32Array.from({ length: PIXELS }, (_, p) => split.pixels[from + p]! / 255);
}

function checkedIndex(split: Split, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= split.count)
    throw new RangeError(`picture ${index} of a split of ${split.count}`);
  return index;
}

/** The chosen images of a split (all, if not said), binarised unless said otherwise, as measures read them: in runs of rows. */
export function imagesOf(split: Split, indices?: Uint32Array, shades: Shades = 'binary') {
  return {
    count: indices?.length ?? split.count,
    read: (from: number, to: number): Float32Array =>
      seenAs(split, indices ? indices.subarray(from, to) : { from, to }, shades),
  };
}

/**
 * The chosen pictures as a split of their own, in the order given.
 * @throws RangeError for an index outside the split: that is a bug of the caller.
 */
export function chosen(split: Split, indices: ArrayLike<number>): Split {
  const { length } = indices;
  const pixels = new Uint8Array(length * PIXELS);
  const labels = split.labels && new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    const index = checkedIndex(split, indices[i]!);
    pixels.set(split.pixels.subarray(index * PIXELS, (index + 1) * PIXELS), i * PIXELS);
    if (labels) labels[i] = split.labels[index]!;
  }
  return { count: length, pixels, labels };
}
