import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { logLikelihood } from '../../engine/likelihood.ts';
import type { Activity } from '../activity.ts';
import type { ErrorTarget } from './errors.ts';
import type { PrecisionForm } from './precision.ts';

/** What total discrepancy needs to know of a network. */
export interface DiscrepancyMeasure {
  readonly target: ErrorTarget;
  readonly precision: PrecisionForm | 'none';
  /** log |Σ′_l| at index l = 1 … L − 1; zeros where error neurons are not weighted. */
  readonly logDeterminants: readonly number[];
}

/**
 * Total discrepancy ψ of each image, nats [B] (Eq. 2; higher is better):
 *
 *   ψ = Σ_j [x log mu_0 + (1−x) log(1−mu_0)] − ½ Σ_l [log|Σ′_l| + (t−mu)ᵀ Σ′_l⁻¹ (t−mu)],  1 ≤ l < L
 *
 * t is the target of the error neurons (z or φ(z)).
 */
export function totalDiscrepancy(
  { z, phiZ, mu, e }: Activity,
  { target, precision, logDeterminants }: DiscrepancyMeasure,
): Tensor1D {
  const targets = target === 'state' ? z : phiZ;
  return tf.tidy(() => {
    let psi = logLikelihood(z[0]!, mu[0]!);
    for (const [l, error] of e.entries()) {
      if (l === 0) continue;
      // inverse: e = (t−mu)·Σ′⁻¹, so the quadratic form is e·(t−mu); cholesky and none: it is e·e.
      const other = precision === 'inverse' ? tf.sub(targets[l]!, mu[l]!) : error;
      const quadratic = tf.sum(tf.mul(error, other), 1);
      psi = tf.sub(psi, tf.mul(tf.add(quadratic, logDeterminants[l] ?? 0), 0.5));
    }
    return psi;
  });
}

/** Per layer l = 0 … L−1: ‖e_l‖² of each image [B, L]: how surprised each layer's error neurons are. */
export function errorEnergies(activity: Activity): Tensor2D {
  return tf.tidy(
    () =>
      tf.stack(
        activity.e.map((e) => tf.sum(tf.square(e), 1)),
        1,
      ) as Tensor2D,
  );
}
