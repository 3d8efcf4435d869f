import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { normal } from '../../engine/noise.ts';
import { deriveSeed } from '../../shared/rng.ts';
import type { Episode } from './episode.ts';
import { predict } from './equations.ts';
import { tidied } from './memory.ts';
import { lastLayer } from './parameters.ts';
import type { State } from './state.ts';
import { stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';

/** Streams of an episode's seed: a layer each for where it starts. */
const STARTS = 1;

/** mu_l down the chain from z_0 [B, n_0], its own place included: the plain forward pass. The caller disposes them. */
export function forwardPass(wiring: Wiring, z0: Tensor2D): Tensor2D[] {
  return tf.tidy(() => {
    const chain = [tf.clone(z0)];
    for (const layer of wiring.layers) chain.push(predict(layer, chain.at(-1)!).mu);
    return chain;
  });
}

/**
 * The state before the first step (B1, `init`): what is held is as it is held; what the episode gives starts there; every other layer
 * at what is predicted of it, at zero, or at random. A nudged output goes only as far towards y as β says: mu_L + β(y − mu_L). The
 * caller disposes it.
 */
export function begin(wiring: Wiring, episode: Episode): State {
  return tidied(() => {
    const { settings } = wiring;
    const last = lastLayer(settings);
    const z = [startOf(wiring, episode, 0, null)];
    for (let l = 1; l <= last; l++) z.push(startOf(wiring, episode, l, z[l - 1]!));
    if (episode.output && settings.nudge !== 1) {
      const mu = forwardPass(wiring, z[0]!)[last]!;
      z[last] = tf.add(mu, tf.mul(tf.sub(episode.output, mu), settings.nudge));
    }
    const velocity = settings.momentum > 0 ? z.map((layer): Tensor2D => tf.zerosLike(layer)) : [];
    return stateOf(wiring, z, { velocity, seen: episode.seen });
  });
}

/** z_l before the first step; `below` is that of l − 1. */
function startOf(
  wiring: Wiring,
  { input, output, start, rows, seed = 0 }: Episode,
  l: number,
  below: Tensor2D | null,
): Tensor2D {
  const { layers, settings, b0 } = wiring;
  const { sizes, init, initSd } = settings;
  const held = l === 0 ? input : l === layers.length ? output : undefined;
  const given = held ?? start?.get(l);
  if (given) return tf.clone(given);
  const shape: [number, number] = [rows, sizes[l]!];
  switch (init) {
    case 'zero':
      return tf.zeros(shape);
    case 'random':
      return tf.mul(normal(deriveSeed(deriveSeed(seed, STARTS), l), ...shape), initSd);
    case 'forward':
      if (below) return predict(layers[l - 1]!, below).mu;
      return b0 ? tf.add(tf.zeros<tf.Rank.R2>(shape), b0) : tf.zeros(shape);
    default:
      return init satisfies never;
  }
}
