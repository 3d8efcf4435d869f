import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Model } from '../model.ts';
import { ACTIVATIONS } from '../../engine/activations.ts';

/**
 * What layer l is predicted to do (Eq. 1):
 *
 *   h_l = φ(z_{l+1})·W_{l+1} + α_m φ(z_{l+2})·M_{l+2}        mu_0 = sigmoid(h_0), mu_l = g(h_l)
 *
 * @param above φ(z_{l+1}) [B, J_{l+1}]
 * @param twoAbove φ(z_{l+2}) [B, J_{l+2}], undefined where there is no such layer
 * @returns mu_l [B, J_l]
 */
export function predictLayer(
  model: Model,
  l: number,
  above: Tensor2D,
  twoAbove: Tensor2D | undefined,
): Tensor2D {
  return tf.tidy(() => {
    let h: Tensor2D = tf.matMul(above, model.W(l + 1));
    if (model.definition.auxiliary && twoAbove) h = tf.add(h, tf.matMul(twoAbove, model.M(l + 2)));
    return l === 0 ? tf.sigmoid(h) : ACTIVATIONS[model.config.meanActivation].apply(h);
  });
}

/** mu_0 … mu_{L−1} from φ(z_1) … φ(z_L) (index 0 is not read). */
export function predict(model: Model, phiZ: readonly Tensor2D[]): Tensor2D[] {
  return Array.from({ length: model.layers }, (_, l) =>
    predictLayer(model, l, phiZ[l + 1]!, phiZ[l + 2]),
  );
}
