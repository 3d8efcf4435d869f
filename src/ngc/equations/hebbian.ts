import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { ModelConfig } from '../config/settings.ts';
import type { Parameter } from '../parameters.ts';
import { matrixName } from '../parameters.ts';
import { covarianceUpdate } from './precision.ts';

/**
 * What every synapse sees of a batch, summed over its images, so that parts of a batch can be added up:
 *
 *   W_l: φ(z_l)ᵀ·e_{l−1}      M_l: φ(z_l)ᵀ·e_{l−2}      Sigma_l: e_lᵀ·e_l
 *
 * E_l has none of its own: it sees what W_l sees. The caller disposes them.
 * @returns one tensor for each parameter but E, by its name, shaped as the parameter
 */
export function synapticSums(
  parameters: readonly Parameter[],
  { phiZ, e }: Activity,
): Map<string, Tensor2D> {
  const sums = new Map<string, Tensor2D>();
  const meet = (post: Tensor2D, error: Tensor2D) =>
    tf.tidy((): Tensor2D => tf.matMul(tf.transpose(post), error));
  for (const { name, family, layer: l } of parameters)
    switch (family) {
      case 'W':
        sums.set(name, meet(phiZ[l]!, e[l - 1]!));
        break;
      case 'M':
        sums.set(name, meet(phiZ[l]!, e[l - 2]!));
        break;
      case 'Sigma':
        sums.set(name, meet(e[l]!, e[l]!));
        break;
      case 'E':
        break;
      default:
        family satisfies never;
    }
  return sums;
}

/** What the changes depend on beside the sums. */
export interface LearningSetting extends Pick<ModelConfig, 'errorRate' | 'precision'> {
  /** P_l [J_l, J_l] of the batch. */
  precisionOf(l: number): Tensor2D;
}

/**
 * The direction in which each synapse should change, from the sums over a batch of `rows` images. Changes nothing; the
 * caller disposes the result, and keeps the sums.
 *
 * @returns one tensor for each parameter, by its name, shaped as the parameter
 */
export function changesFrom(
  parameters: readonly Parameter[],
  sums: ReadonlyMap<string, Tensor2D>,
  rows: number,
  { errorRate, precision, precisionOf }: LearningSetting,
): Map<string, Tensor2D> {
  const changes = new Map<string, Tensor2D>();
  for (const { name, family, layer } of parameters) {
    const sum = sums.get(family === 'E' ? matrixName('W', layer) : name)!;
    if (family === 'E')
      changes.set(
        name,
        tf.tidy(() => tf.mul(tf.transpose(sum), errorRate / rows)),
      );
    else if (family !== 'Sigma') changes.set(name, tf.div(sum, rows));
    else if (precision !== 'none')
      changes.set(name, covarianceUpdate(sum, rows, precisionOf(layer), precision));
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
export function synapticChanges(
  parameters: readonly Parameter[],
  activity: Activity,
  setting: LearningSetting,
): Map<string, Tensor2D> {
  const sums = synapticSums(parameters, activity);
  const changes = changesFrom(parameters, sums, activity.phiZ[0]!.shape[0], setting);
  tf.dispose([...sums.values()]);
  return changes;
}
