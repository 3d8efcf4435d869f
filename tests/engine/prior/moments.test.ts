import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { rowsPerPiece } from '../../../src/engine/prior/gaussian.ts';
import type { Share } from '../../../src/engine/prior/moments.ts';
import {
  massOf,
  shareCovariance,
  shareMean,
  shareVariances,
} from '../../../src/engine/prior/moments.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';

const SIZE = 3;

/** Correlated points away from the origin, of which a share takes two of three, each with a weight of its own. */
function shared(count: number): { points: FloatArray; share: Share } {
  const rng = createRng(count);
  const data = new Float32Array(count * SIZE);
  for (let n = 0; n < count; n++) {
    const common = rng.normal();
    for (let j = 0; j < SIZE; j++) data[n * SIZE + j] = 1 + j + common + rng.normal();
  }
  const points = Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 !== 1);
  const share = { points, responsibilities: points.map(() => rng.uniform()) };
  return { points: { shape: [count, SIZE], data }, share };
}

test('7000 points are more than one piece of work', () => {
  expect(shared(60).share.points.length).toBeLessThan(rowsPerPiece(SIZE));
  expect(shared(7000).share.points.length).toBeGreaterThan(rowsPerPiece(SIZE));
});

describe.each([60, 7000])('the moments of a share of %i points', (count) => {
  const { points, share } = shared(count);
  const mass = share.responsibilities.reduce((sum, r) => sum + r, 0);
  /** Σ_n r_n·f(x_n) / Σ_n r_n in float64. */
  const average = (f: (x: Float32Array) => number) => {
    let sum = 0;
    share.points.forEach((n, i) => {
      sum += share.responsibilities[i]! * f(points.data.subarray(n * SIZE, (n + 1) * SIZE));
    });
    return sum / mass;
  };
  const mean = Float32Array.from({ length: SIZE }, (_, j) => average((x) => x[j]!));
  /** S_ij by its definition. */
  const covariance = (i: number, j: number) =>
    average((x) => (x[i]! - mean[i]!) * (x[j]! - mean[j]!));

  test('mass, mean and variances', () => {
    expect(massOf(share)).toBeCloseTo(mass, 9);
    const variances = shareVariances(points, share, mean);
    shareMean(points, share).forEach((value, j) => {
      expect(value).toBeCloseTo(mean[j]!, 5);
      expect(variances[j]).toBeCloseTo(covariance(j, j), 9);
    });
  });

  test.each(BACKENDS)('covariance on %s', async (backend) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const found = await shareCovariance(points, share, mean, () => Promise.resolve());
    expect(tf.memory().numTensors).toBe(before);
    expect(found.length).toBe(SIZE * SIZE);
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++) expect(found[i * SIZE + j]).toBeCloseTo(covariance(i, j), 4);
  });
});
