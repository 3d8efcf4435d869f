import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Episode } from './episode.ts';
import { isFree, noiseAt } from './episode.ts';
import { errorOf, feedback } from './equations.ts';
import { lastLayer } from './parameters.ts';
import { release, tidied } from './memory.ts';
import type { NetworkSettings } from './settings.ts';
import { begin } from './start.ts';
import type { State } from './state.ts';
import { errorAt, fromPrior, predictionAt, stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';
import { layerAt } from './wiring.ts';

/*
 * How a network settles (B1):
 *
 *   d_l = −e_l + what e_{l+1} sends back      d_0 = its second part − λ_0 (z_0 − b_0)      d_L = −e_L      (= −∂F/∂z_l)
 *   v_l ← m·v_l + d_l      z_l ← z_l + γ·v_l (+ √(2γτ)·ξ)
 *
 * for the free layers: "parallel" all from the same e; "sweep" from the last to the first, each from the newest states. To watch it:
 *
 *   const wiring = await wire({ settings, theta });
 *   for (const state of steps(wiring, { rows, input, output }, T)) paint(state.z, state.errors, await energyProfile(wiring, state));
 *   wiring.dispose();
 *
 * or `settle`, which gives the last state and calls `onStep` with each; or `begin` and `advance`, a pure function of a state.
 */

/** σ_l, which weighs e_l at step t (B8). */
function scheduled({ schedule, alpha, ...settings }: NetworkSettings, l: number, step: number) {
  const waited = step - (settings.sizes.length - 1 - l);
  switch (schedule) {
    case 'none':
      return 1;
    case 'spiking':
      return waited === 0 ? 1 : alpha;
    case 'decaying':
      return waited < 0 ? 0 : Math.exp(-waited);
    default:
      return schedule satisfies never;
  }
}

const weighed = (e: Tensor2D, weight: number): Tensor2D => (weight === 1 ? e : tf.mul(e, weight));

/**
 * d_l, the slope of layer l down its free energy. Belongs in a tidy.
 *
 * @param above what layer l + 1 does: as the state has it, or already moved
 */
function slopeOf(wiring: Wiring, state: State, l: number, above: Tensor2D | undefined): Tensor2D {
  const { settings } = wiring;
  const weight = (layer: number) => scheduled(settings, layer, state.step);
  const own = () =>
    l === 0
      ? tf.mul<Tensor2D>(fromPrior(wiring, state.z[0]!), settings.priorPrecision)
      : weighed(errorAt(state, l), weight(l));
  if (!above) return tf.neg(own());
  const layer = layerAt(wiring, l + 1);
  const { u, mu } = predictionAt(state, l + 1);
  const moved = above !== state.z[l + 1];
  const e = moved ? errorOf(layer, above, mu) : errorAt(state, l + 1);
  const back = feedback(layer, weighed(e, weight(l + 1)), u, state.z[l]!);
  return l === 0 && settings.priorPrecision === 0 ? back : tf.sub(back, own());
}

/** d_0 … d_L of a state [B, n_l], all from the same e; those of layers that are held too. The caller disposes them. */
export function slopes(wiring: Wiring, state: State): Tensor2D[] {
  return tf.tidy(() => state.z.map((_, l) => slopeOf(wiring, state, l, state.z[l + 1])));
}

/** One step of settling: the state after `state`, which stays as it is. The caller disposes it. */
export function advance(wiring: Wiring, episode: Episode, state: State): State {
  return tidied(() => {
    const { settings } = wiring;
    const { rate, momentum, temperature, order, sizes } = settings;
    const last = lastLayer(settings);
    const z = [...state.z];
    const velocity = [...state.velocity];
    for (let l = last; l >= 0; l--) {
      const before = state.z[l]!;
      if (!isFree(episode, l, last)) {
        z[l] = tf.clone(before);
        if (momentum > 0) velocity[l] = tf.clone(state.velocity[l]!);
        continue;
      }
      const newest = order === 'sweep' && isFree(episode, l + 1, last) ? z : state.z;
      let v = slopeOf(wiring, state, l, newest[l + 1]);
      if (momentum > 0) v = velocity[l] = tf.add(tf.mul(state.velocity[l]!, momentum), v);
      let way: Tensor2D = tf.mul(v, rate);
      if (temperature > 0) {
        const noise = noiseAt(episode, l, state.step, sizes[l]!);
        way = tf.add(way, tf.mul(noise, Math.sqrt(2 * rate * temperature)));
      }
      if (l === last && episode.kept) way = tf.mul(way, tf.sub(1, episode.kept));
      z[l] = tf.add(before, way);
    }
    const first = episode.input && predictionAt(state, 1);
    return stateOf(wiring, z, { step: state.step + 1, velocity, first, seen: episode.seen });
  });
}

/** Every state from the first to the one after `count` steps. Each is freed when the next is asked for, and the last at the end. */
export function* steps(wiring: Wiring, episode: Episode, count: number): Generator<State, void> {
  let state = begin(wiring, episode);
  try {
    yield state;
    while (state.step < count) {
      const next = advance(wiring, episode, state);
      release(state);
      state = next;
      yield state;
    }
  } finally {
    release(state);
  }
}

/** What one may say of settling. */
export interface SettleOptions {
  /** Steps; absent: T. */
  readonly steps?: number | undefined;
  /** Sees every state, the first too; it is freed after that. May return a promise, to let others work in between, or throw. */
  readonly onStep?: ((state: State) => void | Promise<void>) | undefined;
}

/** The state after T steps, which the caller disposes. */
export async function settle(
  wiring: Wiring,
  episode: Episode,
  { steps: count = wiring.settings.steps, onStep }: SettleOptions = {},
): Promise<State> {
  let state = begin(wiring, episode);
  try {
    await onStep?.(state);
    while (state.step < count) {
      const next = advance(wiring, episode, state);
      release(state);
      state = next;
      await onStep?.(state);
    }
    return state;
  } catch (error) {
    release(state);
    throw error;
  }
}
