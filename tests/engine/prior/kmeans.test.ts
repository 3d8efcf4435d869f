import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { kMeans } from '../../../src/engine/prior/kmeans.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import type { Rng } from '../../../src/shared/rng.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';

const noPause = () => Promise.resolve();

/** Every row of `rows`, over and over, `count` in all. */
function points(rows: readonly (readonly number[])[], count = rows.length): FloatArray {
  const all = Array.from({ length: count }, (_, n) => rows[n % rows.length]!);
  return { shape: [count, rows[0]!.length], data: Float32Array.from(all.flat()) };
}

/** A source that draws point `first`, and `u` whenever it is asked for a number in [0, 1). */
const loaded = (first: number, u: number): Rng => ({
  ...createRng(0),
  below: () => first,
  uniform: () => u,
});

/** Mean of the points of each cluster `[k][D]`, in float64. */
function meansOf({ shape, data }: FloatArray, cluster: Int32Array, k: number): number[][] {
  const size = shape[1]!;
  return Array.from({ length: k }, (_, c) => {
    const own = [...cluster.keys()].filter((n) => cluster[n] === c);
    expect(own.length).toBeGreaterThan(0);
    return Array.from(
      { length: size },
      (_, j) => own.reduce((sum, n) => sum + data[n * size + j]!, 0) / own.length,
    );
  });
}

/** How much farther (squared) each point is from the centre of its cluster than from the nearest one, at most. */
function worstDetour({ shape, data }: FloatArray, cluster: Int32Array, centres: number[][]) {
  const size = shape[1]!;
  const detours = Array.from(cluster, (own, n) => {
    const distances = centres.map((centre) =>
      centre.reduce((sum, value, j) => sum + (data[n * size + j]! - value) ** 2, 0),
    );
    return distances[own]! - Math.min(...distances);
  });
  return Math.max(...detours);
}

describe.each(BACKENDS)('k-means on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('k-means++ never takes a place twice, and every point goes to the centre where it is', async () => {
    // Five places at unlike distances from the origin, three points at each.
    const crowd = points([[1, 0], [2, 0.5], [4, 1], [-3, 5], [0, -9]], 15); // prettier-ignore
    for (let seed = 0; seed < 20; seed++) {
      const cluster = await kMeans(crowd, 5, createRng(seed), 0, noPause);
      expect([...cluster.subarray(0, 5)].toSorted()).toEqual([0, 1, 2, 3, 4]);
      cluster.forEach((c, n) => expect(c).toBe(cluster[n % 5]));
    }
  });

  // From the first centre, 0, the squares are 0, 1, 9 and 64, of 74: the second is 1 below 1/74, 3 below 10/74, else 8.
  test.each([
    [0, [0, 1, 1, 1]],
    [0.9 / 74, [0, 1, 1, 1]],
    [1.1 / 74, [0, 0, 1, 1]],
    [9.9 / 74, [0, 0, 1, 1]],
    [10.1 / 74, [0, 0, 0, 1]],
    [0.99, [0, 0, 0, 1]],
  ])('the second centre is drawn by squared distance, u = %d', async (u, expected) => {
    const line = points([[0], [1], [3], [8]]);
    expect([...(await kMeans(line, 2, loaded(0, u), 0, noPause))]).toEqual(expected);
  });

  test('every step of Lloyd’s takes each point to the nearest of the means before it', async () => {
    // More points than one piece of work takes, away from the origin, in clouds that overlap.
    const [count, size, k] = [5000, 3, 7];
    const rng = createRng(4);
    const data = Float32Array.from(
      { length: count * size },
      (_, i) => 2 + 1.5 * (Math.floor(i / size) % k) * (i % size) + 2 * rng.normal(),
    );
    const cloud = { shape: [count, size], data };
    const before = tf.memory().numTensors;
    let cluster = await kMeans(cloud, k, createRng(1), 0, noPause);
    let moved = 0;
    for (const iterations of [1, 2, 3]) {
      const next = await kMeans(cloud, k, createRng(1), iterations, noPause);
      expect(worstDetour(cloud, next, meansOf(cloud, cluster, k))).toBeLessThan(1e-3);
      moved += next.filter((c, n) => c !== cluster[n]).length;
      cluster = next;
    }
    expect(moved).toBeGreaterThan(count / 10); // there was something to do
    expect(tf.memory().numTensors).toBe(before);
  });

  test('it ends where nothing moves: each point is nearest to the mean of its own', async () => {
    const rng = createRng(8);
    const cloud = {
      shape: [300, 2],
      data: Float32Array.from({ length: 600 }, () => 3 + rng.normal()),
    };
    const cluster = await kMeans(cloud, 6, createRng(2), 1000, noPause);
    expect(worstDetour(cloud, cluster, meansOf(cloud, cluster, 6))).toBeLessThan(1e-4);
  });

  test('more clusters than places leave some empty', async () => {
    const cluster = await kMeans(points([[1], [5]], 9), 4, createRng(3), 5, noPause);
    cluster.forEach((c, n) => expect(c).toBe(cluster[n % 2]));
    expect(cluster[0]).not.toBe(cluster[1]);
  });
});
