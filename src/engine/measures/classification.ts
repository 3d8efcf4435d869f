import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import { minimise } from '../lbfgs.ts';
import type { ClassifyingModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/*
 * Err: how well a log-linear (softmax) classifier reads the class from the top layer's activity.
 *
 *   p(c | φ) = softmax(φ̃·Θ)_c,  φ̃ = [(φ − mean) / deviation, 1]
 *   minimised: −1/N Σ_n log p(c_n | φ_n) + ½ λ ‖Θ without its last row‖²
 *
 * The loss is convex, so the answer does not depend on a seed: L-BFGS from zero, to the end. Scores and gradients are products on
 * the backend in float32, the softmax and the loss are summed in float64.
 */

/** A fitted classifier. It owns its tensors. */
export interface Classifier {
  /** Θ [D + 1, C]; its last row is the bias. */
  readonly theta: Tensor2D;
  /** Mean of each neuron over the training set, and one over its deviation (1 where it never changes), [1, D]. */
  readonly mean: Tensor2D;
  readonly scale: Tensor2D;
  /** Iterations made, and the largest entry of the gradient where they stopped. */
  readonly iterations: number;
  readonly gradient: number;
  dispose(): void;
}

export interface FitClassifierOptions extends Work {
  /** λ (default 1e-4). */
  readonly decay?: number;
  /** The most iterations (default 2,000). */
  readonly iterations?: number;
  /** Stops when no entry of the gradient is larger (default 1e-5, nats an image: on real codes Err is then within 0.02 % of its end). */
  readonly tolerance?: number;
}

/** Variance under which a neuron counts as silent and is not scaled up. */
const SILENT = 1e-12;

/** φ̃ [N, D + 1]. */
function design(latents: Tensor2D, { mean, scale }: Pick<Classifier, 'mean' | 'scale'>): Tensor2D {
  return tf.tidy(() => {
    const standard: Tensor2D = tf.mul(tf.sub(latents, mean), scale);
    return tf.concat([standard, tf.ones<tf.Rank.R2>([latents.shape[0], 1])], 1);
  });
}

/**
 * The mean of −log p(c_n | scores_n) over points, and its slope p(c | scores_n) − [c = c_n], a point each [N, C].
 * @param scores [N, C].
 */
function crossEntropy(scores: ArrayLike<number>, labels: ArrayLike<number>, classes: number) {
  const miss = new Float32Array(scores.length);
  let sum = 0;
  for (let n = 0; n < labels.length; n++) {
    const row = n * classes;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) most = Math.max(most, scores[row + c]!);
    let total = 0;
    for (let c = 0; c < classes; c++) total += Math.exp(scores[row + c]! - most);
    for (let c = 0; c < classes; c++) miss[row + c] = Math.exp(scores[row + c]! - most) / total;
    miss[row + labels[n]!]! -= 1;
    sum += most + Math.log(total) - scores[row + labels[n]!]!;
  }
  return { loss: sum / labels.length, miss };
}

/**
 * Fits the classifier to activities φ(z_L) [N, D] and their classes (0 … `classes` − 1).
 * Deterministic: the same numbers on the same backend give the same classifier.
 */
export async function fitClassifier(
  latents: FloatArray,
  labels: ArrayLike<number>,
  classes: number,
  options: FitClassifierOptions = {},
): Promise<Classifier> {
  const { decay = 1e-4, iterations = 2000, tolerance = 1e-5, onProgress } = options;
  const [count, width] = latents.shape as [number, number];
  const [mean, scale, X, Xt] = tf.tidy(() => {
    const raw = tf.tensor2d(latents.data, [count, width]);
    const { mean: center, variance } = tf.moments(raw, 0, true);
    const deviation = tf.sqrt(tf.where(tf.greater(variance, SILENT), variance, 1));
    const standard = { mean: center as Tensor2D, scale: tf.reciprocal(deviation) as Tensor2D };
    const x = design(raw, standard);
    return [standard.mean, standard.scale, x, tf.transpose(x)] as const;
  });
  const tensorOf = (theta: Float64Array): Tensor2D =>
    tf.tensor2d(Float32Array.from(theta), [width + 1, classes]);
  const decayOf = (i: number) => (i < width * classes ? decay : 0);
  const slopeAt = async (theta: Float64Array) => {
    const scores = tf.tidy(() => tf.matMul(X, tensorOf(theta)));
    const { loss, miss } = crossEntropy(await scores.data(), labels, classes);
    scores.dispose();
    const slope = tf.tidy(() => tf.matMul(Xt, tf.tensor2d(miss, [count, classes])));
    const sums = await slope.data();
    slope.dispose();
    return {
      value: theta.reduce((sum, value, i) => sum + (decayOf(i) * value ** 2) / 2, loss),
      gradient: theta.map((value, i) => sums[i]! / count + decayOf(i) * value),
    };
  };
  const onIteration = (done: number) => onProgress?.(done / iterations);
  try {
    const start = new Float64Array((width + 1) * classes);
    const found = await minimise(slopeAt, start, { iterations, tolerance, onIteration });
    const theta = tensorOf(found.point);
    const dispose = () => tf.dispose([theta, mean, scale]);
    return { theta, mean, scale, iterations: found.iterations, gradient: found.gradient, dispose };
  } catch (error) {
    tf.dispose([mean, scale]);
    throw error;
  } finally {
    tf.dispose([X, Xt]);
  }
}

/** The most probable class of each of the activities [N, D], which stay the caller's: [N]. The caller disposes the result. */
export function classesOf(classifier: Classifier, latents: Tensor2D): Tensor1D {
  return tf.tidy(() => tf.argMax(tf.matMul(design(latents, classifier), classifier.theta), 1));
}

/** Err: percent of the activities φ(z_L) [N, D] whose most probable class is not theirs. */
export async function classificationError(
  classifier: Classifier,
  latents: FloatArray,
  labels: ArrayLike<number>,
): Promise<number> {
  const best = tf.tidy(() =>
    classesOf(classifier, tf.tensor2d(latents.data, latents.shape as [number, number])),
  );
  const found = await best.data();
  best.dispose();
  let wrong = 0;
  found.forEach((c, n) => (wrong += c === labels[n] ? 0 : 1));
  return (100 * wrong) / found.length;
}

/** Err of a model that says classes itself: percent of images whose most probable class is not theirs. */
export async function ownClassificationError(
  model: ClassifyingModel,
  images: Images,
  labels: ArrayLike<number>,
  options: Work & { batch?: number } = {},
): Promise<number> {
  let wrong = 0;
  await eachBatch(
    images,
    model.pixels,
    async (x, from, onProgress) => {
      const best = tf.tidy(() => tf.argMax(model.classify(x), 1));
      const found = await best.data();
      best.dispose();
      found.forEach((c, n) => (wrong += c === labels[from + n] ? 0 : 1));
      await onProgress(1);
    },
    options,
  );
  return (100 * wrong) / images.count;
}
