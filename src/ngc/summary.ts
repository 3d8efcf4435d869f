import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { activeShare, logLikelihood } from '../engine/likelihood.ts';
import { NgcError } from '../shared/errors.ts';
import type { Activity } from './activity.ts';
import type { Model } from './model.ts';
import type { Summary } from './settling.ts';

/** What one settled batch says, averaged over its images. */
export interface BatchMeasures {
  /** −log p(x | mu_0), nats an image. */
  readonly bce: number;
  /** ρ_1 … ρ_L: share of neurons with φ(z_l) > 1e-6. */
  readonly sparsity: number[];
  /** False when any state or error is NaN or infinite (activations such as relu can hide it from the pixels). */
  readonly finite: boolean;
}

/** BCE and sparsity of a settled batch. One readback. */
export async function measureBatch(x: Tensor2D, activity: Activity): Promise<BatchMeasures> {
  const packed = tf.tidy(() => {
    const bce = tf.neg(tf.mean(logLikelihood(x, activity.mu[0]!)));
    const shares = activity.phiZ.slice(1).map(activeShare);
    const magnitude = tf.addN([...activity.z, ...activity.e].map((t) => tf.sum(tf.square(t))));
    return tf.stack([bce, magnitude, ...shares]);
  });
  const [bce = NaN, magnitude = NaN, ...sparsity] = await packed.data();
  packed.dispose();
  return { bce, sparsity, finite: Number.isFinite(bce) && Number.isFinite(magnitude) };
}

/** The error of a batch whose numbers are no longer finite: its synapses have not learnt from it. */
export function diverged(model: Model): NgcError {
  const { learningRate, beta } = model.config;
  return new NgcError(
    'diverged',
    `Training diverged after ${model.imagesSeen} images: the states of the next batch are no longer finite. What was learnt before is as it was; lower the learning rate (now ${learningRate}) or the step size (now ${beta}), or rewind.`,
  );
}

/** Summarises settled images, and says whether their numbers are finite. */
export async function observe(
  model: Model,
  activity: Activity,
): Promise<Summary & { readonly finite: boolean }> {
  const measures = await measureBatch(activity.z[0]!, activity);
  const means = activity.phiZ.slice(1).map((phi) => tf.tidy(() => tf.mean(phi, 0)));
  const meanActivity = await Promise.all(
    means.map(async (mean) => new Float32Array(await mean.data())),
  );
  tf.dispose(means);
  const topActivity = new Float32Array(await activity.phiZ[model.layers]!.data());
  return { ...measures, meanActivity, topActivity };
}

/** Summarises a settled batch before it is learnt from. Throws a "diverged" error where numbers are not finite. */
export async function summarise(model: Model, activity: Activity): Promise<Summary> {
  const { finite, ...summary } = await observe(model, activity);
  if (!finite) throw diverged(model);
  return summary;
}

/** The summary of a batch from those of its parts, in order; each counts by its number of images. */
export function joinSummaries(
  parts: readonly { readonly rows: number; readonly summary: Summary }[],
): Summary {
  const total = parts.reduce((sum, { rows }) => sum + rows, 0);
  const average = (value: (summary: Summary) => number) =>
    parts.reduce((sum, { rows, summary }) => sum + value(summary) * (rows / total), 0);
  const [{ summary: first }] = parts as [(typeof parts)[number]];
  const tops = parts.map(({ summary }) => summary.topActivity);
  const topActivity = new Float32Array(tops.reduce((sum, top) => sum + top.length, 0));
  let offset = 0;
  for (const top of tops) {
    topActivity.set(top, offset);
    offset += top.length;
  }
  return {
    bce: average(({ bce }) => bce),
    sparsity: first.sparsity.map((_, i) => average(({ sparsity }) => sparsity[i]!)),
    meanActivity: first.meanActivity.map((layer, i) =>
      layer.map((_, j) => average(({ meanActivity }) => meanActivity[i]![j]!)),
    ),
    topActivity,
  };
}
