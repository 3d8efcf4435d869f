import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { createRng } from '../shared/rng.ts';

/** N(0, I) [rows, width] from a seed. The caller disposes it. */
export function normal(seed: number, rows: number, width: number): Tensor2D {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * width }, () => rng.normal());
  return tf.tensor2d(values, [rows, width]);
}
