import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../shared/arrays.ts';
import { cholesky, inverseLowerTransposed, logDetFromCholesky } from '../linalg/cholesky.ts';
import type { Mixture } from './mixture.ts';
import { factorCovariance, unpackCholesky } from './mixture.ts';

/** Multiply-adds in one piece of work: some ten milliseconds on one core with WebAssembly. */
const PIECE = 75e6;

/**
 * Rows of `[N, D]` data that one piece of work takes through a `[D, D]` product. It depends on
 * nothing else, so that sums are added up in the same order on every run.
 */
export function rowsPerPiece(size: number): number {
  return Math.min(4096, Math.max(16, Math.floor(PIECE / (size * size))));
}

/**
 * A Gaussian over all neurons, or over some (the marginal of a mixture's component): ‖(x − μ)·R⁻ᵀ‖², on the TensorFlow.js backend, or
 * for a diagonal covariance, which needs no product, Σ_j ((x_j − μ_j)/s_j)² here.
 */
interface Distance {
  /** Which neurons, `[m]`, ascending. */
  readonly neurons: Int32Array;
  /** μ `[m]`. */
  readonly mean: Float32Array;
  /** R⁻ᵀ `[m, m]`, or 1/s `[m]`. */
  readonly whitener: tf.Tensor2D | Float32Array;
}

/** One component of a mixture, ready to be evaluated. Owns its tensors until `disposeGaussian`. */
export interface Gaussian {
  /** log w_k − ½ D log 2π − log|R_k|. */
  readonly constant: number;
  readonly whole: Distance;
  /**
   * The marginal over the third of the neurons that vary least. No marginal distance exceeds the
   * whole one, and neurons that are silent in a cluster tell most points that they are not of it,
   * so that this rules out many components for a ninth of the work.
   */
  readonly part: Distance;
}

/** The `count` indices of the smallest `values`, in the order of the indices. */
function smallest(values: ArrayLike<number>, count: number): Int32Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  return Int32Array.from(order.slice(0, count)).sort();
}

/**
 * Rows `neurons` of R times their transpose: Σ of these neurons, `[m, m]` (the lower triangle). The
 * diagonal is raised by a billionth, which makes sure of a factorisation and distances no longer.
 */
function marginalCovariance(r: Float64Array, size: number, neurons: Int32Array): Float64Array {
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

const chosen = (values: Float32Array, neurons: Int32Array) =>
  Float32Array.from(neurons, (j) => values[j]!);

function distance(neurons: Int32Array, mean: Float32Array, whitener: Float64Array): Distance {
  const m = neurons.length;
  return {
    neurons,
    mean: chosen(mean, neurons),
    whitener: tf.tensor2d(new Float32Array(whitener), [m, m]),
  };
}

/** Component k of a mixture as tensors; the factorisations are float64. */
export function createGaussian(mixture: Mixture, k: number): Gaussian {
  const { size, weights, means } = mixture;
  const some = Math.ceil(size / 3);
  const mean = means.slice(k * size, (k + 1) * size);
  const all = Int32Array.from({ length: size }, (_, j) => j);
  const constant = (logDet: number) =>
    Math.log(weights[k]!) - (size * Math.log(2 * Math.PI) + logDet) / 2;

  if (mixture.kind === 'diagonal') {
    const s = mixture.deviations.subarray(k * size, (k + 1) * size);
    const inverse = s.map((value) => 1 / value);
    const neurons = smallest(s, some);
    return {
      constant: constant(2 * s.reduce((sum, value) => sum + Math.log(value), 0)),
      whole: { neurons: all, mean, whitener: inverse },
      part: { neurons, mean: chosen(mean, neurons), whitener: chosen(inverse, neurons) },
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
    whole: distance(all, mean, inverseLowerTransposed(r, size)),
    part: distance(neurons, mean, inverseLowerTransposed(rPart, some)),
  };
}

export function disposeGaussian({ whole, part }: Gaussian): void {
  for (const { whitener } of [whole, part])
    if (!(whitener instanceof Float32Array)) whitener.dispose();
}

/**
 * The squared distances of some points, `[rows]`, as a tensor that the caller disposes where there is a product to make. Rows and
 * neurons are picked here rather than by tf.gather, which copies number by number with WebAssembly and took longer than the product.
 * @param points `[N, D]`.
 * @param rows which points.
 */
export function squaredDistances(
  { shape, data }: FloatArray,
  { neurons, mean, whitener }: Distance,
  rows: ArrayLike<number>,
): tf.Tensor1D | Float32Array {
  const size = shape[1]!;
  const m = neurons.length;
  if (whitener instanceof Float32Array) {
    const distances = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]! * size;
      let sum = 0;
      for (let j = 0; j < m; j++) {
        const whitened = (data[row + neurons[j]!]! - mean[j]!) * whitener[j]!;
        sum += whitened * whitened;
      }
      distances[i] = sum;
    }
    return distances;
  }
  const difference = new Float32Array(rows.length * m);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]! * size;
    for (let j = 0; j < m; j++) difference[i * m + j] = data[row + neurons[j]!]! - mean[j]!;
  }
  return tf.tidy(() => {
    const d = tf.tensor2d(difference, [rows.length, m]);
    return tf.sum(tf.square(tf.matMul(d, whitener)), 1);
  });
}
