import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { nearestRows } from '../../../src/engine/latents/neighbours.ts';
import { layOut } from '../../../src/engine/latents/umap.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { useBackend } from '../../helpers/backends.ts';

beforeAll(() => useBackend('cpu'));

const D = 7;
const rng = createRng(3);
const random = (rows: number) =>
  Float32Array.from({ length: rows * D }, () => (rng.uniform() < 0.5 ? 0 : rng.uniform()));
const among = (data: Float32Array) => ({
  count: data.length / D,
  read: (from: number, to: number) => data.subarray(from * D, to * D),
});

/** By definition, row by row. */
function naive(query: Float32Array, rows: Float32Array, not: number) {
  return Array.from({ length: rows.length / D }, (_, index) => {
    let distance = 0;
    for (let i = 0; i < D; i++) distance += (rows[index * D + i]! - query[i]!) ** 2;
    return { index, distance };
  })
    .filter(({ index }) => index !== not)
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
}

test('the nearest rows are those of the definition, over more than one block', async () => {
  const rows = random(2345);
  const queries = random(5);
  const before = tf.memory().numTensors;
  for (const not of [undefined, [0, 1, 2, 3, 4]]) {
    const found = await nearestRows({ shape: [5, D], data: queries }, among(rows), 4, { ...(not && { not }) }); // prettier-ignore
    for (let q = 0; q < 5; q++) {
      const wanted = naive(queries.subarray(q * D, (q + 1) * D), rows, not?.[q] ?? -1).slice(0, 4);
      expect([...found.indices.subarray(q * 4, q * 4 + 4)]).toEqual(wanted.map(({ index }) => index)); // prettier-ignore
      wanted.forEach(({ distance }, i) => expect(found.distances[q * 4 + i]).toBeCloseTo(distance, 5)); // prettier-ignore
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('a row does not find itself where it must not, but its double', async () => {
  const rows = random(30);
  rows.set(rows.subarray(3 * D, 4 * D), 20 * D);
  const query = { shape: [1, D], data: rows.slice(3 * D, 4 * D) };
  expect((await nearestRows(query, among(rows), 1)).indices[0]).toBe(3);
  expect((await nearestRows(query, among(rows), 1, { not: [3] })).indices[0]).toBe(20);
});

test('UMAP keeps two far clouds apart, and the same seed gives the same map', async () => {
  const codes = Float32Array.from({ length: 40 * D }, (_, i) => rng.uniform() + (i < 20 * D ? 0 : 50)); // prettier-ignore
  const { points } = await layOut({ shape: [40, D], data: codes }, 1);
  const distance = (a: number, b: number) =>
    Math.hypot(points[2 * a]! - points[2 * b]!, points[2 * a + 1]! - points[2 * b + 1]!);
  for (let n = 0; n < 40; n++) {
    const others = Array.from({ length: 40 }, (_, i) => i).filter((i) => i !== n);
    const nearest = others.reduce((best, i) => (distance(n, i) < distance(n, best) ? i : best));
    expect(nearest < 20).toBe(n < 20);
  }
  expect((await layOut({ shape: [40, D], data: codes }, 1)).points).toEqual(points);
});
