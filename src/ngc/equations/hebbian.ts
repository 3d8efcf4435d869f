import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { Model } from '../model.ts';
import { covarianceUpdate } from './precision.ts';

/** The family and the layer of a parameter: `Sigma2` is Sigma of layer 2. */
function partsOf(name: string): { family: string; l: number } {
  const l = Number(/\d+$/.exec(name)![0]);
  return { family: name.slice(0, -String(l).length), l };
}

/**
 * What every synapse sees of a batch, summed over its images, so that parts of a batch can be added up:
 *
 *   W_l: φ(z_l)ᵀ·e_{l−1}      M_l: φ(z_l)ᵀ·e_{l−2}      Sigma_l: e_lᵀ·e_l
 *
 * E_l has none of its own: it sees what W_l sees. The caller disposes them.
 * @returns one tensor for each parameter but E, by its name, shaped as the parameter
 */
export function synapticSums(model: Model, { phiZ, e }: Activity): Map<string, Tensor2D> {
  const sums = new Map<string, Tensor2D>();
  const meet = (post: Tensor2D, error: Tensor2D) =>
    tf.tidy((): Tensor2D => tf.matMul(tf.transpose(post), error));
  for (const name of model.names) {
    const { family, l } = partsOf(name);
    if (family === 'W') sums.set(name, meet(phiZ[l]!, e[l - 1]!));
    else if (family === 'M') sums.set(name, meet(phiZ[l]!, e[l - 2]!));
    else if (family === 'Sigma') sums.set(name, meet(e[l]!, e[l]!));
  }
  return sums;
}

/**
 * The direction in which each synapse should change, from the sums over a batch of `rows` images. Changes nothing; the
 * caller disposes the result, and keeps the sums.
 *
 * @returns one tensor for each parameter, by its name, shaped as the parameter
 */
export function changesFrom(
  model: Model,
  sums: ReadonlyMap<string, Tensor2D>,
  rows: number,
): Map<string, Tensor2D> {
  const { errorRate, precision } = model.config;
  const changes = new Map<string, Tensor2D>();
  for (const name of model.names) {
    const { family, l } = partsOf(name);
    const sum = sums.get(family === 'E' ? `W${l}` : name)!;
    if (family === 'E')
      changes.set(
        name,
        tf.tidy(() => tf.mul(tf.transpose(sum), errorRate / rows)),
      );
    else if (family !== 'Sigma') changes.set(name, tf.div(sum, rows));
    else if (precision !== 'none')
      changes.set(name, covarianceUpdate(sum, rows, model.precision(l)!, precision));
  }
  return changes;
}

/**
 * The direction in which each synapse should change, from what is local to it (Eqs. 16–18, 3), averaged over the batch:
 *
 *   ΔW_l = φ(z_l)ᵀ·e_{l−1} / B      ΔM_l = φ(z_l)ᵀ·e_{l−2} / B      ΔE_l = λ_E · e_{l−1}ᵀ·φ(z_l) / B = λ_E · ΔW_lᵀ
 *   ΔSigma_l = ½(e_lᵀ·e_l / B − P_l)
 *
 * All are directions of ascent on ψ. The caller disposes them.
 * @returns one tensor for each parameter, by its name, shaped as the parameter
 */
export function synapticChanges(model: Model, activity: Activity): Map<string, Tensor2D> {
  const sums = synapticSums(model, activity);
  const changes = changesFrom(model, sums, activity.phiZ[0]!.shape[0]);
  tf.dispose([...sums.values()]);
  return changes;
}
