/**
 * Principal components of codes: the directions in which they vary most.
 *
 *   C = Σ_n (φ_n − m)ᵀ(φ_n − m) / N      C·a_i = λ_i·a_i,  λ_1 ≥ λ_2 ≥ …      place of φ: (φ − m)·a_i
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';

/** Rows added up before others may work. */
const ROWS = 200;

export interface PrincipalAxes {
  /** m [D]. */
  readonly mean: Float32Array;
  /** a_1 … a_k [k, D], of length 1, the one of most variance first; the largest entry of each is positive, so that maps do not flip. */
  readonly axes: Float32Array;
  /** λ_i / Σ λ [k]: the share of all variance along each axis; 0 where codes do not vary. */
  readonly shares: readonly number[];
}

/**
 * The first principal axes of codes, in float64.
 *
 * @param codes φ [N, D], N ≥ 1
 * @param count k ≤ D
 * @param pause awaited between pieces of work
 * @throws NgcError 'data' where a number is not finite
 */
export async function principalAxes(
  { shape, data }: FloatArray,
  count: number,
  pause: () => Promise<void>,
): Promise<PrincipalAxes> {
  const [N, D] = shape as [number, number];
  const sum = new Float64Array(D);
  const products = new Float64Array(D * D);
  for (let n = 0; n < N; n++) {
    if (n % ROWS === 0) await pause();
    for (let i = 0; i < D; i++) {
      const value = data[n * D + i]!;
      if (value === 0) continue; // few neurons are active
      sum[i]! += value;
      for (let j = 0; j <= i; j++) products[i * D + j]! += value * data[n * D + j]!;
    }
  }
  const mean = sum.map((total) => total / N);
  const covariance = new Matrix(D, D);
  for (let i = 0; i < D; i++)
    for (let j = 0; j <= i; j++) {
      const value = products[i * D + j]! / N - mean[i]! * mean[j]!;
      if (!Number.isFinite(value))
        throw new NgcError('data', 'There is no map of these codes: some numbers are not finite.');
      covariance.set(i, j, value);
      covariance.set(j, i, value);
    }
  await pause();
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!); // prettier-ignore
  const variances = realEigenvalues.map((value) => Math.max(0, value));
  const total = variances.reduce((all, value) => all + value, 0);
  const axes = new Float32Array(count * D);
  for (let k = 0; k < count; k++) {
    const axis = eigenvectorMatrix.getColumn(order[k]!);
    const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0); // prettier-ignore
    axes.set(largest < 0 ? axis.map((value) => -value) : axis, k * D);
  }
  const shares = order.slice(0, count).map((i) => (total > 0 ? variances[i]! / total : 0));
  return { mean: Float32Array.from(mean), axes, shares };
}
