import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { normal } from '../../src/engine/noise.ts';
import type { Episode } from '../../src/predictive/network/episode.ts';
import { oneHot } from '../../src/predictive/network/labels.ts';
import { tidied } from '../../src/predictive/network/memory.ts';
import type { Network } from '../../src/predictive/network/parameters.ts';
import { freshTheta } from '../../src/predictive/network/parameters.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';

/** A small network with synapses, biases and covariances away from where they begin. */
export function smallNetwork(settings: Readonly<Record<string, unknown>> = {}, seed = 3): Network {
  const config = { variant: 'pcn', sizes: [6, 5, 4, 3], hidden: 'tanh', ...settings };
  const parsed = parseSettings(config);
  const theta = tf.tidy(() => {
    const entries = Object.entries(freshTheta(parsed, seed)).map(([name, fresh], i) => {
      if (name.startsWith('W')) return [name, fresh] as const;
      if (!name.startsWith('Sigma')) {
        const b = normal(seed + i, 1, fresh.size);
        return [name, tf.mul(tf.reshape(b, fresh.shape), 0.2)] as const;
      }
      // I + ¼·AᵀA is positive definite.
      const A: Tensor2D = normal(seed + i, fresh.shape[0], fresh.shape[0]);
      const spread = fresh.rank === 2 ? tf.matMul(tf.transpose(A), A) : tf.sum(tf.square(A), 0);
      return [name, tf.add(fresh, tf.mul(spread, 0.25))] as const;
    });
    return Object.fromEntries<tf.Tensor>(entries);
  });
  return { settings: parsed, theta };
}

/** Both ends held: x ~ U-like in 0 … 1, y one-hot. */
export function heldEpisode(
  { settings: { sizes } }: Network,
  rows = 3,
  seed = 5,
): Episode & { readonly input: Tensor2D; readonly output: Tensor2D } {
  return tidied(() => {
    const input: Tensor2D = tf.sigmoid(normal(seed, rows, sizes[0]!));
    const classes = tf.tensor1d(
      Array.from({ length: rows }, (_, i) => i % sizes.at(-1)!),
      'int32',
    );
    return { rows, input, output: oneHot(classes, sizes.at(-1)!) };
  });
}

/** Only z_L held. */
export function pictureEpisode({ settings: { sizes } }: Network, rows = 3, seed = 5): Episode {
  return { rows, output: tf.tidy((): Tensor2D => tf.sigmoid(normal(seed, rows, sizes.at(-1)!))) };
}
