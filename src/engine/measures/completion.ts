import * as tf from '@tensorflow/tfjs-core';

import type { ImageModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/** The paper's mask: the left half of a square picture is seen (1), the right half hidden (0). [pixels] */
export function rightHalfHidden(pixels: number): Float32Array {
  const side = Math.round(Math.sqrt(pixels));
  return Float32Array.from({ length: pixels }, (_, i) => (i % side < side / 2 ? 1 : 0));
}

/**
 * M-MSE: hides the right half, lets the model fill it in (by the paper's rule, unless another is asked for), and sums the
 * squared error over the hidden pixels; mean over images.
 */
export async function measureCompletion(
  model: ImageModel,
  images: Images,
  options: Work & { batch?: number; how?: string | undefined } = {},
): Promise<number> {
  const { pixels } = model;
  const how = options.how ?? model.completions.paper;
  const hidden = rightHalfHidden(pixels);
  let sum = 0;
  await eachBatch(
    images,
    pixels,
    async (x, _, onProgress) => {
      const mask = tf.tidy(() => tf.tile(tf.tensor2d(hidden, [1, pixels]), [x.shape[0], 1]));
      try {
        const completion = await model.complete(x, mask, { onProgress, how });
        // Only what is hidden counts, whatever the model does with what is seen.
        const error = tf.tidy(() =>
          tf.sum(tf.mul(tf.squaredDifference(completion.picture, x), tf.sub(1, mask))),
        );
        completion.dispose();
        const [value = NaN] = await error.data();
        error.dispose();
        sum += value;
      } finally {
        mask.dispose();
      }
    },
    options,
  );
  return sum / images.count;
}
