import type { Tensor2D } from '@tensorflow/tfjs-core';

import { normal } from '../engine/noise.ts';
import { deriveSeed } from '../shared/rng.ts';

/** Streams of a model's seed: parameters have the first ones. */
const LEARNING = 1000;

/** The noise of the batch that follows `imagesSeen` images: it depends on nothing else, so a resumed run goes on exactly. */
export function noiseOf(seed: number, imagesSeen: number, rows: number, width: number): Tensor2D {
  return normal(deriveSeed(deriveSeed(seed, LEARNING), imagesSeen), rows, width);
}
