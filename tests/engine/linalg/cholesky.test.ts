import { describe, expect, test } from 'vitest';
import {
  cholesky,
  inverseFromCholesky,
  inverseLowerTransposed,
  inverseSPD,
  logDetFromCholesky,
} from '../../../src/engine/linalg/cholesky.ts';
import { createRng } from '../../../src/shared/rng.ts';

/** Textbook product a·b of row-major n×n matrices, the oracle for every identity here. */
function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) c[i * n + j]! += a[i * n + k]! * b[k * n + j]!;
  return c;
}

function transposed(a: Float64Array, n: number): Float64Array {
  return a.map((_, i) => a[(i % n) * n + Math.floor(i / n)]!);
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

/** G·Gᵀ + I for a random G: symmetric, positive definite, well conditioned. */
function randomSPD(n: number, seed: number): Float64Array {
  const rng = createRng(seed);
  const g = Float64Array.from({ length: n * n }, () => rng.normal());
  const a = product(g, transposed(g, n), n);
  for (let i = 0; i < n; i++) a[i * n + i]! += 1;
  return a;
}

function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number) {
  expect(actual.length).toBe(expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++)
    worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  expect(worst).toBeLessThan(tolerance);
}

describe.each([1, 2, 3, 4, 5, 8, 17, 60])('n = %i', (n) => {
  const a = randomSPD(n, n);
  const r = cholesky(a, n)!;

  test('R·Rᵀ is the matrix, R lower triangular with a positive diagonal', () => {
    expectClose(product(r, transposed(r, n), n), a, 1e-11 * n);
    for (let i = 0; i < n; i++) {
      expect(r[i * n + i]).toBeGreaterThan(0);
      for (let j = i + 1; j < n; j++) expect(r[i * n + j]).toBe(0);
    }
  });

  test('R⁻ᵀ undoes Rᵀ and is upper triangular', () => {
    const upper = inverseLowerTransposed(r, n);
    expectClose(product(upper, transposed(r, n), n), identity(n), 1e-11 * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(upper[i * n + j]).toBe(0);
  });

  test('the inverse times the matrix is the identity, and it is exactly symmetric', () => {
    const inverse = inverseFromCholesky(r, n);
    expectClose(product(inverse, a, n), identity(n), 1e-10 * n);
    expect(transposed(inverse, n)).toEqual(inverse);
    expect(inverseSPD(a, n)).toEqual(inverse);
  });
});

test('a worked example: [[4, 2], [2, 3]] = R·Rᵀ with R = [[2, 0], [1, √2]], determinant 8', () => {
  const r = cholesky(Float64Array.of(4, 2, 2, 3), 2)!;
  expect([...r]).toEqual([2, 0, 1, Math.sqrt(2)]);
  expect(logDetFromCholesky(r, 2)).toBeCloseTo(Math.log(8), 14);
  expectClose(inverseFromCholesky(r, 2), Float64Array.of(3 / 8, -1 / 4, -1 / 4, 1 / 2), 1e-15);
});

test('the log-determinant of a scaled orthogonal similarity is the sum of log eigenvalues', () => {
  // H = I − 2vvᵀ is orthogonal, so H·diag(λ)·H has eigenvalues λ.
  const n = 12;
  const rng = createRng(7);
  const v = Float64Array.from({ length: n }, () => rng.normal());
  const length2 = v.reduce((sum, x) => sum + x * x, 0);
  const h = identity(n).map((x, i) => x - (2 * v[Math.floor(i / n)]! * v[i % n]!) / length2);
  const lambda = Float64Array.from({ length: n }, (_, i) => 10 ** (i / 3 - 2));
  const scaled = h.map((x, i) => x * lambda[i % n]!);
  const r = cholesky(product(scaled, h, n), n)!;
  const expected = lambda.reduce((sum, x) => sum + Math.log(x), 0);
  expect(logDetFromCholesky(r, n)).toBeCloseTo(expected, 9);
});

test('only the lower triangle is read, and the input is left alone', () => {
  const a = randomSPD(6, 3);
  const garbled = a.map((x, i) => (i % 6 > Math.floor(i / 6) ? NaN : x));
  const before = garbled.slice();
  expect(cholesky(garbled, 6)).toEqual(cholesky(a, 6));
  expect(garbled).toEqual(before);
});

describe('what is not positive definite gives null', () => {
  test.each([
    ['zero', [0, 0, 0, 0]],
    ['indefinite', [1, 2, 2, 1]],
    ['negative', [-1, 0, 0, -1]],
    ['singular', [1, 1, 1, 1]],
    ['NaN below', [1, 0, NaN, 1]],
    ['NaN on the diagonal', [1, 0, 0, NaN]],
    ['infinite', [Infinity, 0, 0, 1]],
  ])('%s', (_, entries) => {
    const a = Float64Array.from(entries);
    expect(cholesky(a, 2)).toBeNull();
    expect(inverseSPD(a, 2)).toBeNull();
  });

  test('a Gram matrix of fewer vectors than rows, where rounding alone keeps pivots positive', () => {
    const n = 40;
    const rng = createRng(11);
    const g = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let k = 0; k < 10; k++) g[i * n + k] = rng.normal();
    expect(cholesky(product(g, transposed(g, n), n), n)).toBeNull();
  });

  // The second pivot of [[1, 1], [1, 1 + d]] is d; up to 2ε·(1 + d) it may be rounding.
  test.each([1, 2 ** -600, 2 ** 600])(
    'a pivot of at most n·ε of its entry, at scale %d',
    (scale) => {
      const near = (d: number) => Float64Array.of(scale, scale, scale, scale * (1 + d));
      for (const lost of [1, 2]) expect(cholesky(near(lost * Number.EPSILON), 2)).toBeNull();
      const [, , , kept = NaN] = cholesky(near(4 * Number.EPSILON), 2)!;
      expect(kept ** 2 / scale / (4 * Number.EPSILON)).toBeCloseTo(1, 1);
    },
  );
});
