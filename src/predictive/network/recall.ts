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
