import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

import { cholesky, inverseFromCholesky, logDetFromCholesky } from '../../engine/linalg/cholesky.ts';
import type { FloatArray } from '../../shared/arrays.ts';

/*
 * Covariances Σ_l: whole matrices [n, n], or variances [n]. In float64, as an inverse wants it.
 */

/** Σ⁻¹, of the same shape, and log|Σ|. */
export interface Inverse {
  readonly precision: FloatArray;
  readonly logDeterminant: number;
}

/** How far Σ_ij and Σ_ji may lie apart, as a share of the largest entry: what float32 rounds. */
const ASYMMETRY = 1e-5;

function isSymmetric(data: ArrayLike<number>, n: number): boolean {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(data[i * (n + 1)]!));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++)
      if (!(Math.abs(data[i * n + j]! - data[j * n + i]!) <= ASYMMETRY * most)) return false;
  return true;
}

/** The inverse of a covariance; null where it is not symmetric and positive definite. */
export function inverseOf({ data, shape }: FloatArray): Inverse | null {
  const [n = 0] = shape;
  if (shape.length === 1) {
    if (!data.every((variance) => variance > 0 && variance < Infinity)) return null;
    const logDeterminant = data.reduce((sum, variance) => sum + Math.log(variance), 0);
    return { precision: { shape, data: data.map((variance) => 1 / variance) }, logDeterminant };
  }
  const factor = isSymmetric(data, n) ? cholesky(Float64Array.from(data), n) : null;
  if (!factor) return null;
  const precision = { shape, data: Float32Array.from(inverseFromCholesky(factor, n)) };
  return { precision, logDeterminant: logDetFromCholesky(factor, n) };
}

/** The covariance, made symmetric, with variances (of a matrix: eigenvalues) under the floor lifted to it. */
export function lifted({ data, shape }: FloatArray, floor: number): FloatArray {
  const [n = 0] = shape;
  if (shape.length === 1) return { shape, data: data.map((value) => Math.max(value, floor)) };
  const symmetric = Float64Array.from(data, (value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (value + data[j * n + i]!) / 2;
  });
  const above = symmetric.map((value, at) => value - (at % (n + 1) === 0 ? floor : 0));
  if (cholesky(above, n)) return { shape, data: Float32Array.from(symmetric) };
  const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(
    Matrix.from1DArray(n, n, symmetric),
    { assumeSymmetric: true },
  );
  const values = Matrix.diag(realEigenvalues.map((value) => Math.max(value, floor)));
  return { shape, data: Float32Array.from(V.mmul(values).mmul(V.transpose()).to1DArray()) };
}
