import * as tf from '@tensorflow/tfjs-core';

import { NgcError } from '../../shared/errors.ts';
import { deriveSeed } from '../../shared/rng.ts';
import { activeShare, logLikelihood } from '../likelihood.ts';
import type { CodingModel, GenerativeModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/** BCE, sparsity and total discrepancy over a set of images (the paper's reconstruction measures). */
export interface Reconstruction {
  /** −log p(x | mu_0), nats an image. */
  readonly bce: number;
  /** Share of active neurons of each hidden layer. */
  readonly sparsity: readonly number[];
  /** Total discrepancy ψ, nats an image (higher is better); NaN for models that have no such measure. */
  readonly discrepancy: number;
}

/** Has every image looked at whole and measures how well it is reconstructed. */
export async function measureReconstruction(
  model: GenerativeModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Reconstruction> {
  let sums: number[] = [];
  await eachBatch(
    images,
    model.pixels,
    async (x, _, onProgress) => {
      const perception = await model.perceive(x, { onProgress });
      const { predicted, activity, discrepancy } = perception;
      const facts = tf.tidy(() => {
        const bce = tf.neg(tf.mean(logLikelihood(x, predicted)));
        const psi = discrepancy ? tf.mean(discrepancy) : tf.scalar(NaN);
        return tf.stack([bce, psi, ...activity.map(activeShare)]);
      });
      perception.dispose();
      const means = await facts.data();
      facts.dispose();
      sums = Array.from(means, (mean, i) => (sums[i] ?? 0) + mean * x.shape[0]);
    },
    options,
  );
  const [bce = NaN, discrepancy = NaN, ...sparsity] = sums.map((sum) => sum / images.count);
  return { bce, discrepancy, sparsity };
}

/**
 * BCE of codes that are drawn, one an image, as a model with a density of codes learns: nats an image. Throws a usage error where
 * its code is one point.
 *
 * @param seed of the draws
 */
export async function measureSampledReconstruction(
  model: GenerativeModel,
  images: Images,
  seed: number,
  options: Work & { batch?: number } = {},
): Promise<number> {
  const { drawCodes } = model;
  if (!drawCodes)
    throw new NgcError('usage', `The code of a ${model.title} is one point: nothing can be drawn.`);
  let sum = 0;
  await eachBatch(
    images,
    model.pixels,
    async (x, from, onProgress) => {
      const bce = tf.tidy(() => {
        const predicted = model.decode(drawCodes(x, deriveSeed(seed, from)));
        return tf.neg(tf.sum(logLikelihood(x, predicted)));
      });
      const [value = NaN] = await bce.data();
      bce.dispose();
      sum += value;
      await onProgress(1);
    },
    options,
  );
  return sum / images.count;
}

/** The share of active neurons of each hidden layer, for models that need not reconstruct. */
export async function measureSparsity(
  model: CodingModel,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<readonly number[]> {
  let sums: number[] = [];
  await eachBatch(
    images,
    model.pixels,
    async (x, _, onProgress) => {
      const code = await model.perceive(x, { onProgress });
      const shares = tf.tidy(() => tf.stack(code.activity.map(activeShare)));
      code.dispose();
      const values = await shares.data();
      shares.dispose();
      sums = Array.from(values, (share, i) => (sums[i] ?? 0) + share * x.shape[0]);
    },
    options,
  );
  return sums.map((sum) => sum / images.count);
}
