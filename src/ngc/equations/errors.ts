import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** What error neurons compare with the prediction: the state z_l (type 1), or its activity φ(z_l) (type 2). */
export type ErrorTarget = 'state' | 'activity';

/**
 * The error neurons (Eqs. 9 and 10):
 *
 *   e_0 = x − mu_0            e_l = (target_l − mu_l)·P_l,  1 ≤ l < L
 *
 * @param targets z_l or φ(z_l) [B, J_l] at index l
 * @param mu mu_l [B, J_l] at index l = 0 … L − 1
 * @param precisions P_l [J_l, J_l] at index l; null or absent: the identity
 * @returns e_0 … e_{L−1}, each [B, J_l]
 */
export function errorNeurons(
  targets: readonly Tensor2D[],
  mu: readonly Tensor2D[],
  precisions: readonly (Tensor2D | null)[],
): Tensor2D[] {
  return mu.map((mean, l) =>
    tf.tidy(() => {
      const mismatch: Tensor2D = tf.sub(targets[l]!, mean);
      const precision = precisions[l];
      return precision ? tf.matMul(mismatch, precision) : mismatch;
    }),
  );
}
