import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { settling as program } from '../../src/demonstrations/settling.ts';
import { settling } from '../../src/exhibits/list/settling.ts';
import { completed } from '../../src/exhibits/values.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginningOf, run, someDigits } from './beginnings.ts';

beforeAll(() => useBackend('wasm'));

const isZero = (values: Float32Array) => values.every((value) => value === 0);
const valuesOf = (values: Record<string, string | number>) => completed(settling.controls, values);

test('errors come a layer further a step, and are exactly 0 beyond', async () => {
  const demonstration = await program(beginningOf(settling, { label: 'wrong' }));
  for (let step = 0; step < 6; step++) {
    const { errors } = demonstration.frame().shown;
    expect(errors.map(isZero)).toEqual(errors.map((_, i) => i + 1 < errors.length - step));
    await demonstration.advance();
  }
  demonstration.close();
}, 60_000);

test('F never rises below the bound, and is the sum of the layers', async () => {
  const demonstration = await program(beginningOf(settling, { label: 'wrong' }));
  const { bound } = demonstration.frame().shown;
  expect(bound).toBeGreaterThan(0.1);
  let before = Infinity;
  for (let step = 0; step < 40; step++) {
    const { metric, shown } = demonstration.frame();
    const layers = shown.energies.slice(-shown.errors.length);
    expect(layers.reduce((sum, one) => sum + one, 0)).toBeCloseTo(metric!, 6);
    shown.errors.forEach((errors, i) => {
      const half = errors.reduce((sum, e) => sum + e * e, 0) / 2;
      expect(half).toBeCloseTo(layers[i]!, 5);
    });
    expect(metric!).toBeLessThanOrEqual(before);
    before = metric!;
    await demonstration.advance();
  }
  demonstration.close();
}, 60_000);

test('beyond the bound it stops, says so, and nothing is NaN; a slower rate begins anew', async () => {
  const label = 'wrong';
  const demonstration = await program(beginningOf(settling, { label, rate: 1 }));
  await run(demonstration, 300);
  const { ended, isTrouble, says, metric, shown, step } = demonstration.frame();
  expect({ ended, isTrouble }).toEqual({ ended: true, isTrouble: true });
  expect(step).toBeLessThan(300);
  expect(says).toContain('2/λmax');
  expect(
    [metric, ...shown.energies, ...shown.values.flatMap((layer) => [...layer])].every(
      Number.isFinite,
    ),
  ).toBe(true);
  await demonstration.change(valuesOf({ label, rate: 0.1 }));
  expect(demonstration.frame()).toMatchObject({ step: 0, ended: false, isTrouble: false });
  demonstration.close();
}, 60_000);

test('a free label has no error to begin with, and loses the one it had', async () => {
  const label = 'wrong';
  const demonstration = await program(beginningOf(settling, { label: 'free' }));
  expect(demonstration.frame().metric).toBeCloseTo(0, 10);
  await demonstration.change(valuesOf({ label }));
  const { label: heldAt, truth } = demonstration.frame().shown;
  expect(heldAt).toBe((truth! + 1) % 10);
  const held = demonstration.frame().metric!;
  expect(held).toBeGreaterThan(0.1);
  await run(demonstration, 5);
  await demonstration.change(valuesOf({ label: 'free' }));
  await run(demonstration, 200);
  expect(demonstration.frame().metric).toBeLessThan(0.02 * held);
  demonstration.close();
}, 60_000);

test('a drawn picture takes the place of the example, begins anew, and is checked', async () => {
  const demonstration = await program(beginningOf(settling, { label: '4' }));
  await run(demonstration, 3);
  const drawing = Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 1 : 0));
  await demonstration.act!({ name: 'picture', values: drawing });
  const { step, shown } = demonstration.frame();
  expect({ step, truth: shown.truth, label: shown.label }).toEqual({
    step: 0,
    truth: null,
    label: 4,
  });
  expect(Array.from(shown.values[0]!)).toEqual(drawing);
  await expect(demonstration.act!({ name: 'picture', values: [1, 2] })).rejects.toThrow('784');
  demonstration.close();
}, 60_000);

test('an example takes the place of a drawing, with what the data say of it', async () => {
  const demonstration = await program(beginningOf(settling));
  const { examples } = demonstration.frame().shown;
  await demonstration.act!({ name: 'picture', values: new Array<number>(784).fill(0) });
  await demonstration.act!({ name: 'test', values: [2] });
  const { step, shown } = demonstration.frame();
  const { test: images } = await someDigits();
  expect([...shown.values[0]!]).toEqual([...examples.slice(2 * 784, 3 * 784)]);
  expect({ step, truth: shown.truth }).toEqual({ step: 0, truth: images.labels![2] });
  for (const wrong of [[-1], [6], [0.5], [], [1, 2]])
    await expect(demonstration.act!({ name: 'test', values: wrong })).rejects.toThrow('6 examples');
  demonstration.close();
}, 60_000);

test('the same seed gives the same run; closing frees every tensor', async () => {
  const tensors = tf.memory().numTensors;
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await program(beginningOf(settling));
    await run(demonstration, 5);
    await demonstration.change(valuesOf({ label: 'free' }));
    await demonstration.advance();
    runs.push(demonstration.frame());
    demonstration.close();
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(tf.memory().numTensors).toBe(tensors);
}, 60_000);
