import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { limit, VARIANCES } from '../../src/demonstrations/limit.ts';
import { useBackend } from '../helpers/backends.ts';
import { begunAs } from '../helpers/demonstrated.ts';

beforeAll(() => useBackend('wasm'));

const SMALL = { width: 8, hidden: 2, many: 200, few: 4, trained: 0 };

test('at equilibrium the distance falls as 1/k; after few steps it does not', async () => {
  const before = tf.memory().numTensors;
  const demonstration = await begunAs('limit', limit, SMALL);
  // The powers of ten come first.
  while (demonstration.frame().shown.runs.length <= 4) await demonstration.advance();
  const { shown } = demonstration.frame();
  for (const { k } of shown.runs) expect(VARIANCES).toContain(k);
  const at = (k: number) => shown.runs.find((run) => run.k === k)!;
  const fall = at(100).now.distance / at(1000).now.distance;
  expect(fall).toBeGreaterThan(8);
  expect(fall).toBeLessThan(11);
  expect(at(1000).now.cosine).toBeGreaterThan(0.9999);
  expect(Math.abs(at(1000).now.ratio - 1)).toBeLessThan(0.01);
  expect(at(1000).few!.distance).toBeGreaterThan(0.9 * at(100).few!.distance);
  // What few steps lack is the first layer.
  const { layers } = at(1000).few!;
  expect(layers[0]).toBeLessThan(layers.at(-1)!);
  demonstration.close();
  expect(tf.memory().numTensors).toBe(before);
});

test('the chosen k settles first, and its cosine is the main number', async () => {
  const demonstration = await begunAs('limit', limit, { ...SMALL, variance: 100 });
  await demonstration.advance();
  const { shown, metric } = demonstration.frame();
  expect(shown.runs.map(({ k, step }) => [k, step])).toEqual([[100, 4]]);
  expect(metric).toBe(shown.runs[0]!.now.cosine);
  demonstration.close();
});

test('the same seed gives the same run', async () => {
  const metrics = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await begunAs('limit', limit, SMALL);
    for (let step = 0; step < 5; step++) await demonstration.advance();
    metrics.push(demonstration.frame().metric);
    demonstration.close();
  }
  expect(metrics[0]).toBe(metrics[1]);
});
