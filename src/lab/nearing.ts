import * as tf from '@tensorflow/tfjs-core';

import type { Split } from '../data/dataset.ts';
import { seenAs } from '../data/dataset.ts';
import type { ClassifyingModel, Nearness } from '../engine/model.ts';
import type { LabMeasure } from '../experiments/experiment.ts';

/*
 * How near predictive coding comes to backpropagation (B6): at equilibrium, and after the few steps that it usually settles for.
 */
/** γ under 2/λmax of a digit net that has learnt for a few epochs by backpropagation (about 0.4). */
const RATE = 0.2;
export const NEARING_WAYS = {
  'nearness-long': { steps: 500, rate: RATE },
  'nearness-short': { steps: 20, rate: RATE },
} as const satisfies Partial<Record<LabMeasure, unknown>>;
type Way = keyof typeof NEARING_WAYS;

/** How many images the changes are for. */
const IMAGES = 100;

/** How the change for the first test images lies to that of backpropagation, at a variance of the output; null: it learns in no other way. */
export async function measureNearness(
  model: ClassifyingModel,
  test: Split,
  way: Way,
  outputVariance: number,
): Promise<Nearness | null> {
  const { labels } = test;
  if (!model.besideBackprop || !labels) return null;
  const count = Math.min(IMAGES, test.count);
  const pixels = seenAs(test, { from: 0, to: count }, model.shades ?? 'binary');
  const x = tf.tensor2d(pixels, [count, model.pixels]);
  try {
    return await model.besideBackprop(x, labels.slice(0, count), {
      ...NEARING_WAYS[way],
      outputVariance,
    });
  } finally {
    x.dispose();
  }
}
