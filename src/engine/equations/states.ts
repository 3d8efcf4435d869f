import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { Model } from '../model.ts';
import { ACTIVATIONS } from './activations.ts';
import type { LateralSynapses } from './lateral.ts';

/** The synapses that carry messages to states during an episode; fixed while it lasts. */
export interface Wiring {
  /** [J_{l−1}, J_l] at index l: carries e_{l−1} up to layer l. E_l (type 2) or W_lᵀ (type 1). */
  readonly feedback: readonly (Tensor2D | null)[];
  /** At index l: layer l's lateral synapses. */
  readonly lateral: readonly (LateralSynapses | null)[];
}

/**
 * How the states of layer l move in one settling step (Eqs. 11–15):
 *
 *   d_l = e_{l−1}·W_lᵀ ⊙ φ′(z_l)  (type 1)  or  e_{l−1}·E_l  (type 2)
 *         − e_l  (l < L)  − φ(z_l)·V_l  − λ·sign(z_l)  − γ·z_l
 *   z_l ← z_l + β·d_l
 *
 * @returns the new z_l [B, J_l]
 */
export function updateState(model: Model, wiring: Wiring, activity: Activity, l: number): Tensor2D {
  const { beta, leak, laplace, activation } = model.config;
  const z = activity.z[l]!;
  return tf.tidy(() => {
    let d: Tensor2D = tf.matMul(activity.e[l - 1]!, wiring.feedback[l]!);
    if (model.definition.feedback === 'transpose')
      d = tf.mul(d, ACTIVATIONS[activation].derivative(z));
    if (l < model.layers) d = tf.sub(d, activity.e[l]!);
    const competition = wiring.lateral[l]?.input(activity.phiZ[l]!);
    if (competition) d = tf.sub(d, competition);
    if (laplace !== 0) d = tf.sub(d, tf.mul(tf.sign(z), laplace));
    // z + β(d − γz), with the leak folded into one factor of z.
    return tf.add(tf.mul(z, 1 - beta * leak), tf.mul(d, beta));
  });
}

/**
 * The pixels of a partly hidden image (Eq. 19): seen pixels (mask 1) stay, hidden ones follow their prediction,
 * x ← x⊙m + (x − β·e_0)⊙(1 − m).
 */
export function updateInput(beta: number, x: Tensor2D, e0: Tensor2D, mask: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.sub(x, tf.mul(tf.mul(e0, beta), tf.sub(1, mask))));
}
