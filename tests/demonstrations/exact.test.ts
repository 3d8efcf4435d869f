import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { exact } from '../../src/demonstrations/exact.ts';
import { useBackend } from '../helpers/backends.ts';
import { begunAs, ended } from '../helpers/demonstrated.ts';

beforeAll(() => useBackend('wasm'));

const SMALL = { hidden: 3, width: 8 };
/** How many rounding units sums of float32 may differ by. */
const ROUNDING = 20;

const endOf = async (values: Record<string, number | string>) => {
  const demonstration = await begunAs('exact', exact, { ...SMALL, ...values });
  const frame = await ended(demonstration);
  demonstration.close();
  return frame;
};

describe('with predictions that move', () => {
  test('each layer read as its error arrives is backpropagation to rounding', async () => {
    const { metric, shown } = await endOf({ rule: 'moving', rate: 1 });
    expect(shown.readAt).toEqual([3, 2, 1, 0]);
    expect(metric).toBeLessThan(ROUNDING);
  });

  test('before that a layer would learn nothing, and the difference is all of it', async () => {
    const { shown } = await endOf({ rule: 'moving', rate: 1 });
    const { distances, steps, readAt } = shown;
    readAt.forEach((read, i) => {
      for (let t = 0; t < read; t++) expect(distances[i * steps + t]).toBeCloseTo(1, 6);
    });
  });

  test.each([
    ['a step late', { late: 1 }],
    ['under a smaller rate', { rate: 0.9 }],
  ])('it is not when it is read %s', async (_, values) => {
    const { metric } = await endOf({ rule: 'moving', rate: 1, ...values });
    expect(metric).toBeGreaterThan(1e4);
  });
});

test('with fixed predictions it may be read later too', async () => {
  const { metric } = await endOf({ rule: 'fixed', rate: 1, late: 4 });
  expect(metric).toBeLessThan(ROUNDING);
});

test('reading later is a control that moves while it stands; nothing of TensorFlow is left', async () => {
  const before = tf.memory().numTensors;
  const demonstration = await begunAs('exact', exact, SMALL);
  const { metric } = await ended(demonstration);
  await demonstration.change({ ...SMALL, rule: 'moving', rate: 1, late: 2 });
  expect(demonstration.frame().metric).toBeGreaterThan(metric! * 100);
  demonstration.close();
  expect(tf.memory().numTensors).toBe(before);
});
