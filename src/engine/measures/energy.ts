import * as tf from '@tensorflow/tfjs-core';

import type { ClassifyingModel, EnergyModel, GenerativeModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/** F of every image after settling, nats, in the order of the images. */
export async function surprisesOf(
  model: EnergyModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> {
  const values = new Float32Array(images.count);
  await eachBatch(
    images,
    model.pixels,
    async (x, from, onProgress) => {
      const surprises = await model.surprises(x);
      values.set(await surprises.data(), from);
      surprises.dispose();
      await onProgress(1);
    },
    options,
  );
  return values;
}

/** How little sure a model is of the class that it says, −max softmax, in the order of the images: the usual score of strangeness. */
export async function doubtsOf(
  model: ClassifyingModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> {
  const values = new Float32Array(images.count);
  await eachBatch(
    images,
    model.pixels,
    async (x, from, onProgress) => {
      const odds = model.classify(x);
      const doubts = tf.tidy(() => tf.neg(tf.max(tf.softmax(odds), 1)));
      odds.dispose();
      values.set(await doubts.data(), from);
      doubts.dispose();
      await onProgress(1);
    },
    options,
  );
  return values;
}

/** The mean squared error a pixel of what a model makes of images that it sees whole. */
export async function measureSquaredError(
  model: GenerativeModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<number> {
  let sum = 0;
  await eachBatch(
    images,
    model.pixels,
    async (x, _, onProgress) => {
      const perception = await model.perceive(x, { onProgress });
      const squared = tf.tidy(() => tf.sum(tf.squaredDifference(x, perception.predicted)));
      perception.dispose();
      sum += (await squared.data())[0]!;
      squared.dispose();
    },
    options,
  );
  return sum / (images.count * model.pixels);
}
