import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Model } from '../model.ts';

/**
 * The error neurons (Eqs. 9 and 10):
 *
 *   e_0 = x − mu_0            e_l = (target_l − mu_l)·P_l,  1 ≤ l < L
 *
 * target_l is z_l in type-1 models and φ(z_l) in type-2 models; P_l is the identity where no precision is learnt.
 * @param weighted false: as if P_l were the identity (a lesion)
 * @returns e_0 … e_{L−1}, each [B, J_l]
 */
export function errorNeurons(
  model: Model,
  z: readonly Tensor2D[],
  phiZ: readonly Tensor2D[],
  mu: readonly Tensor2D[],
  weighted = true,
): Tensor2D[] {
  const target = model.definition.target === 'state' ? z : phiZ;
  return mu.map((mean, l) =>
    tf.tidy(() => {
      const mismatch: Tensor2D = tf.sub(target[l]!, mean);
      const precision = l === 0 || !weighted ? null : model.precision(l);
      return precision ? tf.matMul(mismatch, precision) : mismatch;
    }),
  );
}
