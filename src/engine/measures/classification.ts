import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import type { ClassifyingModel } from '../model.ts';
import type { Images, Work } from './images.ts';
import { eachBatch } from './images.ts';

/*
 * Err: how well a log-linear (softmax) classifier reads the class from the top layer's activity.
 *
 *   p(c | φ) = softmax(φ̃·Θ)_c,  φ̃ = [(φ − mean) / deviation, 1]
 *   minimised: −1/N Σ_n log p(c_n | φ_n) + ½ λ ‖Θ without its last row‖²
 *
 * The loss is convex, so the answer does not depend on a seed: full-batch accelerated gradient descent (Nesterov 1983,
 * restarted when it overshoots: O'Donoghue & Candès 2015) from zero, with the step 1/Lipschitz that needs no tuning.
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
  /** The most iterations (default 1,000). */
  readonly iterations?: number;
  /** Stops when no entry of the gradient is larger (default 1e-4, nats an image). */
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

/** The largest eigenvalue of XᵀX/N, from below, by power iteration with a fixed start. */
async function largestCurvature(X: Tensor2D, Xt: Tensor2D): Promise<number> {
  const [rows, width] = X.shape;
  const norm = tf.tidy(() => {
    let v: Tensor2D = tf.ones([width, 1]);
    for (let i = 0; i < 30; i++) {
      const next: Tensor2D = tf.matMul(Xt, tf.matMul(X, v));
      v = tf.div(next, tf.norm(next));
    }
    return tf.norm(tf.matMul(X, v));
  });
  const [value = NaN] = await norm.data();
  norm.dispose();
  return value ** 2 / rows;
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
  const { decay = 1e-4, iterations = 1000, tolerance = 1e-4 } = options;
  const [count, width] = latents.shape as [number, number];
  const [mean, scale, X, Xt, wanted, decays] = tf.tidy(() => {
    const raw = tf.tensor2d(latents.data, [count, width]);
    const { mean: center, variance } = tf.moments(raw, 0, true);
    const deviation = tf.sqrt(tf.where(tf.greater(variance, SILENT), variance, 1));
    const standard = { mean: center as Tensor2D, scale: tf.reciprocal(deviation) as Tensor2D };
    const x = design(raw, standard);
    const hot = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), classes);
    const perRow = Float32Array.from({ length: width + 1 }, (_, i) => (i < width ? decay : 0));
    return [
      standard.mean,
      standard.scale,
      x,
      tf.transpose(x),
      tf.cast(hot, 'float32') as Tensor2D,
      tf.tensor2d(perRow, [width + 1, 1]),
    ] as const;
  });
  // The softmax's Hessian is at most ½·XᵀX/N; power iteration may fall a little short of the true value.
  const step = 1 / (0.5 * 1.05 * (await largestCurvature(X, Xt)) + decay);

  let theta: Tensor2D = tf.zeros([width + 1, classes]);
  let ahead: Tensor2D = tf.clone(theta); // where the gradient is taken: theta plus momentum
  let t = 1;
  let done = 0;
  let largest = Infinity;
  while (done < iterations) {
    const momentum = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    const [next, further, report] = tf.tidy(() => {
      const miss = tf.sub(tf.softmax(tf.matMul(X, ahead)), wanted);
      const gradient: Tensor2D = tf.add(tf.div(tf.matMul(Xt, miss), count), tf.mul(ahead, decays));
      const moved: Tensor2D = tf.sub(ahead, tf.mul(gradient, step));
      const travel = tf.sub(moved, theta);
      const beyond: Tensor2D = tf.add(moved, tf.mul(travel, (t - 1) / momentum));
      const facts = tf.stack([tf.max(tf.abs(gradient)), tf.sum(tf.mul(gradient, travel))]);
      return [moved, beyond, facts] as const;
    });
    const [size = NaN, uphill = NaN] = await report.data();
    report.dispose();
    tf.dispose([theta, ahead]);
    theta = next;
    largest = size;
    done++;
    // Momentum that carries uphill is thrown away.
    const restart = uphill > 0;
    ahead = restart ? tf.clone(theta) : further;
    if (restart) further.dispose();
    t = restart ? 1 : momentum;
    if (!(largest > tolerance)) break;
    await options.onProgress?.(done / iterations);
  }
  tf.dispose([ahead, X, Xt, wanted, decays]);
  return {
    theta,
    mean,
    scale,
    iterations: done,
    gradient: largest,
    dispose: () => tf.dispose([theta, mean, scale]),
  };
}

/** Err: percent of the activities φ(z_L) [N, D] whose most probable class is not theirs. */
export async function classificationError(
  classifier: Classifier,
  latents: FloatArray,
  labels: ArrayLike<number>,
): Promise<number> {
  const best = tf.tidy(() => {
    const raw = tf.tensor2d(latents.data, latents.shape as [number, number]);
    return tf.argMax(tf.matMul(design(raw, classifier), classifier.theta), 1);
  });
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
