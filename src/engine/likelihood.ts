import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { ACTIVE, PROBABILITY_FLOOR } from './constants.ts';

/**
 * log mu_0 and log(1 − mu_0) [B, J0], of probabilities kept away from 0. Both are clipped: 1 − (1 − 1e-6) is not 1e-6 in float32.
 *
 * @param most what the probabilities are at most: 1, or 1 − 1e-6 where mu_0 is to be clipped on both sides
 */
export function logProbabilities(mu0: Tensor2D, most = 1): { on: Tensor2D; off: Tensor2D } {
  const logOf = (p: Tensor2D): Tensor2D => tf.log(tf.clipByValue(p, PROBABILITY_FLOOR, most));
  return tf.tidy(() => ({ on: logOf(mu0), off: logOf(tf.sub(1, mu0)) }));
}

/**
 * log p(x | mu_0) of each image, nats [B]: Σ_j m_j·(x_j log mu_0j + (1 − x_j) log(1 − mu_0j)). Its negative is the BCE.
 *
 * @param mask m, 1 where a pixel is seen [B, J0]: only those count, log p(x_seen | mu_0); null or absent: all do
 */
export function logLikelihood(x: Tensor2D, mu0: Tensor2D, mask: Tensor2D | null = null): Tensor1D {
  return tf.tidy(() => {
    const { on, off } = logProbabilities(mu0);
    const each = tf.add<Tensor2D>(tf.mul(x, on), tf.mul(tf.sub(1, x), off));
    return tf.sum(mask ? tf.mul(each, mask) : each, 1);
  });
}

/** ρ: the share of neurons of a layer that are active [scalar], of their activity [B, J]. */
export function activeShare(activity: Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.cast(tf.greater(activity, ACTIVE), 'float32')));
}
