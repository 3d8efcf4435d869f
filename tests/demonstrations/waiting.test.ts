import { beforeAll, expect, test } from 'vitest';

import { waiting } from '../../src/demonstrations/waiting.ts';
import { useBackend } from '../helpers/backends.ts';
import { begunAs, ended } from '../helpers/demonstrated.ts';

beforeAll(() => useBackend('cpu'));

const tablesOf = async (values: Record<string, number | boolean>) => {
  const { shown, metric } = (await begunAs('waiting', waiting, values)).frame();
  const [backprop, settling, exact] = shown.timetables;
  return { backprop: backprop!, settling: settling!, exact: exact!, metric };
};

test('backpropagation takes 2L stages, in 2 of which each layer works', async () => {
  const { backprop, metric } = await tablesOf({ layers: 6, steps: 9 });
  expect(backprop.stages).toBe(12);
  for (const { works } of backprop.layers) expect(works).toHaveLength(2);
  // No two layers work at the same stage: each waits for another.
  const stages = backprop.layers.flatMap(({ works }) => works.map(({ stage }) => stage));
  expect([...stages].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(metric).toBe(1.5);
});

test('a synapse changes when its layer has its error, and no other layer needs it any more', async () => {
  const { backprop, exact } = await tablesOf({ layers: 4, steps: 5 });
  expect(backprop.layers.map(({ changes }) => changes)).toEqual([[8], [8], [7], [6]]);
  expect(backprop.layers.map(({ hears }) => hears)).toEqual([8, 7, 6, 5]);
  expect(exact.layers.map(({ changes }) => changes)).toEqual([[10], [9], [7], [5]]);
});

test('the error is seen to arrive a layer a step, in a network that settles', async () => {
  const { settling, exact } = await tablesOf({ layers: 5, steps: 8 });
  // Layer l has no error before step L − l, of two stages each, after a forward start of L.
  expect(settling.layers.map(({ hears }) => hears)).toEqual([13, 11, 9, 7, 5]);
  expect(exact.layers.map(({ hears }) => hears)).toEqual([13, 11, 9, 7, 5]);
  expect(settling.stages).toBe(5 + 2 * 8);
});

test('layers that are farther from the label than it settles steps hear nothing', async () => {
  const { settling } = await tablesOf({ layers: 6, steps: 3 });
  expect(settling.layers.map(({ hears }) => hears === null)).toEqual([true, true, false, false, false, false]); // prettier-ignore
});

test('synapses that learn at every step wait for no end', async () => {
  const { settling } = await tablesOf({ layers: 3, steps: 4, every: true });
  for (const { changes, isLocked } of settling.layers) {
    expect(changes).toEqual([3, 5, 7, 9, 11]);
    expect(isLocked).toBe(false);
  }
});

test('the clock ends with the last timetable', async () => {
  const { step, ended: isOver } = await ended(await begunAs('waiting', waiting, { layers: 3, steps: 4 })); // prettier-ignore
  expect([step, isOver]).toEqual([11, true]);
});
