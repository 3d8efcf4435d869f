import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ActivationName } from '../../engine/activations.ts';
import { ACTIVATIONS } from '../../engine/activations.ts';
import { sign } from '../../engine/sign.ts';
import type { Steering } from '../steering.ts';

/**
 * How the states of a layer move in one settling step (Eqs. 11–15), term by term:
 *
 *   d_l = bottomUp_l + topDown_l + lateral_l + prior_l + leak_l,        z_l ← z_l + β·d_l
 *
 *   bottomUp   e_{l−1}·W_lᵀ ⊙ φ′(z_l) (type 1) or e_{l−1}·E_l (type 2)
 *   topDown    −e_l: its own error neurons, l < L
 *   lateral    −φ(z_l)·V_l: what competition takes
 *   prior      −λ·sign(z_l)
 *   leak       −γ·z_l
 *
 * This is the one place of the equation in plain operations; the kernels are held against it, and whoever shows a term is given
 * it. Each [B, J_l]; null stands for zeros.
 */
export interface StateTerms {
  readonly bottomUp: Tensor2D | null;
  readonly topDown: Tensor2D | null;
  readonly lateral: Tensor2D | null;
  readonly prior: Tensor2D | null;
  readonly leak: Tensor2D | null;
}

/** The terms by name, in the order in which they are added. */
export const STATE_TERMS = ['bottomUp', 'topDown', 'lateral', 'prior', 'leak'] as const;

/** What is around the states of one layer when they move. */
export interface Surroundings {
  readonly z: Tensor2D;
  /** What reaches them from the error neurons below: e_{l−1}·E_l, or e_{l−1}·W_lᵀ ⊙ φ′(z_l). Null: it is cut. */
  readonly bottomUp: Tensor2D | null;
  /** e_l; null in the top layer. */
  readonly e: Tensor2D | null;
  /** φ(z_l)·V_l; null where nobody competes. */
  readonly competition: Tensor2D | null;
  /** 0 at silent neurons [1, J_l]; null where nobody is silent. */
  readonly alive: Tensor2D | null;
}

/** What reaches the states of layer l from error neurons below through `feedback` [J_{l−1}, J_l] (Eqs. 11, 12). */
export function bottomUpTerm(
  below: Tensor2D,
  feedback: Tensor2D,
  gate: { readonly z: Tensor2D; readonly activation: ActivationName } | null,
): Tensor2D {
  return tf.tidy(() => {
    const carried: Tensor2D = tf.matMul(below, feedback);
    return gate ? tf.mul(carried, ACTIVATIONS[gate.activation].derivative(gate.z)) : carried;
  });
}

/** The terms of a layer's change; all are 0 at silent neurons. The caller disposes them. */
export function stateTerms(
  { z, bottomUp, e, competition, alive }: Surroundings,
  { laplace, leak }: Pick<Steering, 'laplace' | 'leak'>,
): StateTerms {
  const reaching = (term: Tensor2D | null, factor?: number): Tensor2D | null =>
    term &&
    tf.tidy(() => {
      const living: Tensor2D = alive ? tf.mul(term, alive) : term;
      if (factor !== undefined) return tf.mul(living, factor);
      return living === term ? tf.clone(term) : living;
    });
  return {
    bottomUp: reaching(bottomUp),
    topDown: reaching(e, -1),
    lateral: reaching(competition, -1),
    prior: laplace === 0 ? null : tf.tidy((): Tensor2D => tf.mul(sign(z), -laplace)),
    leak: leak === 0 ? null : tf.mul(z, -leak),
  };
}

/** d_l [B, J_l], the sum of the terms; `like` gives its shape where there are none. The caller disposes it. */
export function stateChange(terms: StateTerms, like: Tensor2D): Tensor2D {
  return tf.tidy(() => {
    const present = STATE_TERMS.flatMap((name) => terms[name] ?? []);
    return present.length === 0
      ? tf.zerosLike(like)
      : present.reduce((sum: Tensor2D, term) => tf.add(sum, term));
  });
}

/** z_l ← z_l + β·d_l [B, J_l]. The caller disposes it. */
export function moveStates(z: Tensor2D, change: Tensor2D, beta: number): Tensor2D {
  return tf.tidy(() => tf.add(z, tf.mul(change, beta)));
}

/**
 * The pixels of a partly hidden image (Eq. 19): seen pixels (mask 1) stay, hidden ones follow their prediction,
 * x ← x⊙m + (x − β·e_0)⊙(1 − m).
 */
export function updateInput(beta: number, x: Tensor2D, e0: Tensor2D, mask: Tensor2D): Tensor2D {
  return tf.tidy(() => tf.sub(x, tf.mul(tf.mul(e0, beta), tf.sub(1, mask))));
}
