import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/** Plain gradient ascent: θ + η·Δθ. */
export function sgdStep(theta: Tensor2D, delta: Tensor2D, rate: number): Tensor2D {
  return tf.tidy(() => tf.add(theta, tf.mul(delta, rate)));
}

/**
 * Adam (Kingma & Ba 2015) as ascent: m ← β₁m + (1−β₁)Δ, v ← β₂v + (1−β₂)Δ², θ + η·m̂ / (√v̂ + ε).
 *
 * @param moments m and v before this update; undefined stands for zeros
 * @param step the number of this update, from 1
 */
export function adamStep(
  theta: Tensor2D,
  delta: Tensor2D,
  rate: number,
  moments: { m: Tensor2D; v: Tensor2D } | undefined,
  step: number,
): { theta: Tensor2D; m: Tensor2D; v: Tensor2D } {
  return tf.tidy(() => {
    const first: Tensor2D = tf.mul(delta, 1 - BETA1);
    const second: Tensor2D = tf.mul(tf.square(delta), 1 - BETA2);
    const m: Tensor2D = moments ? tf.add(tf.mul(moments.m, BETA1), first) : first;
    const v: Tensor2D = moments ? tf.add(tf.mul(moments.v, BETA2), second) : second;
    const mHat = tf.div(m, 1 - BETA1 ** step);
    const vHat = tf.div(v, 1 - BETA2 ** step);
    const next: Tensor2D = tf.add(
      theta,
      tf.mul(tf.div(mHat, tf.add(tf.sqrt(vHat), EPSILON)), rate),
    );
    return { theta: next, m, v };
  });
}
