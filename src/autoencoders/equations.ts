import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Theta } from '../engine/theta.ts';
import { of } from '../engine/theta.ts';

/*
 * The paper's baselines (Ororbia & Kifer 2022, Methods; what it leaves open as in Makhzani et al. 2015, Kingma & Welling 2014).
 *
 *   x ─U1→ h_1 ─U2→ h_2 ─U3→ m ──────────────→ z ─W3→ a_2 ─W2→ a_1 ─W1→ mu_0
 *                      └─S→ v ─ exp(v/2)⊙eps ─┘ (GVAE; GVAE-CV: √variance·eps)
 *                                             └─D1→ relu ─D2→ relu ─D3→ D(z) (GAN-AE)
 *   x ─U1→ h_1 ─U2→ h_2 ─U3→ h_3 ─Y→ logits (DSRN)
 *
 * Rows are images, so every product has its synapses on the right. Layers are counted by sizes = [J0 … JL]; relu inside.
 */

const affine = (theta: Theta, input: Tensor, matrix: string, bias: string) =>
  tf.add<Tensor2D>(tf.matMul(input, of(theta, matrix)), of(theta, bias));

/** h_1 … h_l, relu(h_{l−1}·U_l + c_l) each, of pixels x [B, J0]. */
function hidden(theta: Theta, x: Tensor2D, layers: number): readonly Tensor2D[] {
  const h: Tensor2D[] = [];
  for (let l = 1; l <= layers; l++) {
    h.push(tf.relu(affine(theta, h.at(-1) ?? x, `U${l}`, `c${l}`)));
  }
  return h;
}

/** What an encoder makes of pixels. */
export interface Encoding {
  /** h_1 … h_{L−1} [B, J_l]. */
  readonly h: readonly Tensor2D[];
  /** m [B, J_L]. */
  readonly mean: Tensor2D;
  /** v [B, J_L], the log variance; null for kinds that do not tell it. */
  readonly logVariance: Tensor2D | null;
}

/** h_l = relu(h_{l−1}·U_l + c_l), m = h_{L−1}·U_L + c_L, and v = h_{L−1}·S + s where there is S; of pixels x [B, J0]. */
export function encode(theta: Theta, x: Tensor2D, layers: number): Encoding {
  const h = hidden(theta, x, layers - 1);
  const below = h.at(-1) ?? x;
  const mean = affine(theta, below, `U${layers}`, `c${layers}`);
  const logVariance = 'S' in theta ? affine(theta, below, 'S', 's') : null;
  return { h, mean, logVariance };
}

/** Log odds of the pixels, a_1·W_1 + b_0 [B, J0], of codes z [B, J_L]: a_{l−1} = relu(a_l·W_l + b_{l−1}), a_L = z. */
export function decode(theta: Theta, z: Tensor2D, layers: number): Tensor2D {
  let a = z;
  for (let l = layers; l > 1; l--) a = tf.relu(affine(theta, a, `W${l}`, `b${l - 1}`));
  return affine(theta, a, 'W1', 'b0');
}

/** D(z) [B, 1]: the log odds that codes z [B, J_L] are drawn from N(0, I), by a discriminator with so many hidden layers. */
export function discriminate(theta: Theta, z: Tensor2D, layers: number): Tensor2D {
  let d = z;
  for (let i = 1; i <= layers; i++) d = tf.relu(affine(theta, d, `D${i}`, `k${i}`));
  return affine(theta, d, `D${layers + 1}`, `k${layers + 1}`);
}

/** h_1 … h_L [B, J_l] and the log odds h_L·Y + y of the classes [B, C], of pixels x [B, J0]. */
export function classify(theta: Theta, x: Tensor2D, layers: number) {
  const h = hidden(theta, x, layers);
  return { h, logits: affine(theta, h.at(-1) ?? x, 'Y', 'y') };
}
