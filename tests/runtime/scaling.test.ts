import { beforeAll, expect, test } from 'vitest';

import type { Executor } from '../../src/ngc/settling.ts';
import type { ScalingAxis } from '../../src/runtime/bench/scaling.ts';
import { exponentOf, runScaling } from '../../src/runtime/bench/scaling.ts';
import { scalingTables } from '../../src/runtime/bench/scalingTable.ts';
import { BENCH_CONFIG } from '../../src/runtime/bench/trial.ts';
import { stepOperations } from '../../src/runtime/bench/work.ts';
import { useBackend } from '../helpers/backends.ts';
import { ownKernels } from '../helpers/ownKernels.ts';

let own: Executor;
beforeAll(async () => {
  await useBackend('wasm');
  own = await ownKernels();
});

/** A clock that a look at takes a millisecond on. */
const counting = () => {
  let now = 0;
  return () => now++;
};

const scaled = (axis: ScalingAxis, largest: number) =>
  runScaling(own, { axes: [axis], largest, clock: counting() });

test('one row is told with its work, its time and the memory of a network and its packings', async () => {
  const [series] = await scaled('rows', 1);
  const [one] = series!.points;
  expect(one).toMatchObject({ size: 1, step: 1 / 50, update: 1 });
  expect(one!.operations).toBe(stepOperations(BENCH_CONFIG, 1));
  expect(one!.bytes).toBeGreaterThan(2 * one!.operations);
  const table = scalingTables([{ ...series!, points: [one!, { ...one!, size: 10, step: 0.2 }] }]);
  expect(table).toMatch(/\| power \| 1\.00 \| +0\.00/);
});

test('a stream of images is timed as a whole, all its batches', async () => {
  const [series] = await scaled('images', 1000);
  expect(series!.points).toMatchObject([{ size: 1000, step: 1, update: null }]);
});

test('the power of a growth is that of the law it follows', () => {
  const law = (power: number) => [1, 3, 10, 40].map((x) => [x, 7 * x ** power] as const);
  expect(exponentOf(law(2))).toBeCloseTo(2, 10);
  expect(exponentOf(law(-0.5))).toBeCloseTo(-0.5, 10);
  expect(exponentOf(law(1).slice(0, 1))).toBeNull();
});
