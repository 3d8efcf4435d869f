import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { skips as program } from '../../src/demonstrations/skips.ts';
import { skips } from '../../src/exhibits/list/skips.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginningOf, run } from './beginnings.ts';

beforeAll(() => useBackend('wasm'));

test('both learn; skips bring more energy to the first layer', async () => {
  const tensors = tf.memory().numTensors;
  const demonstration = await program(beginningOf(skips, { layers: 5, learningRate: 0.003 }));
  const { plain, skip } = demonstration.frame().shown.courses;
  expect(plain.energies).toHaveLength(5);
  expect(skip.energies[0]!).toBeGreaterThan(10 * plain.energies[0]!);
  await run(demonstration, 20);
  const { shown, metric, step } = demonstration.frame();
  expect(step).toBe(20);
  for (const { at, accuracies } of Object.values(shown.courses)) {
    expect(at).toEqual([0, 5, 10, 15, 20]);
    expect(accuracies.at(-1)!).toBeGreaterThan(accuracies[0]! + 0.3);
  }
  const [one, other] = [shown.courses.plain, shown.courses.skip].map(({ accuracies }) => accuracies.at(-1)!); // prettier-ignore
  expect(metric).toBeCloseTo(100 * (other! - one!), 8);
  demonstration.close();
  expect(tf.memory().numTensors).toBe(tensors);
}, 60_000);

test('the same seed gives the same run', async () => {
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await program(beginningOf(skips, { layers: 4 }));
    await run(demonstration, 5);
    runs.push(demonstration.frame());
    demonstration.close();
  }
  expect(runs[0]).toEqual(runs[1]);
}, 60_000);
