/**
 * Dense symmetric positive definite algebra in float64: row-major n×n matrices in flat arrays.
 *
 *   A = R·Rᵀ        R lower triangular, its diagonal positive
 *   A⁻¹ = R⁻ᵀ·R⁻¹   log|A| = 2 Σ_i log R_ii
 *
 * Every inner loop is a dot product of two contiguous runs of rows, so that a 360×360 matrix stays
 * in the cache and takes about ten milliseconds.
 */

/** Σ_k a[i + k]·b[j + k] for k < length, in four independent sums that the processor can overlap. */
function dot(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[i + k]! * b[j + k]!;
    s1 += a[i + k + 1]! * b[j + k + 1]!;
    s2 += a[i + k + 2]! * b[j + k + 2]!;
    s3 += a[i + k + 3]! * b[j + k + 3]!;
  }
  for (; k < length; k++) s0 += a[i + k]! * b[j + k]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * The Cholesky factor of a symmetric matrix.
 * @param a `[n, n]`; only the lower triangle is read, and `a` is left as it is.
 * @returns R `[n, n]` with a = R·Rᵀ and zeros above the diagonal; null when `a` is not positive
 *   definite, holds a NaN or infinity, or a pivot is lost in rounding (at most n·ε of its diagonal entry).
 */
export function cholesky(a: Float64Array, n: number): Float64Array | null {
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++)
      r[row + j] = (a[row + j]! - dot(r, row, r, j * n, j)) / r[j * n + j]!;
    const diagonal = a[row + i]!;
    const pivot = diagonal - dot(r, row, r, row, i);
    // Written so that NaN fails too.
    if (!(pivot > n * Number.EPSILON * diagonal && pivot < Infinity)) return null;
    r[row + i] = Math.sqrt(pivot);
  }
  return r;
}

/** log|A| of A = R·Rᵀ, from its factor `r` `[n, n]`. */
export function logDetFromCholesky(r: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(r[i * n + i]!);
  return 2 * sum;
}

/**
 * R⁻ᵀ (upper triangular, zeros below) of a lower triangular `r` `[n, n]`: row j holds column j of
 * R⁻¹, found by forward substitution.
 */
export function inverseLowerTransposed(r: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const row = j * n;
    inverse[row + j] = 1 / r[row + j]!;
    for (let i = j + 1; i < n; i++)
      inverse[row + i] = -dot(r, i * n + j, inverse, row + j, i - j) / r[i * n + i]!;
  }
  return inverse;
}

/** A⁻¹ `[n, n]`, exactly symmetric, of A = R·Rᵀ from its factor `r` `[n, n]`. */
export function inverseFromCholesky(r: Float64Array, n: number): Float64Array {
  const upper = inverseLowerTransposed(r, n);
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(upper, i * n + i, upper, j * n + i, n - i);
      inverse[i * n + j] = value;
      inverse[j * n + i] = value;
    }
  return inverse;
}

/**
 * The inverse of a symmetric positive definite matrix through its Cholesky factor.
 * @param a `[n, n]`; only the lower triangle is read.
 * @returns A⁻¹ `[n, n]`, exactly symmetric; null when `cholesky` fails.
 */
export function inverseSPD(a: Float64Array, n: number): Float64Array | null {
  const r = cholesky(a, n);
  return r && inverseFromCholesky(r, n);
}
