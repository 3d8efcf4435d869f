import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Nearness } from '../../engine/model.ts';
import type { Theta } from '../../engine/theta.ts';
import { of } from '../../engine/theta.ts';
import { backpropagate } from './backprop.ts';
import { changesOf } from './changes.ts';
import { settleSoundly } from './divergence.ts';
import { release } from './memory.ts';
import type { Network } from './parameters.ts';
import { wire } from './wiring.ts';

/*
 * How near predictive coding comes to backpropagation (B6). With k = outputVariance, k·ΔW(PC) → ΔW(BP) as k grows; at equilibrium
 * only, the distance falls as 1/k.
 */

/** The comparison of all changes together, and of each matrix W_1 … W_L, the first at 0. */
export interface Comparisons {
  readonly whole: Nearness;
  readonly layers: readonly Nearness[];
}

/** Sums that a comparison is made of, in float64 over numbers that are float32. */
function compared(of: ArrayLike<number>, to: ArrayLike<number>): Nearness {
  let [both, own, others, apart] = [0, 0, 0, 0];
  for (let i = 0; i < to.length; i++) {
    const [a, b] = [of[i]!, to[i]!];
    both += a * b;
    own += a * a;
    others += b * b;
    apart += (a - b) ** 2;
  }
  return {
    cosine: both / Math.sqrt(own * others),
    ratio: Math.sqrt(own / others),
    distance: Math.sqrt(apart / others),
  };
}

const vector = (theta: Theta, names: readonly string[]): Tensor =>
  tf.concat(names.map((name) => tf.reshape(of(theta, name), [-1])));

async function comparedBy(a: Theta, b: Theta, names: readonly string[]): Promise<Nearness> {
  const [one, other] = [tf.tidy(() => vector(a, names)), tf.tidy(() => vector(b, names))];
  const values = [await one.data(), await other.data()] as const;
  release([one, other]);
  return compared(...values);
}

/** Compares changes of synapses, `scale` times as large, with others: over all W and b, and matrix by matrix. */
export async function compareChanges(a: Theta, b: Theta, scale = 1): Promise<Comparisons> {
  const names = Object.keys(b);
  const scaled: Theta = Object.fromEntries(names.map((name) => [name, tf.mul(of(a, name), scale)]));
  try {
    const whole = await comparedBy(scaled, b, names);
    const layers: Nearness[] = [];
    for (const name of names.filter((one) => one.startsWith('W')))
      layers.push(await comparedBy(scaled, b, [name]));
    return { whole, layers };
  } finally {
    release(scaled);
  }
}

/** k·ΔW(PC), after settling with x [B, n_0] and y [B, n_L] held, beside what backpropagation would change, for a k. */
export async function compareToBackprop(
  { settings, theta }: Network,
  x: Tensor2D,
  y: Tensor2D,
  k: number,
): Promise<Comparisons> {
  const wiring = await wire({ settings: { ...settings, outputVariance: k }, theta });
  const twin = await wire({ settings: { ...settings, outputVariance: 1 }, theta });
  const episode = { rows: x.shape[0], input: x, output: y };
  const state = await settleSoundly(wiring, episode);
  const changes = changesOf(wiring, episode, state);
  const back = backpropagate(twin, x, y);
  try {
    return await compareChanges(changes, back.changes, k);
  } finally {
    release([state, changes, back]);
    wiring.dispose();
    twin.dispose();
  }
}
