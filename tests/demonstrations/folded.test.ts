import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { folded, networksOf } from '../../src/demonstrations/folded.ts';
import { parametersOf } from '../../src/predictive/network/costs.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

beforeAll(() => useBackend('wasm'));

test('as in the tutorial, the folded network has 326,800 numbers and the autoencoder 652,880 (Table 1)', () => {
  const { folded: one, unfolded } = networksOf('tutorial', 35);
  expect(parametersOf(one.sizes!)).toBe(326_800);
  expect(parametersOf(unfolded.sizes!)).toBe(652_880);
});

const FEW = { size: 'tiny', steps: 10, updates: 50 };

test('both errors fall; another picture has another code; nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  const shown = await folded(beginning('folded', FEW));
  await stepped(shown, 40);
  const { folded: one, unfolded, measuredAt } = shown.frame().shown;
  expect([...measuredAt]).toEqual([1, 10, 20, 30, 40]);
  for (const { course } of [one, unfolded]) expect(course[4]).toBeLessThan(0.8 * course[1]!);
  expect(one.code).toHaveLength(8);
  expect(unfolded.code).toHaveLength(8);
  await shown.act!({ name: 'test', values: [1] });
  expect([...shown.frame().shown.folded.code]).not.toEqual([...one.code]);
  shown.close();
  expect(tf.memory().numTensors).toBe(before);
});

test('it gives way before every step that the folded network settles', async () => {
  let ways = 0;
  const giveWay = () => {
    ways++;
    return Promise.resolve();
  };
  const shown = await folded({ ...beginning('folded', { ...FEW, steps: 5 }), giveWay });
  await stepped(shown, 1);
  const learning = 5;
  const looking = 2 * (1 + 5); // test pictures and the one on show, their first states too
  expect(ways).toBe(learning + looking);
  shown.close();
});

test('the same seed gives the same run, and at its end it rests', async () => {
  const run = async () => {
    const shown = await folded(beginning('folded', { ...FEW, updates: 50 }));
    await stepped(shown, 52);
    const { metric, step } = shown.frame();
    shown.close();
    return { metric, step };
  };
  const first = await run();
  expect(first.step).toBe(50);
  expect(await run()).toEqual(first);
});
