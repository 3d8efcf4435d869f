import { expect, test } from 'vitest';

import { principalAxes } from '../../../src/engine/latents/pca.ts';
import { createRng } from '../../../src/shared/rng.ts';

const pause = () => Promise.resolve();
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** Codes [count, 5] that vary by 3, 2 and a little along three directions that cross at right angles, about a mean that is not 0. */
function cloud(count: number, seed = 1) {
  const rng = createRng(seed);
  const directions = [
    [0.6, 0, 0.8, 0, 0],
    [-0.8, 0, 0.6, 0, 0],
    [0, 1, 0, 0, 0],
  ];
  const data = new Float32Array(count * 5);
  for (let n = 0; n < count; n++) {
    const along = [3 * rng.normal(), 2 * rng.normal(), 0.3 * rng.normal()];
    for (let i = 0; i < 5; i++)
      data[n * 5 + i] = 7 * i + along.reduce((sum, a, k) => sum + a * directions[k]![i]!, 0);
  }
  return { shape: [count, 5], data };
}

/** Covariance in float64, from its definition. */
function covarianceOf({ shape, data }: ReturnType<typeof cloud>): number[][] {
  const [N, D] = shape as [number, number];
  const every = Array.from({ length: N }, (_, n) => data.subarray(n * D, (n + 1) * D));
  const mean = Array.from(
    { length: D },
    (_, i) => every.reduce((sum, row) => sum + row[i]!, 0) / N,
  );
  return mean.map(
    (_, i) =>
    mean.map((__, j) => every.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / N), // prettier-ignore
  );
}

/** The eigenvector of the largest eigenvalue, by the power method, and that eigenvalue. */
function strongest(matrix: readonly (readonly number[])[]) {
  let vector = matrix.map((_, i) => 1 + 0.1 * i);
  for (let round = 0; round < 2000; round++) {
    const next = matrix.map((row) => dot(row, vector));
    const length = Math.hypot(...next);
    vector = next.map((value) => value / length);
  }
  return {
    vector,
    value: dot(
      matrix.map((row) => dot(row, vector)),
      vector,
    ),
  };
}

test('the axes are eigenvectors of the covariance, the one of most variance first', async () => {
  const codes = cloud(400);
  const { mean, axes, shares } = await principalAxes(codes, 2, pause);
  const covariance = covarianceOf(codes);
  const total = covariance.reduce((sum, row, i) => sum + row[i]!, 0);
  const first = strongest(covariance);
  const without = covariance.map((row, i) =>
    row.map((value, j) => value - first.value * first.vector[i]! * first.vector[j]!),
  );
  const second = strongest(without);
  [first, second].forEach(({ vector, value }, k) => {
    const axis = axes.subarray(k * 5, (k + 1) * 5);
    expect(Math.abs(dot(axis, vector))).toBeCloseTo(1, 5);
    expect(Math.hypot(...axis)).toBeCloseTo(1, 5);
    expect(shares[k]).toBeCloseTo(value / total, 5);
  });
  expect(shares[0]).toBeGreaterThan(shares[1]!);
  expect(dot(axes.subarray(0, 5), axes.subarray(5))).toBeCloseTo(0, 5);
  expect(mean[4]).toBeCloseTo(28, 3);
});

test('the sign is fixed: other draws of the same cloud do not flip the map', async () => {
  for (let seed = 1; seed < 12; seed++) {
    const { axes } = await principalAxes(cloud(400, seed), 2, pause);
    expect(axes[2]).toBeGreaterThan(0.6); // the largest entries of the two directions
    expect(axes[5]).toBeGreaterThan(0.6);
    expect(axes[5]! * axes[7]!).toBeLessThan(0);
  }
});

test('codes that do not vary, and codes that are no numbers', async () => {
  const still = { shape: [3, 2], data: new Float32Array(6).fill(2) };
  expect((await principalAxes(still, 2, pause)).shares).toEqual([0, 0]);
  const broken = { shape: [2, 2], data: Float32Array.of(1, 2, NaN, 4) };
  await expect(principalAxes(broken, 2, pause)).rejects.toMatchObject({ kind: 'data' });
});
