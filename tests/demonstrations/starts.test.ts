import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { starts as program } from '../../src/demonstrations/starts.ts';
import { STARTS, starts } from '../../src/exhibits/list/starts.ts';
import { completed } from '../../src/exhibits/values.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginningOf, run } from './beginnings.ts';

beforeAll(() => useBackend('wasm'));

test('three starts come to one end, by the same neurons; forward is there long before', async () => {
  const demonstration = await program(beginningOf(starts, { rate: 0.2 }));
  const [first] = [demonstration.frame()];
  expect(first.shown.descents.zero.hidden.every((value) => value === 0)).toBe(true);
  expect(first.metric!).toBeGreaterThan(50);
  await run(demonstration, 250);
  const { metric, shown } = demonstration.frame();
  expect(metric!).toBeLessThan(1.05);
  const { forward, zero, random } = shown.descents;
  const farthest = forward.hidden.reduce((most, value, i) => Math.max(most, Math.abs(value - zero.hidden[i]!), Math.abs(value - random.hidden[i]!)), 0); // prettier-ignore
  expect(farthest).toBeLessThan(0.1);
  const end = forward.energies.at(-1)!;
  const arrived = STARTS.map((start) =>
    shown.descents[start].energies.findIndex((F) => F < 2 * end),
  );
  expect(Math.min(arrived[1]!, arrived[2]!)).toBeGreaterThan(4 * Math.max(1, arrived[0]!));
  demonstration.close();
}, 60_000);

test('momentum brings the far starts down sooner', async () => {
  const after = async (momentum: number) => {
    const demonstration = await program(beginningOf(starts, { momentum }));
    await run(demonstration, 40);
    const { metric } = demonstration.frame();
    demonstration.close();
    return metric!;
  };
  expect(await after(0.7)).toBeLessThan(0.3 * (await after(0)));
}, 60_000);

test('the same seed gives the same run; controls begin anew; closing frees every tensor', async () => {
  (await program(beginningOf(starts))).close();
  const tensors = tf.memory().numTensors;
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await program(beginningOf(starts));
    await run(demonstration, 4);
    runs.push(demonstration.frame());
    await demonstration.change(completed(starts.controls, { spread: 0.1 }));
    expect(demonstration.frame().step).toBe(0);
    demonstration.close();
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(tf.memory().numTensors).toBe(tensors);
}, 60_000);
