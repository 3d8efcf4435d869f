import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { settleSoundly } from './divergence.ts';
import type { Episode } from './episode.ts';
import { lastLayer } from './parameters.ts';
import { release } from './memory.ts';
import type { SettleOptions } from './settling.ts';
import type { Wiring } from './wiring.ts';

/**
 * What a memory is asked (B7): all layers are free, z_L starts as the spoilt image, and of it only what `seen` [B, n_L] says stays
 * (1 = stays; null: nothing). A hidden pixel starts at 0.
 */
export function recallEpisode(wiring: Wiring, spoilt: Tensor2D, seen: Tensor2D | null): Episode {
  const start = new Map([[lastLayer(wiring.settings), spoilt]]);
  return { rows: spoilt.shape[0], start, ...(seen && { kept: seen }) };
}

/** The image that a memory comes back to, cut to 0 … 1 [B, n_L]. The caller disposes it. */
export async function recall(
  wiring: Wiring,
  spoilt: Tensor2D,
  seen: Tensor2D | null = null,
  options: SettleOptions = {},
): Promise<Tensor2D> {
  const from: Tensor2D = seen ? tf.mul(spoilt, seen) : tf.clone(spoilt);
  try {
    const state = await settleSoundly(wiring, recallEpisode(wiring, from, seen), options);
    const image = tf.clipByValue(state.z.at(-1)!, 0, 1);
    release(state);
    return image;
  } finally {
    from.dispose();
  }
}

/** How well images were recalled. */
export interface Recalled {
  /** Mean squared error a pixel. */
  readonly mse: number;
  /** Share of images whose nearest stored one is theirs. */
  readonly right: number;
  /** Share of images whose error is under `close`. */
  readonly close: number;
}

/** Under this mean squared error a pixel, an image counts as recalled. */
export const CLOSE = 0.005;

/** Measures recalled images [K, n] against those that are stored [K, n], row by row. */
export function measureRecall(
  recalled: Float32Array,
  stored: Float32Array,
  width: number,
): Recalled {
  const count = stored.length / width;
  const apart = (i: number, j: number) => {
    let sum = 0;
    for (let p = 0; p < width; p++) sum += (recalled[i * width + p]! - stored[j * width + p]!) ** 2;
    return sum / width;
  };
  let [mse, right, close] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const own = apart(i, i);
    mse += own / count;
    if (own < CLOSE) close += 1 / count;
    let nearest = true;
    for (let j = 0; j < count && nearest; j++) nearest = j === i || apart(i, j) > own;
    if (nearest) right += 1 / count;
  }
  return { mse, right, close };
}
