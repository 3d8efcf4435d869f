import * as tf from '@tensorflow/tfjs-core';
import { cholesky, inverseLowerTransposed, logDetFromCholesky } from '../linalg/cholesky.ts';
import type { Mixture } from './mixture.ts';
import { factorCovariance, unpackCholesky } from './mixture.ts';

/** Multiply-adds in one piece of work: some ten milliseconds on one core with WebAssembly. */
const PIECE = 150e6;

/**
 * Rows of `[N, D]` data that one piece of work takes through a `[D, D]` product. It depends on
 * nothing else, so that sums are added up in the same order on every run.
 */
export function rowsPerPiece(size: number): number {
  return Math.min(4096, Math.max(16, Math.floor(PIECE / (size * size))));
}

/**
 * A Gaussian over all neurons, or over some (the marginal of a mixture's component):
 * ‖(x − μ)·R⁻ᵀ‖² on the TensorFlow.js backend.
 */
interface Distance {
  /** Which neurons, `[m]`; null for all. */
  readonly neurons: tf.Tensor1D | null;
  /** μ `[1, m]`. */
  readonly mean: tf.Tensor2D;
  /** R⁻ᵀ `[m, m]`, or for a diagonal covariance 1/s `[1, m]`. */
  readonly whitener: tf.Tensor2D;
}

/** One component of a mixture, ready to be evaluated. Owns its tensors until `disposeGaussian`. */
export interface Gaussian {
  /** log w_k − ½ D log 2π − log|R_k|. */
  readonly constant: number;
  readonly whole: Distance;
  /**
   * The marginal over the quarter of the neurons that vary least. No marginal distance exceeds the
   * whole one, and neurons that are silent in a cluster tell most points that they are not of it,
   * so that this rules out most components for a sixteenth of the work.
   */
  readonly part: Distance;
}

/** The `count` indices of the smallest `values`, in the order of the indices. */
function smallest(values: ArrayLike<number>, count: number): number[] {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  return order.slice(0, count).sort((a, b) => a - b);
}

/**
 * Rows `neurons` of R times their transpose: Σ of these neurons, `[m, m]` (the lower triangle). The
 * diagonal is raised by a billionth, which makes sure of a factorisation and distances no longer.
 */
function marginalCovariance(r: Float64Array, size: number, neurons: number[]): Float64Array {
  const m = neurons.length;
  const covariance = new Float64Array(m * m);
  neurons.forEach((p, a) => {
    for (let b = 0; b <= a; b++) {
      const q = neurons[b]!; // q ≤ p: R's row q ends at its diagonal
      let sum = 0;
      for (let j = 0; j <= q; j++) sum += r[p * size + j]! * r[q * size + j]!;
      covariance[a * m + b] = a === b ? sum * (1 + 1e-9) : sum;
    }
  });
  return covariance;
}

function distance(
  mean: Float32Array,
  whitener: Float32Array | Float64Array,
  neurons: number[] | null,
): Distance {
  const m = mean.length;
  return {
    neurons: neurons && tf.tensor1d(neurons, 'int32'),
    mean: tf.tensor2d(mean, [1, m]),
    whitener: tf.tensor2d(Float32Array.from(whitener), [whitener.length / m, m]),
  };
}

/** Component k of a mixture as tensors; the factorisations are float64. */
export function createGaussian(mixture: Mixture, k: number): Gaussian {
  const { size, weights, means } = mixture;
  const some = Math.ceil(size / 4);
  const mean = means.slice(k * size, (k + 1) * size);
  const at = (neurons: number[]) => Float32Array.from(neurons, (j) => mean[j]!);
  const constant = (logDet: number) =>
    Math.log(weights[k]!) - (size * Math.log(2 * Math.PI) + logDet) / 2;

  if (mixture.kind === 'diagonal') {
    const s = mixture.deviations.subarray(k * size, (k + 1) * size);
    const neurons = smallest(s, some);
    return {
      constant: constant(2 * s.reduce((sum, value) => sum + Math.log(value), 0)),
      whole: distance(
        mean,
        s.map((value) => 1 / value),
        null,
      ),
      part: distance(
        at(neurons),
        Float32Array.from(neurons, (j) => 1 / s[j]!),
        neurons,
      ),
    };
  }

  // A factor covariance is at least diag(s²), s > 0, so its factorisation cannot fail.
  const r =
    mixture.kind === 'full'
      ? unpackCholesky(mixture, k)
      : cholesky(factorCovariance(mixture, k), size)!;
  const variances = Array.from(mean, (_, i) =>
    r.subarray(i * size, i * size + i + 1).reduce((sum, value) => sum + value * value, 0),
  );
  const neurons = smallest(variances, some);
  const rPart = cholesky(marginalCovariance(r, size, neurons), some)!;
  return {
    constant: constant(logDetFromCholesky(r, size)),
    whole: distance(mean, inverseLowerTransposed(r, size), null),
    part: distance(at(neurons), inverseLowerTransposed(rPart, some), neurons),
  };
}

export function disposeGaussian({ whole, part }: Gaussian): void {
  for (const { neurons, mean, whitener } of [whole, part]) {
    neurons?.dispose();
    tf.dispose([mean, whitener]);
  }
}

/**
 * ‖(x − μ)·R⁻ᵀ‖² of rows of x, `[rows]`.
 * @param x `[n, D]`.
 * @param rows which rows; null for all.
 */
export function squaredDistances(
  x: tf.Tensor2D,
  { neurons, mean, whitener }: Distance,
  rows: number[] | null,
): tf.Tensor1D {
  return tf.tidy(() => {
    let chosen = rows ? tf.gather(x, tf.tensor1d(rows, 'int32')) : x;
    if (neurons) chosen = tf.gather(chosen, neurons, 1);
    const difference = tf.sub(chosen, mean);
    const whitened =
      whitener.shape[0] === 1 ? tf.mul(difference, whitener) : tf.matMul(difference, whitener);
    return tf.sum(tf.square(whitened), 1);
  });
}
