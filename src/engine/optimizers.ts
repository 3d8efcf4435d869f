import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Adam's numbers: how much of each moment stays, and what keeps the division finite. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

/** 1 − β₁ᵗ and 1 − β₂ᵗ at update t: how much of each moment is there yet. */
export function momentShares(step: number): { readonly first: number; readonly second: number } {
  return { first: 1 - ADAM.beta1 ** step, second: 1 - ADAM.beta2 ** step };
}

/** Plain gradient ascent: θ + η·Δθ. */
export function sgdStep<T extends Tensor>(theta: T, delta: T, rate: number | Scalar): T {
  return tf.tidy(() => tf.add(theta, tf.mul(delta, rate)));
}

/**
 * Adam (Kingma & Ba 2015) as ascent: m ← β₁m + (1−β₁)Δ, v ← β₂v + (1−β₂)Δ², θ + η·m̂ / (√v̂ + ε).
 *
 * @param moments m and v before this update; undefined stands for zeros
 * @param step the number of this update, from 1
 */
export function adamStep<T extends Tensor>(
  theta: T,
  delta: T,
  rate: number,
  moments: { m: T; v: T } | undefined,
  step: number,
): { theta: T; m: T; v: T } {
  const shares = momentShares(step);
  return tf.tidy(() => {
    const first: T = tf.mul(delta, 1 - ADAM.beta1);
    const second: T = tf.mul(tf.square(delta), 1 - ADAM.beta2);
    const m: T = moments ? tf.add(tf.mul(moments.m, ADAM.beta1), first) : first;
    const v: T = moments ? tf.add(tf.mul(moments.v, ADAM.beta2), second) : second;
    const mHat = tf.div(m, shares.first);
    const vHat = tf.div(v, shares.second);
    const next: T = tf.add(theta, tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), ADAM.epsilon)), rate));
    return { theta: next, m, v };
  });
}
