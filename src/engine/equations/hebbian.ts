import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { Model } from '../model.ts';
import { covarianceUpdate } from './precision.ts';

/**
 * The direction in which each synapse should change, from what is local to it (Eqs. 16–18, 3), averaged over the batch:
 *
 *   ΔW_l = φ(z_l)ᵀ·e_{l−1} / B      ΔM_l = φ(z_l)ᵀ·e_{l−2} / B      ΔE_l = λ_E · e_{l−1}ᵀ·φ(z_l) / B = λ_E · ΔW_lᵀ
 *   ΔSigma_l = ½(e_lᵀ·e_l / B − P_l)
 *
 * All are directions of ascent on ψ. The caller disposes them.
 * @returns one tensor for each parameter, by its name, shaped as the parameter
 */
export function synapticChanges(model: Model, { phiZ, e }: Activity): Map<string, Tensor2D> {
  const rows = phiZ[0]!.shape[0];
  const changes = new Map<string, Tensor2D>();
  const hebbian = (post: Tensor2D, error: Tensor2D) =>
    tf.tidy((): Tensor2D => tf.div(tf.matMul(tf.transpose(post), error), rows));
  for (const name of model.names) {
    const l = Number(/\d+$/.exec(name)![0]);
    const family = name.slice(0, -String(l).length);
    if (family === 'W') changes.set(name, hebbian(phiZ[l]!, e[l - 1]!));
    else if (family === 'M') changes.set(name, hebbian(phiZ[l]!, e[l - 2]!));
    else if (family === 'E') {
      const W = changes.get(`W${l}`)!;
      changes.set(
        name,
        tf.tidy(() => tf.mul(tf.transpose(W), model.config.errorRate)),
      );
    } else if (model.config.precision !== 'none')
      changes.set(name, covarianceUpdate(e[l]!, model.precision(l)!, model.config.precision));
  }
  return changes;
}
