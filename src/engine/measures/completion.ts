import * as tf from '@tensorflow/tfjs-core';

import type { Model } from '../../ngc/model.ts';
import type { Images, Work } from './images.ts';
import { settleAll } from './images.ts';

/** The paper's mask: the left half of a square picture is seen (1), the right half hidden (0). [pixels] */
export function rightHalfHidden(pixels: number): Float32Array {
  const side = Math.round(Math.sqrt(pixels));
  return Float32Array.from({ length: pixels }, (_, i) => (i % side < side / 2 ? 1 : 0));
}

/**
 * M-MSE: hides the right half, lets the model fill it in (Eq. 19), and sums the squared error over the hidden pixels; mean
 * over images.
 */
export async function measureCompletion(
  model: Model,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<number> {
  const mask = rightHalfHidden(model.config.sizes[0]!);
  let sum = 0;
  await settleAll(
    model,
    images,
    async (activity, x) => {
      // Seen pixels are equal by construction, so the squared error is that of the hidden ones.
      const error = tf.tidy(() => tf.sum(tf.squaredDifference(activity.z[0]!, x)));
      sum += (await error.data())[0]!;
      error.dispose();
    },
    { ...options, mask },
  );
  return sum / images.count;
}
