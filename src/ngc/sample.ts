import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ActivationName } from '../engine/activations.ts';
import { ACTIVATIONS } from '../engine/activations.ts';
import type { GenerativeSynapses } from './equations/predict.ts';
import { predictLayer } from './equations/predict.ts';

/**
 * Projects top-layer activities down to the pixels: means only, layer by layer (Eq. 1 and the paper's "Sampling
 * from the model"; g_l of the layer above's mean takes the place of its state).
 *
 * @param topActivity φ(z_L) [B, J_L], from the prior; values that φ cannot take (negative for relu) are brought into its range
 * @param activation φ
 * @returns mu_0 [B, J0], pixel probabilities
 */
export function project(
  synapses: GenerativeSynapses,
  activation: ActivationName,
  topActivity: Tensor2D,
): Tensor2D {
  const phi = ACTIVATIONS[activation];
  return tf.tidy(() => {
    const [low, high] = phi.range;
    let twoAbove: Tensor2D | undefined;
    let above: Tensor2D = tf.minimum(tf.maximum(topActivity, low), high);
    for (let l = synapses.W.length - 2; l > 0; l--) {
      const mean = predictLayer(synapses, l, above, twoAbove);
      twoAbove = above;
      above = phi.apply(mean);
    }
    return predictLayer(synapses, 0, above, twoAbove);
  });
}
