import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { stability as program } from '../../src/demonstrations/stability.ts';
import { stability } from '../../src/exhibits/list/stability.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginningOf } from './beginnings.ts';

beforeAll(() => useBackend('wasm'));

test('slow rates hold and learn, the fastest blows up in its first batch; the bound lies between', async () => {
  const tensors = tf.memory().numTensors;
  const demonstration = await program(
    beginningOf(stability, { batches: 5, steps: 4, widest: '64' }),
  );
  let guard = 0;
  while (!demonstration.frame().ended && guard++ < 200) await demonstration.advance();
  const { metric, shown, step } = demonstration.frame();
  const { cells, rates, widths, bounds } = shown;
  const column = (i: number) => widths.map((_, row) => cells[row * rates.length + i]!);
  for (const i of [0, 1, 2])
    for (const cell of column(i)) expect(cell).toMatchObject({ done: 1, hasBlownUp: false });
  for (const cell of column(rates.length - 1)) expect(cell).toEqual({ done: 0, accuracy: null, hasBlownUp: true }); // prettier-ignore
  bounds.forEach((bound) => {
    expect(bound!).toBeGreaterThan(rates[2]!);
    expect(bound!).toBeLessThan(rates.at(-1)!);
  });
  const known = cells.flatMap(({ accuracy }) => accuracy ?? []);
  expect(metric).toBeCloseTo(100 * Math.max(...known), 8);
  expect(metric!).toBeGreaterThan(30);
  expect(step).toBeGreaterThan(5 * 3 * widths.length);
  demonstration.close();
  expect(tf.memory().numTensors).toBe(tensors);
}, 120_000);

test('the same seed gives the same run', async () => {
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const demonstration = await program(
      beginningOf(stability, { batches: 5, steps: 4, widest: '64' }),
    );
    for (let step = 0; step < 7; step++) await demonstration.advance();
    runs.push(demonstration.frame());
    demonstration.close();
  }
  expect(runs[0]).toEqual(runs[1]);
}, 60_000);
