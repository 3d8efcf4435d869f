import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import type { ModelConfig } from '../config/settings.ts';
import type { Lesions } from '../lesions.ts';
import type { Model } from '../model.ts';
import { ACTIVATIONS } from '../../engine/activations.ts';
import type { LateralSynapses } from './lateral.ts';

/** The synapses that carry messages to states during an episode, and what of them is cut. */
export interface Wiring {
  /** [J_{l−1}, J_l] at index l: carries e_{l−1} up to layer l. E_l (type 2) or W_lᵀ (type 1); null where it is cut. */
  readonly feedback: readonly (Tensor2D | null)[];
  /** At index l: layer l's lateral synapses. */
  readonly lateral: readonly (LateralSynapses | null)[];
  /** Null or absent: the network is intact. */
  readonly lesions?: Lesions | null;
  /** `aliveNeurons` of the lesions: 0 at silent neurons [1, J_l] at index l, null where a layer has none. */
  readonly alive?: readonly (Tensor2D | null)[];
  /** Whether it goes on far beyond T, which needs a stronger leak (`actingLeak`). */
  readonly enduring?: boolean;
}

/** How much more than its self-excitation a state leaks in an enduring episode. */
const ENDURING_MARGIN = 0.05;

/**
 * γ as it acts on the states: the setting, or 0 where the leak is cut. In an enduring episode it is at least a little more than
 * the self-excitation αe: an active neuron that nothing else moves grows by 1 + β(αe − γ) a step, which T steps bear and hundreds
 * do not (seen: pretrained type-2 models exceed 1e4 after 300 steps; with this leak they come to rest, at 52 nats instead of 43).
 */
export function actingLeak(
  config: ModelConfig,
  { lesions, enduring }: Pick<Wiring, 'lesions' | 'enduring'>,
): number {
  if (lesions?.leak) return 0;
  if (!enduring) return config.leak;
  const excites = config.lateral !== 'none' && !lesions?.lateral;
  return Math.max(config.leak, (excites ? config.selfExcitation : 0) + ENDURING_MARGIN);
}

/** The terms of a layer's change that come from other neurons through synapses. */
export interface StateTerms {
  /** e_{l−1}·W_lᵀ ⊙ φ′(z_l) (type 1) or e_{l−1}·E_l (type 2) [B, J_l]. */
  readonly bottomUp: Tensor2D;
  /** φ(z_l)·V_l [B, J_l]: what competition takes; null where nobody competes. */
  readonly lateral: Tensor2D | null;
}

/** What reaches the states of layer l in the next step (Eqs. 11, 12, 15); 0 at silent neurons. The caller disposes it. */
export function stateTerms(
  model: Model,
  wiring: Wiring,
  { z, phiZ, e }: Activity,
  l: number,
): StateTerms {
  const feedback = wiring.feedback[l] ?? null;
  const alive = wiring.alive?.[l] ?? null;
  const reaching = (term: Tensor2D): Tensor2D => (alive ? tf.mul(term, alive) : term);
  const bottomUp = tf.tidy(() => {
    if (!feedback) return tf.zerosLike(z[l]!);
    const carried: Tensor2D = tf.matMul(e[l - 1]!, feedback);
    if (model.definition.feedback !== 'transpose') return reaching(carried);
    return reaching(tf.mul(carried, ACTIVATIONS[model.config.activation].derivative(z[l]!)));
  });
  const synapses = wiring.lateral[l];
  const lateral = synapses ? tf.tidy(() => reaching(synapses.input(phiZ[l]!))) : null;
  return { bottomUp, lateral };
}

/**
 * How the states of layer l move in one settling step (Eqs. 11–15):
 *
 *   d_l = bottomUp_l − e_l (l < L) − φ(z_l)·V_l − λ·sign(z_l) − γ·z_l
 *   z_l ← z_l + β·d_l
 *
 * with bottomUp_l and φ(z_l)·V_l as `stateTerms` gives them. Silent neurons stay at 0.
 * @returns the new z_l [B, J_l]
 */
export function updateState(model: Model, wiring: Wiring, activity: Activity, l: number): Tensor2D {
  const { beta, laplace } = model.config;
  const leak = actingLeak(model.config, wiring);
  const z = activity.z[l]!;
  return tf.tidy(() => {
    const { bottomUp, lateral } = stateTerms(model, wiring, activity, l);
    let d = bottomUp;
    if (l < model.layers) d = tf.sub(d, activity.e[l]!);
    if (lateral) d = tf.sub(d, lateral);
    if (laplace !== 0) d = tf.sub(d, tf.mul(tf.sign(z), laplace));
    // z + β(d − γz), with the leak folded into one factor of z.
    const moved: Tensor2D = tf.add(tf.mul(z, 1 - beta * leak), tf.mul(d, beta));
    const alive = wiring.alive?.[l];
    return alive ? tf.mul(moved, alive) : moved;
  });
}

/**
 * The pixels of a partly hidden image (Eq. 19): seen pixels (mask 1) stay, hidden ones follow their prediction,
 * x ← x⊙m + (x − β·e_0)⊙(1 − m).
 */
export function updateInput(beta: number, x: Tensor2D, e0: Tensor2D, mask: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.sub(x, tf.mul(tf.mul(e0, beta), tf.sub(1, mask))));
}
