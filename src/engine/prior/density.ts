/**
 * Log densities of a mixture on the TensorFlow.js backend. With Σ_k = R_k·R_kᵀ and the whitened
 * difference y = (x − μ_k)·R_k⁻ᵀ,
 *
 *   log w_k N(x; μ_k, Σ_k) = log w_k − ½ D log 2π − log|R_k| − ½ ‖y‖²
 *
 * R_k and R_k⁻ᵀ are found in float64, the products are float32.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../shared/arrays.ts';
import { cholesky, inverseLowerTransposed, logDetFromCholesky } from '../linalg/cholesky.ts';
import type { Mixture } from './mixture.ts';
import { factorCovariance, unpackCholesky } from './mixture.ts';
import { createPace } from './pace.ts';

/** Multiply-adds in one piece of work: some ten milliseconds on one core with WebAssembly. */
const PIECE = 150e6;

/** Rows of `[N, D]` data that one piece of work may take through a `[D, D]` product. Fixed, not timed: sums must not depend on the clock. */
export function rowsPerPiece(size: number): number {
  return Math.max(16, Math.floor(PIECE / (size * size)));
}

/** One Gaussian ready to be evaluated. */
interface Gaussian {
  /** log w_k − ½ D log 2π − log|R_k|. */
  readonly constant: number;
  /** μ_k `[1, D]`. */
  readonly mean: tf.Tensor2D;
  /** R_k⁻ᵀ `[D, D]`, or for a diagonal covariance 1/s_k `[1, D]`. */
  readonly whitener: tf.Tensor2D;
}

function prepare(mixture: Mixture, k: number): Gaussian {
  const { size, weights, means } = mixture;
  let logDet: number;
  let whitener: tf.Tensor2D;
  if (mixture.kind === 'diagonal') {
    const s = mixture.deviations.subarray(k * size, (k + 1) * size);
    logDet = 2 * s.reduce((sum, value) => sum + Math.log(value), 0);
    whitener = tf.tensor2d(
      s.map((value) => 1 / value),
      [1, size],
    );
  } else {
    const r =
      mixture.kind === 'full'
        ? unpackCholesky(mixture, k)
        : cholesky(factorCovariance(mixture, k), size)!;
    logDet = logDetFromCholesky(r, size);
    whitener = tf.tensor2d(Float32Array.from(inverseLowerTransposed(r, size)), [size, size]);
  }
  return {
    constant: Math.log(weights[k]!) - (size * Math.log(2 * Math.PI) + logDet) / 2,
    mean: tf.tensor2d(means.subarray(k * size, (k + 1) * size), [1, size]),
    whitener,
  };
}

/** ‖(x − μ)·R⁻ᵀ‖² of every row of x `[n, D]`, `[n]`. */
function squaredDistances(x: tf.Tensor2D, { mean, whitener }: Gaussian): tf.Tensor1D {
  return tf.tidy(() => {
    const difference = tf.sub(x, mean);
    const whitened =
      whitener.shape[0] === 1 ? tf.mul(difference, whitener) : tf.matMul(difference, whitener);
    return tf.sum(tf.square(whitened), 1);
  });
}

/** Takes `joint` [K], the log w_k N(x; μ_k, Σ_k) of point `n`, and their log-sum-exp log p(x). */
type Visit = (n: number, joint: Float64Array, logDensity: number) => void;

/**
 * Evaluates every Gaussian at every point and gives the results to `visit`, point by point.
 * @param points `[N, D]`.
 * @param pace awaited between pieces of work; `fraction` of the whole is done.
 */
export async function visitDensities(
  mixture: Mixture,
  points: FloatArray,
  visit: Visit,
  pace: (fraction: number) => Promise<void>,
): Promise<void> {
  const { components, size } = mixture;
  const count = points.shape[0]!;
  const rows = rowsPerPiece(size);
  const gaussians: Gaussian[] = [];
  const pending: tf.Tensor[] = []; // what has to be disposed of if a pause throws
  try {
    for (let k = 0; k < components; k++) {
      gaussians.push(prepare(mixture, k));
      await pace(0);
    }
    const joint = new Float64Array(components);
    for (let start = 0; start < count; start += rows) {
      const n = Math.min(rows, count - start);
      const x = tf.tensor2d(points.data.subarray(start * size, (start + n) * size), [n, size]);
      pending.push(x);
      for (const [k, gaussian] of gaussians.entries()) {
        pending.push(squaredDistances(x, gaussian));
        await pace((start + (n * k) / components) / count);
      }
      const stacked = tf.stack(pending.slice(1)); // [K, n]
      tf.dispose(pending.splice(0));
      pending.push(stacked);
      const distances = await stacked.data();
      tf.dispose(pending.splice(0));
      for (let i = 0; i < n; i++) {
        for (let k = 0; k < components; k++)
          joint[k] = gaussians[k]!.constant - distances[k * n + i]! / 2;
        visit(start + i, joint, logSumExp(joint));
      }
    }
  } finally {
    tf.dispose(pending);
    for (const { mean, whitener } of gaussians) tf.dispose([mean, whitener]);
  }
}

function logSumExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) if (value > largest) largest = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}

/**
 * log p(x) of every point, nats.
 * @param points `[N, D]`.
 * @returns `[N]`.
 * @throws NgcError 'cancelled' once `signal` is aborted.
 */
export async function logDensity(
  mixture: Mixture,
  points: FloatArray,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const result = new Float64Array(points.shape[0]!);
  const pace = createPace(signal, 'Evaluating the prior');
  await visitDensities(mixture, points, (n, _, value) => (result[n] = value), pace);
  return result;
}
