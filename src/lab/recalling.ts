import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Split } from '../data/dataset.ts';
import { seenAs } from '../data/dataset.ts';
import type { Recalled } from '../engine/measures/recall.ts';
import { measureRecall } from '../engine/measures/recall.ts';
import type { GenerativeModel } from '../engine/model.ts';
import type { LabMeasure } from '../experiments/experiment.ts';
import { createRng } from '../shared/rng.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/*
 * How well a memory gives back the images that it has learnt, all of them at once (B7): from noise, where every pixel is free, or with
 * their lower half hidden, where what is seen stays.
 */
export const RECALL_WAYS = {
  'recall-noise': { spoil: 'noise', steps: 100 },
  'recall-half': { spoil: 'half', steps: 200 },
  'recall-half-long': { spoil: 'half', steps: 2_000 },
} as const satisfies Partial<Record<LabMeasure, unknown>>;
type Way = keyof typeof RECALL_WAYS;

/** Standard deviation of the noise. */
const NOISE = 0.2;

/** Measures what a memory recalls of its stored images. Throws a "diverged" error where settling leaves all proportion. */
export async function measureMemory(
  model: GenerativeModel,
  stored: Split,
  way: Way,
  seed: number,
  work: Work,
): Promise<Recalled | null> {
  if (!model.recall) return null;
  const { spoil, steps } = RECALL_WAYS[way];
  const images = seenAs(stored, { from: 0, to: stored.count }, model.shades ?? 'binary');
  const rng = createRng(seed);
  const x: Tensor2D = tf.tensor2d(
    spoil === 'noise' ? images.map((value) => value + NOISE * rng.normal()) : images,
    [stored.count, model.pixels],
  );
  const seen = spoil === 'half' ? tf.tidy(() => upperHalf(x.shape)) : null;
  try {
    const found = await model.recall(x, seen, { steps, onProgress: follow(work, 'Recalling') });
    const recalled = await found.data();
    found.dispose();
    return measureRecall(Float32Array.from(recalled), images, model.pixels);
  } finally {
    tf.dispose(seen ? [x, seen] : x);
  }
}

/** 1 where a pixel is in the upper half of its picture [B, J0]. */
export const upperHalf = ([rows, pixels]: [number, number]): Tensor2D =>
  tf.tile(tf.tensor2d(Float32Array.from({ length: pixels }, (_, p) => (p < pixels / 2 ? 1 : 0)), [1, pixels]), [rows, 1]); // prettier-ignore
