import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import type { GenerativeModel } from '../model.ts';

/**
 * Points on the straight line from one code to another, both ends included:
 *
 *   φ_t = (1 − t)·φ_a + t·φ_b,  t = 0, 1/(count − 1), … 1
 *
 * @param from φ_a [D]
 * @param to φ_b [D]
 * @param count at least 2
 * @returns [count, D]; its first and last rows are the ends to the bit
 */
export function between(from: Float32Array, to: Float32Array, count: number): FloatArray {
  const width = from.length;
  const data = new Float32Array(count * width);
  for (let n = 0; n < count; n++) {
    const t = n / (count - 1);
    for (let i = 0; i < width; i++) data[n * width + i] = (1 - t) * from[i]! + t * to[i]!;
  }
  return { shape: [count, width], data };
}

/**
 * The pictures of codes.
 *
 * @param codes [N, D]; what the model's activation cannot take is brought into its range
 * @returns mu_0 [N·J0]: the probability of each pixel
 */
export async function picturesOf(model: GenerativeModel, codes: FloatArray): Promise<Float32Array> {
  const latents = tf.tensor2d(codes.data, codes.shape as [number, number]);
  const pictures = model.decode(latents);
  try {
    return Float32Array.from(await pictures.data());
  } finally {
    tf.dispose([latents, pictures]);
  }
}
