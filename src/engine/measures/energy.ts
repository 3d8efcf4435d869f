import * as tf from '@tensorflow/tfjs-core';

import type { ClassifyingModel, EnergyModel, GenerativeModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch, ofEveryImage } from './images.ts';

/** F of every image after settling, nats, in the order of the images. */
export const surprisesOf = (
  model: EnergyModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> =>
  ofEveryImage(images, model.pixels, async (x) => taken(await model.surprises(x)), options);

/** How little sure a model is of the class that it says, −max softmax, in the order of the images: the usual score of strangeness. */
export const doubtsOf = (
  model: ClassifyingModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Float32Array> =>
  ofEveryImage(
    images,
    model.pixels,
    (x) => {
      const odds = model.classify(x);
      const doubts = tf.tidy(() => tf.neg(tf.max(tf.softmax(odds), 1)));
      odds.dispose();
      return taken(doubts);
    },
    options,
  );

/** The numbers of a tensor, which is freed. */
async function taken(tensor: tf.Tensor): Promise<ArrayLike<number>> {
  try {
    return await tensor.data();
  } finally {
    tensor.dispose();
  }
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
