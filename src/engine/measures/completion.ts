import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { GenerativeModel, Progress } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/** The paper's mask: the left half of a square picture is seen (1), the right half hidden (0). [pixels] */
export function rightHalfHidden(pixels: number): Float32Array {
  const side = Math.round(Math.sqrt(pixels));
  return Float32Array.from({ length: pixels }, (_, i) => (i % side < side / 2 ? 1 : 0));
}

/**
 * Fills in what the mask hides of x, both [B, J0], of which row 0 is image `from`: the pictures [B, J0], whose seen pixels do not
 * matter. The caller disposes them.
 */
export type Fill = (
  x: Tensor2D,
  mask: Tensor2D,
  from: number,
  onProgress: Progress,
) => Promise<Tensor2D>;

/** By one of the model's own rules: the paper's, unless another is asked for. */
export function filledInBy(model: GenerativeModel, how = model.completions.paper): Fill {
  return async (x, mask, _, onProgress) => {
    const completion = await model.complete(x, mask, { onProgress, how });
    const picture = tf.clone(completion.picture);
    completion.dispose();
    return picture;
  };
}

/** By the mean of several imaginings of each image: of image i, those of `latents(i)` [N, D], which it disposes. */
export function filledInByImaginings(
  imagine: NonNullable<GenerativeModel['imagine']>,
  latents: (image: number) => Tensor2D,
): Fill {
  return async (x, mask, from, onProgress) => {
    const [rows, pixels] = x.shape;
    const means = new Float32Array(rows * pixels);
    for (let row = 0; row < rows; row++) {
      const [image, shown] = [x, mask].map((all) => tf.slice(all, [row, 0], [1, pixels]));
      const starts = latents(from + row);
      try {
        const { mean } = await imagine(image!, shown!, starts);
        means.set(mean, row * pixels);
      } finally {
        tf.dispose([image!, shown!, starts]);
      }
      await onProgress((row + 1) / rows);
    }
    return tf.tensor2d(means, [rows, pixels]);
  };
}

/**
 * M-MSE: hides the right half, has it filled in (by the paper's rule, unless another way is given), and sums the squared error over
 * the hidden pixels; mean over images.
 */
export async function measureCompletion(
  model: GenerativeModel,
  images: Images,
  options: Work & { batch?: number; fill?: Fill } = {},
): Promise<number> {
  const { pixels } = model;
  const fill = options.fill ?? filledInBy(model);
  const hidden = rightHalfHidden(pixels);
  let sum = 0;
  await eachBatch(
    images,
    pixels,
    async (x, from, onProgress) => {
      const mask = tf.tidy(() => tf.tile(tf.tensor2d(hidden, [1, pixels]), [x.shape[0], 1]));
      try {
        const picture = await fill(x, mask, from, onProgress);
        // Only what is hidden counts, whatever the model does with what is seen.
        const error = tf.tidy(() =>
          tf.sum(tf.mul(tf.squaredDifference(picture, x), tf.sub(1, mask))),
        );
        picture.dispose();
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
