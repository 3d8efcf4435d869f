import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { twins } from '../../src/demonstrations/twins.ts';
import { useBackend } from '../helpers/backends.ts';
import { begunAs, ended } from '../helpers/demonstrated.ts';

beforeAll(() => useBackend('wasm'));

const SHORT = { images: 500, epochs: 1 };

test('both begin alike, learn the same batches, and know digits in the end', async () => {
  const before = tf.memory().numTensors;
  const demonstration = await begunAs('twins', twins, { ...SHORT, epochs: 5, learningRate: 0.005 });
  const start = demonstration.frame();
  expect(start.shown.coding).toEqual(start.shown.backprop);
  expect(start.metric).toBe(0);
  const { shown, step, metric } = await ended(demonstration);
  expect(step).toBe(10);
  expect(shown.at.at(-1)).toBe(10);
  expect(Math.min(shown.coding.at(-1)!, shown.backprop.at(-1)!)).toBeGreaterThan(50);
  expect(metric).toBeCloseTo(shown.coding.at(-1)! - shown.backprop.at(-1)!, 5);
  demonstration.close();
  expect(tf.memory().numTensors).toBe(before);
});

test('under a gentle label, with time to settle, it stays nearer to its twin', async () => {
  const hard = await begunAs('twins', twins, { ...SHORT, steps: 1 });
  const gentle = await begunAs('twins', twins, { ...SHORT, steps: 40, variance: 1000, rate: 0.2 });
  const [first, second] = [await ended(hard), await ended(gentle)];
  expect(Math.abs(second.metric!)).toBeLessThan(Math.abs(first.metric!));
  hard.close();
  gentle.close();
});

test('what settles too fast stops with a sentence, and its twin goes on', async () => {
  const demonstration = await begunAs('twins', twins, { ...SHORT, rate: 1, steps: 40 });
  const { shown, isTrouble, says, metric } = await ended(demonstration);
  expect(isTrouble).toBe(true);
  expect(says).toMatch(/γ.*2\/λmax/);
  expect(metric).toBeNull();
  expect(shown.coding.length).toBeLessThan(shown.backprop.length);
  expect(shown.coding.every(Number.isFinite)).toBe(true);
  demonstration.close();
});

test('a synapse looks L − l layers away in backpropagation, and one in predictive coding', async () => {
  const demonstration = await begunAs('twins', twins, SHORT);
  expect(demonstration.frame().shown.reach).toEqual({
    coding: [1, 1, 1, 1],
    backprop: [3, 2, 1, 0],
  });
  demonstration.close();
});
