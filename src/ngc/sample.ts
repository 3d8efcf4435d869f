import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ActivationName } from '../engine/activations.ts';
import { ACTIVATIONS } from '../engine/activations.ts';
import type { GenerativeSynapses } from './equations/predict.ts';
import { predictLayer } from './equations/predict.ts';

/** What does not pass on what comes down. */
export interface Blocks {
  /** Whether no hidden layer is predicted: only the pixels are. */
  readonly topDown: boolean;
  /** 0 at silent neurons of layer l at index l [1, J_l]; null where a layer has none. */
  readonly alive: readonly (Tensor2D | null)[];
}

/**
 * What the layers below do if layer l alone is given: means only, layer by layer (Eq. 1 and the paper's "Sampling from the
 * model"); the mean of a layer takes the place of its state.
 *
 *   mu_k = g(φ_{k+1}·W_{k+1} + φ_{k+2}·M_{k+2}), l > k ≥ 0,      φ_l given, φ_k = φ(mu_k) below it, none above
 *
 * @param activity φ(z_l) [B, J_l]
 * @param activation φ
 * @returns mu_0 … mu_{l−1}, each [B, J_k]; mu_0 are pixel probabilities. Call inside a tidy
 */
export function sendDown(
  synapses: GenerativeSynapses,
  activation: ActivationName,
  l: number,
  activity: Tensor2D,
  blocks?: Blocks,
): Tensor2D[] {
  const phi = ACTIVATIONS[activation];
  const means: Tensor2D[] = [];
  let twoAbove: Tensor2D | undefined;
  let above = activity;
  for (let k = l - 1; k >= 0; k--) {
    const mean = predictLayer(synapses, k, above, twoAbove);
    means.unshift(mean);
    twoAbove = above;
    const alive = blocks?.alive[k];
    if (blocks?.topDown) above = tf.zerosLike(mean);
    else above = alive ? tf.mul(phi.apply(mean), alive) : phi.apply(mean);
  }
  return means;
}

/** Brings draws of φ(z_L) into the range of φ: a Gaussian's may be negative where relu's are not. Call inside a tidy. */
function withinRange(activation: ActivationName, activity: Tensor2D): Tensor2D {
  const [low, high] = ACTIVATIONS[activation].range;
  return tf.minimum(tf.maximum(activity, low), high);
}

/**
 * Projects top-layer activities down to the pixels.
 *
 * @param topActivity φ(z_L) [B, J_L], from the prior; values that φ cannot take are brought into its range
 * @param activation φ
 * @returns mu_0 [B, J0], pixel probabilities
 */
export function project(
  synapses: GenerativeSynapses,
  activation: ActivationName,
  topActivity: Tensor2D,
): Tensor2D {
  return tf.tidy(() => {
    const top = withinRange(activation, topActivity);
    return sendDown(synapses, activation, synapses.W.length - 1, top)[0]!;
  });
}

/**
 * The states in which every layer is as it is imagined from the one above: z_L such that φ(z_L) is drawn from the prior, z_l = mu_l
 * below it. Where an episode begins with them, its first errors are 0 but at the pixels.
 *
 * @param topActivity φ(z_L) [B, J_L], from the prior; values that φ cannot take are brought into its range
 * @returns z_l [B, J_l] of layer l at index l − 1. Call inside a tidy
 */
export function imaginedStates(
  synapses: GenerativeSynapses,
  activation: ActivationName,
  topActivity: Tensor2D,
): Tensor2D[] {
  const phi = ACTIVATIONS[activation];
  const top = phi.inverse(withinRange(activation, topActivity));
  const means = sendDown(synapses, activation, synapses.W.length - 1, phi.apply(top));
  return [...means.slice(1), top];
}
