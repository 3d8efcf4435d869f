import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Progress } from '../model.ts';

/** Binarised images to measure on, read in runs: rows `from` … `to` − 1 as [to − from, J0], row-major. */
export interface Images {
  readonly count: number;
  read(from: number, to: number): Float32Array;
}

/** How long work talks to its caller. */
export interface Work {
  onProgress?: Progress | undefined;
}

/** Images looked at together, unless it is said otherwise. */
export const TOGETHER = 200;

/**
 * Hands all images to `use`, a batch x [B, J0] at a time, with the number of its first row and a progress of its own (the share
 * of the batch). Frees every batch.
 */
export async function eachBatch(
  images: Images,
  pixels: number,
  use: (x: Tensor2D, from: number, onProgress: Progress) => Promise<void>,
  { onProgress, batch = TOGETHER }: Work & { batch?: number | undefined } = {},
): Promise<void> {
  for (let from = 0; from < images.count; from += batch) {
    const to = Math.min(from + batch, images.count);
    const x = tf.tensor2d(images.read(from, to), [to - from, pixels]);
    try {
      await use(x, from, (fraction) =>
        onProgress?.((from + (to - from) * fraction) / images.count),
      );
    } finally {
      x.dispose();
    }
  }
}

/** One number of every image, in the order of the images: those that `numbers` gives for a batch x [B, J0], which it does not free. */
export async function ofEveryImage(
  images: Images,
  pixels: number,
  numbers: (x: Tensor2D, onProgress: Progress) => Promise<ArrayLike<number>>,
  options: Work & { batch?: number | undefined } = {},
): Promise<Float32Array> {
  const values = new Float32Array(images.count);
  const use = async (x: Tensor2D, from: number, onProgress: Progress) => {
    values.set(await numbers(x, onProgress), from);
    await onProgress(1);
  };
  await eachBatch(images, pixels, use, options);
  return values;
}
