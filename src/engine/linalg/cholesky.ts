/**
 * Dense symmetric positive definite algebra in float64: row-major n×n matrices in flat arrays.
 *
 *   A = R·Rᵀ        R lower triangular, its diagonal positive
 *   A⁻¹ = R⁻ᵀ·R⁻¹   log|A| = 2 Σ_i log R_ii
 *
 * Rows go in pairs: every inner loop takes contiguous runs of two rows times runs of two others, so that each number that is read
 * is used twice. A 360×360 matrix stays in the cache and takes about five milliseconds. One of an odd size gets a last row and a last
 * column of the identity meanwhile.
 */

/** What `dots` found: of the first row with either other, then of the second. */
const found = new Float64Array(4);

/** Σ_k a[i + k]·b[j + k], k < length, of the rows at i and i + n of a, and at j and j + n of b: all four, into `found`. */
function dots(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  n: number,
  length: number,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < length; k++) {
    const x = a[i + k]!;
    const y = a[i + n + k]!;
    const u = b[j + k]!;
    const v = b[j + n + k]!;
    s0 += x * u;
    s1 += x * v;
    s2 += y * u;
    s3 += y * v;
  }
  found[0] = s0;
  found[1] = s1;
  found[2] = s2;
  found[3] = s3;
}

const evenFrom = (n: number) => n + (n % 2);

/** A matrix whose size is even: itself, or with a last row and column of the identity. */
function evened(matrix: Float64Array, n: number): Float64Array {
  const size = evenFrom(n);
  if (size === n) return matrix;
  const larger = new Float64Array(size * size);
  for (let i = 0; i < n; i++) larger.set(matrix.subarray(i * n, (i + 1) * n), i * size);
  larger[size * size - 1] = 1;
  return larger;
}

/** The first n rows and columns of a matrix that `evened` has enlarged. */
function cut(matrix: Float64Array, n: number): Float64Array {
  const size = evenFrom(n);
  if (size === n) return matrix;
  const smaller = new Float64Array(n * n);
  for (let i = 0; i < n; i++) smaller.set(matrix.subarray(i * size, i * size + n), i * n);
  return smaller;
}

/** The root of a pivot; NaN where it is not positive, no number, or lost in rounding. */
function rootOf(diagonal: number, taken: number, least: number): number {
  const pivot = diagonal - taken;
  return pivot > least * diagonal && pivot < Infinity ? Math.sqrt(pivot) : NaN;
}

/**
 * The Cholesky factor of a symmetric matrix.
 * @param a `[n, n]`; only the lower triangle is read, and `a` is left as it is.
 * @returns R `[n, n]` with a = R·Rᵀ and zeros above the diagonal; null when `a` is not positive
 *   definite, holds a NaN or infinity, or a pivot is lost in rounding (at most n·ε of its diagonal entry).
 */
export function cholesky(a: Float64Array, n: number): Float64Array | null {
  const r = factor(evened(a, n), evenFrom(n), n * Number.EPSILON);
  return r && cut(r, n);
}

function factor(a: Float64Array, n: number, least: number): Float64Array | null {
  const r = new Float64Array(n * n);
  for (let i = 0; i < n; i += 2) {
    const row = i * n;
    const next = row + n;
    for (let j = 0; j < i; j += 2) {
      const above = j * n;
      const below = above + n;
      dots(r, row, r, above, n, j);
      const first = (a[row + j]! - found[0]!) / r[above + j]!;
      const second = (a[next + j]! - found[2]!) / r[above + j]!;
      r[row + j] = first;
      r[next + j] = second;
      r[row + j + 1] = (a[row + j + 1]! - (found[1]! + first * r[below + j]!)) / r[below + j + 1]!;
      r[next + j + 1] = (a[next + j + 1]! - (found[3]! + second * r[below + j]!)) / r[below + j + 1]!; // prettier-ignore
    }
    dots(r, row, r, row, n, i);
    const upper = rootOf(a[row + i]!, found[0]!, least);
    const across = (a[next + i]! - found[2]!) / upper;
    const lower = rootOf(a[next + i + 1]!, found[3]! + across * across, least);
    // Written so that NaN fails too.
    if (!(upper > 0 && lower > 0)) return null;
    r[row + i] = upper;
    r[next + i] = across;
    r[next + i + 1] = lower;
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
  return cut(substituted(evened(r, n), evenFrom(n)), n);
}

function substituted(r: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j += 2) {
    const row = j * n;
    const next = row + n;
    inverse[row + j] = 1 / r[row + j]!;
    inverse[next + j + 1] = 1 / r[next + j + 1]!;
    inverse[row + j + 1] = -(r[next + j]! * inverse[row + j]!) / r[next + j + 1]!;
    for (let i = j + 2; i < n; i += 2) {
      const above = i * n;
      const below = above + n;
      // The second row of the inverse has a zero where the first begins.
      dots(r, above + j, inverse, row + j, n, i - j);
      const first = -found[0]! / r[above + i]!;
      const second = -found[1]! / r[above + i]!;
      inverse[row + i] = first;
      inverse[next + i] = second;
      inverse[row + i + 1] = -(found[2]! + r[below + i]! * first) / r[below + i + 1]!;
      inverse[next + i + 1] = -(found[3]! + r[below + i]! * second) / r[below + i + 1]!;
    }
  }
  return inverse;
}

/** A⁻¹ `[n, n]`, exactly symmetric, of A = R·Rᵀ from its factor `r` `[n, n]`. */
export function inverseFromCholesky(r: Float64Array, n: number): Float64Array {
  const size = evenFrom(n);
  return cut(gram(substituted(evened(r, n), size), size), n);
}

/** U·Uᵀ `[n, n]` of an upper triangular matrix. */
function gram(upper: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  const put = (i: number, j: number, value: number) => {
    product[i * n + j] = value;
    product[j * n + i] = value;
  };
  for (let i = 0; i < n; i += 2)
    for (let j = 0; j <= i; j += 2) {
      // The second row has a zero where the first begins.
      dots(upper, i * n + i, upper, j * n + i, n, n - i);
      put(i, j, found[0]!);
      put(i, j + 1, found[1]!);
      put(i + 1, j, found[2]!);
      put(i + 1, j + 1, found[3]!);
    }
  return product;
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
