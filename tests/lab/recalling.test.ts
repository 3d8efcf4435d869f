import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, test } from 'vitest';

import { seenAs } from '../../src/data/dataset.ts';
import type { GenerativeModel } from '../../src/engine/model.ts';
import { measureMemory, RECALL_WAYS } from '../../src/lab/recalling.ts';
import { wayIn } from '../../src/lab/ways.ts';
import { useBackend } from '../helpers/backends.ts';
import { silentWork, smallData } from './support.ts';

beforeEach(() => useBackend('cpu'));

const PIXELS = 784;
const stored = smallData(20, 6).test;
const whole = seenAs(stored, { from: 0, to: stored.count }, 'grey');

/** A memory that gives back what it is told to, and keeps what it was asked. */
function memory(answer: (spoilt: Float32Array) => Float32Array) {
  const asked: { steps: number; spoilt: Float32Array; seen: Float32Array | null }[] = [];
  const model = {
    ...{ pixels: PIXELS, shades: 'grey' },
    async recall(x: Tensor2D, seen: Tensor2D | null, { steps }: { steps: number }) {
      const spoilt = Float32Array.from(await x.data());
      asked.push({ steps, spoilt, seen: seen && Float32Array.from(await seen.data()) });
      return tf.tensor2d(answer(spoilt), x.shape);
    },
  };
  return { model: model as unknown as GenerativeModel, asked };
}

test('noise is of deviation 0.2 around the stored images, and every pixel is free', async () => {
  const { model, asked } = memory((spoilt) => spoilt);
  const before = tf.memory().numTensors;
  const found = await measureMemory(model, stored, 'recall-noise', 3, silentWork());
  expect(tf.memory().numTensors).toBe(before);
  expect(asked[0]).toMatchObject({ steps: 100, seen: null });
  expect(found!.mse).toBeCloseTo(0.04, 2);
  expect(found!.right).toBeCloseTo(1);
  expect(found!.close).toBe(0);
  const again = memory((spoilt) => spoilt);
  await measureMemory(again.model, stored, 'recall-noise', 3, silentWork());
  expect(again.asked[0]!.spoilt).toEqual(asked[0]!.spoilt);
});

test('of a half the upper one stays; what comes back whole has no error, the next image is the wrong one', async () => {
  const { model, asked } = memory(() => whole);
  const before = tf.memory().numTensors;
  const found = await measureMemory(model, stored, 'recall-half-long', 3, silentWork());
  expect(tf.memory().numTensors).toBe(before);
  expect(asked[0]!.steps).toBe(2_000);
  const rows = Array.from({ length: 28 }, (_, row) => asked[0]!.seen![PIXELS + row * 28 + 5]);
  expect(rows).toEqual(rows.map((_, row) => (row < 14 ? 1 : 0)));
  expect(found).toMatchObject({ mse: 0 });
  expect(found!.close).toBeCloseTo(1);
  const turned = new Float32Array([...whole.subarray(PIXELS), ...whole.subarray(0, PIXELS)]);
  const wrong = await measureMemory(memory(() => turned).model, stored, 'recall-half', 3, silentWork()); // prettier-ignore
  expect(wrong!.right).toBe(0);
});

test('a model that is no memory is not asked; which way, a cell’s measures say', async () => {
  const model = { pixels: PIXELS } as unknown as GenerativeModel;
  expect(await measureMemory(model, stored, 'recall-half', 1, silentWork())).toBeNull();
  expect(wayIn(RECALL_WAYS, ['bce', 'recall-half'])).toBe('recall-half');
  expect(wayIn(RECALL_WAYS, ['bce'])).toBeNull();
});
