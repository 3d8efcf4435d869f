import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Layer } from './wiring.ts';

/*
 * The equations of one layer (B1; Casnici et al. 2025, 17–39), each once. Layers are numbered in the direction of prediction:
 *
 *   z_{l−1} -(W_l, b_l)-> mu_l      e_l = what z_l is not explained      z_{l−1} <-(W_lᵀ)- e_l
 *
 * f stands outside (mu = f(z·W + b)) or inside (mu = f(z)·W + b): the two are one with a_{l−1} = inner(z_{l−1}), mu_l = outer(u_l).
 * Every function leaves what it is given alone; what it makes belongs to the caller, who calls it in a tidy.
 */

/** What layer l − 1 predicts of layer l. */
export interface Prediction {
  /** a_{l−1} [B, n_{l−1}]: what goes through W_l. */
  readonly a: Tensor2D;
  /** u_l = a_{l−1}·W_l + b_l [B, n_l]. */
  readonly u: Tensor2D;
  /** mu_l [B, n_l]. */
  readonly mu: Tensor2D;
}

/** mu_l from z_{l−1} [B, n_{l−1}]. */
export function predict(layer: Layer, below: Tensor2D): Prediction {
  const a = layer.inner?.apply(below) ?? tf.clone(below);
  const u: Tensor2D = tf.add(tf.matMul(a, layer.W), layer.b);
  const mu = meanOf(layer, u);
  return { a, u, mu: layer.skip ? tf.add<Tensor2D>(mu, below) : mu };
}

function meanOf({ output, outer }: Layer, u: Tensor2D): Tensor2D {
  switch (output) {
    case 'gaussian':
      return outer.apply(u);
    case 'softmax':
      return tf.softmax<Tensor2D>(u);
    case 'bernoulli':
      return tf.sigmoid(u);
    default:
      return output satisfies never;
  }
}

const isMatrix = (P: Tensor1D | Tensor2D): P is Tensor2D => P.rank === 2;

/** e_l = (z_l − mu_l)·P_l [B, n_l]. */
export function errorOf({ P }: Layer, z: Tensor2D, mu: Tensor2D): Tensor2D {
  const miss: Tensor2D = tf.sub(z, mu);
  if (P === 1) return miss;
  return typeof P !== 'number' && isMatrix(P) ? tf.matMul(miss, P) : tf.mul(miss, P);
}

/** s_l = e_l ⊙ f′_l(u_l) [B, n_l]: what W_l learns from. Of classes and pixels f′ is in F already. */
export function signalOf({ output, outer }: Layer, e: Tensor2D, u: Tensor2D): Tensor2D {
  return output === 'gaussian' ? tf.mul(e, outer.derivative(u)) : tf.clone(e);
}

/** What e_l does to layer l − 1: inner′(z_{l−1}) ⊙ (s_l·W_lᵀ), and e_l itself where mu_l adds z_{l−1} [B, n_{l−1}]. */
export function feedback(layer: Layer, e: Tensor2D, u: Tensor2D, below: Tensor2D): Tensor2D {
  const { inner, skip, Wt } = layer;
  const sent: Tensor2D = tf.matMul(signalOf(layer, e, u), Wt);
  const through: Tensor2D = inner ? tf.mul(inner.derivative(below), sent) : sent;
  return skip ? tf.add(through, e) : through;
}

/**
 * F_l of each image [B], without ½ log|Σ_l|: ½ (z_l − mu_l)·e_lᵀ, or the cross entropy with what is predicted, by k.
 *
 * @param seen 1 where a neuron sends an error [B, n_l], as in e; the others have no part in F. null: all do
 */
export function energyOf(
  { output, P }: Layer,
  z: Tensor2D,
  { u, mu }: Prediction,
  e: Tensor2D,
  seen: Tensor2D | null = null,
): Tensor1D {
  if (output === 'gaussian') return tf.mul(tf.sum(tf.mul(tf.sub(z, mu), e), 1), 0.5);
  const each: Tensor2D =
    output === 'softmax'
      ? tf.neg(tf.mul(z, tf.logSoftmax(u)))
      : tf.sub(tf.softplus(u), tf.mul(z, u));
  return tf.mul(tf.sum(seen ? tf.mul(each, seen) : each, 1), P);
}
