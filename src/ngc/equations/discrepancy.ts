import type { Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { Model } from '../model.ts';
import { exactPrecision } from './precision.ts';

/** Pixel probabilities are kept this far from 0 and 1 before a logarithm. */
export const PROBABILITY_FLOOR = 1e-6;

/** log |Σ′_l| of layers 1 … L−1 (index l; zeros where no precision is learnt), by float64 Cholesky. */
export async function logDeterminants(model: Model): Promise<number[]> {
  const { precision } = model.config;
  const values = new Array<number>(model.layers).fill(0);
  if (precision === 'none') return values;
  for (let l = 1; l < model.layers; l++) {
    const exact = await exactPrecision(model.get(`Sigma${l}`), precision);
    exact.precision.dispose();
    values[l] = exact.logDeterminant;
  }
  return values;
}

/**
 * log p(x | mu_0) of each image, nats [B]: Σ_j x_j log mu_0j + (1 − x_j) log(1 − mu_0j). Its negative is the BCE.
 */
export function logLikelihood(x: tf.Tensor2D, mu0: tf.Tensor2D): Tensor1D {
  return tf.tidy(() => {
    // Both probabilities are clipped: 1 − (1 − 1e-6) is not 1e-6 in float32.
    const log = (p: tf.Tensor2D) => tf.log(tf.clipByValue(p, PROBABILITY_FLOOR, 1));
    const on = tf.mul(x, log(mu0));
    const off = tf.mul(tf.sub(1, x), log(tf.sub(1, mu0)));
    return tf.sum(tf.add(on, off), 1);
  });
}

/**
 * Total discrepancy ψ of each image, nats [B] (Eq. 2; higher is better):
 *
 *   ψ = Σ_j [x log mu_0 + (1−x) log(1−mu_0)] − ½ Σ_l [log|Σ′_l| + (t−mu)ᵀ Σ′_l⁻¹ (t−mu)],  1 ≤ l < L
 *
 * t is the target of the error neurons (z or φ(z)).
 * @param logDets `logDeterminants(model)`, which changes only when synapses do
 */
export function totalDiscrepancy(
  model: Model,
  activity: Activity,
  logDets: readonly number[],
): Tensor1D {
  const target = model.definition.target === 'state' ? activity.z : activity.phiZ;
  return tf.tidy(() => {
    let psi = logLikelihood(activity.z[0]!, activity.mu[0]!);
    for (let l = 1; l < model.layers; l++) {
      const e = activity.e[l]!;
      // inverse: e = (t−mu)·Σ′⁻¹, so the quadratic form is e·(t−mu); cholesky and none: it is e·e.
      const other = model.config.precision === 'inverse' ? tf.sub(target[l]!, activity.mu[l]!) : e;
      const quadratic = tf.sum(tf.mul(e, other), 1);
      psi = tf.sub(psi, tf.mul(tf.add(quadratic, logDets[l]!), 0.5));
    }
    return psi;
  });
}

/** Per layer l = 0 … L−1: ‖e_l‖² of each image [B, L]: how surprised each layer's error neurons are. */
export function errorEnergies(activity: Activity): tf.Tensor2D {
  return tf.tidy(
    () =>
      tf.stack(
        activity.e.map((e) => tf.sum(tf.square(e), 1)),
        1,
      ) as tf.Tensor2D,
  );
}
