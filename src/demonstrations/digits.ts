import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Dataset, Split } from '../data/dataset.ts';
import { intensities, PIXELS } from '../data/dataset.ts';
import type { Episode } from '../predictive/network/episode.ts';
import { oneHot } from '../predictive/network/labels.ts';
import { NgcError } from '../shared/errors.ts';

/** Digits are of ten classes. */
export const CLASSES = 10;

/** Pictures as a classifier sees them. Whoever asks for them disposes them. */
export interface Digits {
  /** Pixels from 0 to 1 [B, 784]. */
  readonly x: Tensor2D;
  /** A 1 at each picture's class [B, 10]. */
  readonly y: Tensor2D;
  /** The classes themselves. */
  readonly labels: Uint8Array;
}

/** The chosen pictures of a split. Throws a data error where it has no labels. */
export function digitsOf(split: Split, indices: ArrayLike<number>): Digits {
  const count = indices.length;
  const known = split.labels;
  if (!known) throw new NgcError('data', 'This exhibit needs images with labels.');
  const pixels = new Float32Array(count * PIXELS);
  const labels = new Uint8Array(count);
  const wanted = new Float32Array(count * CLASSES);
  for (let i = 0; i < count; i++) {
    pixels.set(intensities(split, indices[i]!), i * PIXELS);
    labels[i] = known[indices[i]!]!;
    wanted[i * CLASSES + labels[i]!] = 1;
  }
  return {
    x: tf.tensor2d(pixels, [count, PIXELS]),
    y: tf.tensor2d(wanted, [count, CLASSES]),
    labels,
  };
}

/** A 1 at one class [1, 10]. The caller disposes it. */
export const labelled = (label: number): Tensor2D =>
  tf.tidy(() => oneHot(tf.tensor1d([label], 'int32'), CLASSES));

/** The episode in which pictures and their classes are both held. */
export const heldAt = ({
  x,
  y,
}: Digits): Episode & { readonly input: Tensor2D; readonly output: Tensor2D } => ({
  ...{ rows: x.shape[0], input: x, output: y },
});

/** The first pictures of a split. */
export const firstDigits = (split: Split, count: number): Digits =>
  digitsOf(
    split,
    Array.from({ length: Math.min(count, split.count) }, (_, i) => i),
  );

/** What an exhibit says of the images that it learns from: "MNIST (beside the page)". */
export const sourceOf = ({ title, source }: Dataset): string => `${title} (${source})`;
