import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, test } from 'vitest';

import { seenAs } from '../../src/data/dataset.ts';
import type { ClassifyingModel } from '../../src/engine/model.ts';
import { classifies } from '../../src/engine/model.ts';
import { measureNearness, NEARING_WAYS } from '../../src/lab/nearing.ts';
import { wayIn } from '../../src/lab/ways.ts';
import { predictive } from '../../src/models/predictive.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallData } from './support.ts';

beforeEach(() => useBackend('wasm'));

const { test: digits } = smallData(20, 8);

test('changes are asked for the test images as the model sees them, with their classes, steps and variance', async () => {
  const asked: unknown[] = [];
  const model = {
    ...{ pixels: 784, shades: 'grey' },
    async besideBackprop(x: Tensor2D, labels: Uint8Array, how: unknown) {
      asked.push(Float32Array.from(await x.data()), labels, how);
      return { cosine: 0.5, ratio: 2, distance: 3 };
    },
  };
  const before = tf.memory().numTensors;
  const way = wayIn(NEARING_WAYS, ['accuracy', 'nearness-short'])!;
  const found = await measureNearness(model as unknown as ClassifyingModel, digits, way, 7);
  expect(tf.memory().numTensors).toBe(before);
  expect(found).toEqual({ cosine: 0.5, ratio: 2, distance: 3 });
  const [pixels, labels, how] = asked;
  expect(pixels).toEqual(seenAs(digits, { from: 0, to: digits.count }, 'grey'));
  expect(labels).toEqual(digits.labels!.slice(0, digits.count));
  expect(how).toEqual({ steps: 20, rate: 0.2, outputVariance: 7 });
  expect(wayIn(NEARING_WAYS, ['accuracy'])).toBeNull();
});

test('a network comes the nearer to backpropagation, the less firmly its output is held', async () => {
  const settings = predictive.parse({ variant: 'pcn', sizes: [784, 8, 6, 10] });
  const model = await predictive.create(settings, 1, opByOp);
  if (!classifies(model)) throw new Error('It says no classes.');
  const x = tf.tensor2d(seenAs(digits, { from: 0, to: digits.count }, 'grey'), [digits.count, 784]);
  const before = tf.memory().numTensors;
  // So small a network is at rest after 60 steps.
  const at = (outputVariance: number) =>
    model.besideBackprop!(x, digits.labels!.slice(0, digits.count), { outputVariance, steps: 60, rate: 0.3 }); // prettier-ignore
  const [firm, loose] = [await at(10), await at(1_000)];
  expect(tf.memory().numTensors).toBe(before);
  expect(loose.distance).toBeLessThan(firm.distance / 30); // ∝ 1/k at equilibrium
  // What is so far from another vector differs no more in length, and its angle no more than that.
  expect(Math.abs(loose.ratio - 1)).toBeLessThanOrEqual(loose.distance);
  expect(1 - loose.cosine).toBeLessThanOrEqual(loose.distance ** 2);
  expect(loose.distance).toBeLessThan(0.01);
  model.dispose();
  x.dispose();
});
