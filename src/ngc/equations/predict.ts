import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ActivationName } from '../../engine/activations.ts';
import { ACTIVATIONS } from '../../engine/activations.ts';

/** The synapses that predict, and what shapes a prediction. */
export interface GenerativeSynapses {
  /** W_l [J_l, J_{l−1}] at index l, 1 ≤ l ≤ L. */
  readonly W: readonly (Tensor2D | null)[];
  /** M_l [J_l, J_{l−2}] at index l, 2 ≤ l ≤ L; null where layers predict only the one below (α_m = 0). */
  readonly M: readonly (Tensor2D | null)[];
  /** g of the hidden layers; g_0 is the sigmoid. */
  readonly meanActivation: ActivationName;
}

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
  { W, M, meanActivation }: GenerativeSynapses,
  l: number,
  above: Tensor2D,
  twoAbove: Tensor2D | undefined,
): Tensor2D {
  return tf.tidy(() => {
    const far = M[l + 2];
    let h: Tensor2D = tf.matMul(above, W[l + 1]!);
    if (far && twoAbove) h = tf.add(h, tf.matMul(twoAbove, far));
    return l === 0 ? tf.sigmoid(h) : ACTIVATIONS[meanActivation].apply(h);
  });
}

/** mu_0 … mu_{L−1} from φ(z_1) … φ(z_L) (index 0 is not read). */
export function predict(synapses: GenerativeSynapses, phiZ: readonly Tensor2D[]): Tensor2D[] {
  return phiZ.slice(1).map((above, l) => predictLayer(synapses, l, above, phiZ[l + 2]));
}
