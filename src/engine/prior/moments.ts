import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../shared/arrays.ts';
import { rowsPerPiece } from './gaussian.ts';

/** The points that a component answers for: their indices, and its responsibility for each. */
export interface Share {
  readonly points: number[];
  readonly responsibilities: number[];
}

/** N_k = Σ_n r_n: how many points a share amounts to. */
export function massOf({ responsibilities }: Share): number {
  return responsibilities.reduce((sum, r) => sum + r, 0);
}

/** μ = Σ_n r_n·x_n / N_k, `[D]`, summed in float64. */
export function shareMean({ shape, data }: FloatArray, share: Share): Float32Array {
  const size = shape[1]!;
  const mass = massOf(share);
  const mean = new Float64Array(size);
  share.points.forEach((n, i) => {
    const weight = share.responsibilities[i]! / mass;
    for (let j = 0; j < size; j++) mean[j]! += weight * data[n * size + j]!;
  });
  return Float32Array.from(mean);
}

/** Σ_n r_n·(x_n − μ)² / N_k, `[D]`, summed in float64. */
export function shareVariances(
  { shape, data }: FloatArray,
  share: Share,
  mean: Float32Array,
): Float64Array {
  const size = shape[1]!;
  const mass = massOf(share);
  const variances = new Float64Array(size);
  share.points.forEach((n, i) => {
    const weight = share.responsibilities[i]! / mass;
    for (let j = 0; j < size; j++) variances[j]! += weight * (data[n * size + j]! - mean[j]!) ** 2;
  });
  return variances;
}

/**
 * S = Σ_n r_n·(x_n − μ)ᵀ·(x_n − μ) / N_k, `[D, D]`: products of centred, weighted rows
 * y_n = √(r_n / N_k)·(x_n − μ) in float32, Yᵀ·Y, their sum over pieces in float64.
 */
export async function shareCovariance(
  { shape, data }: FloatArray,
  share: Share,
  mean: Float32Array,
  pace: () => Promise<void>,
): Promise<Float64Array> {
  const size = shape[1]!;
  const mass = massOf(share);
  const covariance = new Float64Array(size * size);
  const rows = rowsPerPiece(size);
  for (let start = 0; start < share.points.length; start += rows) {
    const piece = share.points.slice(start, start + rows);
    const y = new Float32Array(piece.length * size);
    piece.forEach((n, i) => {
      const scale = Math.sqrt(share.responsibilities[start + i]! / mass);
      for (let j = 0; j < size; j++) y[i * size + j] = scale * (data[n * size + j]! - mean[j]!);
    });
    const product = tf.tidy(() => {
      const Y = tf.tensor2d(y, [piece.length, size]);
      return tf.matMul(tf.transpose(Y), Y); // not transposeA: that is slow with WebAssembly
    });
    const values = await product.data();
    product.dispose();
    for (let i = 0; i < covariance.length; i++) covariance[i]! += values[i]!;
    await pace();
  }
  return covariance;
}
