import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * What every neuron of a network does at one settling step, for a batch of B images.
 * Arrays are indexed by layer, 0 … L; index 0 of z and phiZ is the input x (the paper's z⁰).
 */
export type Activity = {
  /** z_l [B, J_l]: the states. */
  z: Tensor2D[];
  /** φ(z_l) [B, J_l]: the activity of the state neurons. */
  phiZ: Tensor2D[];
  /** mu_l [B, J_l], l = 0 … L−1: what is predicted for layer l. */
  mu: Tensor2D[];
  /** e_l [B, J_l], l = 0 … L−1: the error neurons. */
  e: Tensor2D[];
};

/** Every tensor of an activity, each once. */
export function tensorsOf(activity: Activity): Tensor2D[] {
  return [...new Set([...activity.z, ...activity.phiZ, ...activity.mu, ...activity.e])];
}

/** The first `rows` images of an activity, as new tensors. */
export function firstRows(activity: Activity, rows: number): Activity {
  const first = (tensors: Tensor2D[]) => tensors.map((t) => tf.slice(t, [0, 0], [rows, -1]));
  return {
    z: first(activity.z),
    phiZ: first(activity.phiZ),
    mu: first(activity.mu),
    e: first(activity.e),
  };
}
