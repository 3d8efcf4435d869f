import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { createRng, deriveSeed } from '../shared/rng.ts';

/** Streams of a model's seed: parameters have the first ones. */
const LEARNING = 1000;

/** N(0, I) [rows, width] from a seed. */
export function normal(seed: number, rows: number, width: number): Tensor2D {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * width }, () => rng.normal());
  return tf.tensor2d(values, [rows, width]);
}

/** The noise of the batch that follows `imagesSeen` images: it depends on nothing else, so a resumed run goes on exactly. */
export function noiseOf(seed: number, imagesSeen: number, rows: number, width: number): Tensor2D {
  return normal(deriveSeed(deriveSeed(seed, LEARNING), imagesSeen), rows, width);
}
