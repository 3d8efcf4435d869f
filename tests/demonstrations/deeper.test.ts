import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test, vi } from 'vitest';

import { deeper } from '../../src/demonstrations/deeper.ts';
import type { Learner } from '../../src/demonstrations/learner.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

beforeAll(() => useBackend('wasm'));

const FEW = { layers: 3, batches: 30 };

test('all begin with the same answers; three layers learn by every rule; nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  const shown = await deeper(beginning('deeper', { ...FEW, learningRate: 0.003 }));
  const { courses } = shown.frame().shown;
  expect(courses.settled[0]).toBe(courses.backprop[0]);
  expect(courses.forward[0]).toBe(courses.backprop[0]);
  await stepped(shown, 30);
  const { ended, metric, shown: then } = shown.frame();
  expect(ended).toBe(true);
  for (const course of Object.values(then.courses)) expect(course.at(-1)).toBeGreaterThan(0.5);
  const [end] = then.ends;
  expect(end?.layers).toBe(3);
  expect(metric).toBeCloseTo(100 * (end!.accuracies.settled! - end!.accuracies.backprop!), 6);
  shown.close();
  expect(tf.memory().numTensors).toBe(before);
});

test('deeper and deeper: after the last batch of a depth comes the next, from fresh synapses', async () => {
  const shown = await deeper(beginning('deeper', { climb: true, batches: 30 }));
  await stepped(shown, 31);
  const { shown: now, ended } = shown.frame();
  expect(now.ends.map(({ layers }) => layers)).toEqual([3]);
  expect(now.layers).toBe(6);
  expect([...now.at]).toEqual([0]);
  expect(ended).toBe(false);
  shown.close();
});

test('what blows up stops, says so, and has no accuracy; its twin goes on', async () => {
  const shown = await deeper(beginning('deeper', { layers: 3, batches: 30 }));
  const learners = (shown as unknown as { readonly learners: { readonly settled: Learner } })
    .learners;
  await stepped(shown, 1);
  vi.spyOn(learners.settled, 'learn').mockRejectedValue(new NgcError('diverged', 'F left all proportion.')); // prettier-ignore
  await stepped(shown, 29);
  const { isTrouble, metric, says, shown: now } = shown.frame();
  expect(isTrouble).toBe(true);
  expect(says).toMatch(/blew up/);
  expect(metric).toBeNull();
  expect(now.ends[0]!.accuracies.settled).toBeNull();
  expect(now.ends[0]!.accuracies.backprop).toBeGreaterThan(0.3);
  shown.close();
});
