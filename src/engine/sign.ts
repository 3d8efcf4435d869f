import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Takes everything that is not all but denormal out of −1 … 1. */
const LARGE = 1e38;

/**
 * −1, 0 or 1 as z [B, J] is negative, zero or positive. `tf.sign` of the WASM backend calls 0 whatever is smaller than 1e-7, which
 * a state near zero often is; where a Laplace prior pulls it, it then goes another way. The caller disposes the result.
 */
export function sign(z: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.clipByValue(tf.mul(z, LARGE), -1, 1));
}
