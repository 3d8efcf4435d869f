import { expect, test } from 'vitest';

import { cellsOf } from '../../src/experiments/cells.ts';
import { COMPONENTS } from '../../src/experiments/extent.ts';
import { readResult, writeResult } from '../../src/lab/results.ts';
import { memoryShelf } from '../../src/storage/memory.ts';
import { cellResult } from '../helpers/labResults.ts';
import { TINY } from './tiny.ts';

/*
 * A result that is on the shelf is passed over only where it is what the cell asks for now.
 */

const cell = cellsOf(TINY, 'quick').find(({ key }) => key === 'linear.mnist.s1')!;
const { key, row, dataset, point, seed, training, extent: asked } = cell;
const place = { experiment: 'tiny', key, row, dataset, point, seed, training, extent: asked };
const found = cellResult({ ...place, origin: { ...cellResult().origin, budget: 'quick' } });

/** What reading gives, what was told, and what is then on the shelf. */
async function kept(cellNow: typeof cell, result = found) {
  const shelf = memoryShelf();
  await writeResult(shelf, cell, result);
  const told: string[] = [];
  const read = await readResult(shelf, cellNow, 'quick', (sentence) => told.push(sentence));
  return { read, told, names: await shelf.list('') };
}

test('what the cell asks for is there', async () => {
  const { read, told } = await kept(cell);
  expect(read).toEqual(found);
  expect(told).toEqual([]);
});

test('a result from before results said how thoroughly they measured counts', async () => {
  const { extent, ...older } = found;
  expect(extent).toBeDefined();
  const usual = { ...cell, extent: { ...asked, components: COMPONENTS } };
  expect((await kept(usual, older)).read).toEqual(older);
  const { components, ...some } = asked;
  expect(components).toBe(3);
  expect((await kept(usual, { ...older, extent: some })).read).toEqual({ ...older, extent: some });
  expect((await kept(cell, { ...older, extent: some })).read).toBeNull();
});

test('what a cell does not measure may have been measured as thoroughly as it likes', async () => {
  const plain = { ...cell, measures: ['mmse'], exhibits: [] } as const;
  const fewer = { test: asked.test, likelihood: 21, bound: 6, codes: 81, components: 9 };
  expect((await kept({ ...plain, extent: fewer })).read).toEqual(found);
  expect((await kept({ ...plain, extent: { ...fewer, test: 31 } })).read).toBeNull();
  expect((await kept({ ...plain, measures: ['err'], extent: fewer })).read).toBeNull();
});

test.each([
  ['trained otherwise', { ...cell, training: { ...training!, seed: 9 } }],
  ['of other images', { ...cell, training: { ...training!, subset: 99 } }],
  ['measured on fewer images', { ...cell, extent: { ...asked, test: 31 } }],
  ['with log p(x) of fewer', { ...cell, extent: { ...asked, likelihood: 21 } }],
  ['with a bound of fewer', { ...cell, extent: { ...asked, bound: 6 } }],
  ['with a prior of fewer codes', { ...cell, extent: { ...asked, codes: 81 } }],
  ['with a prior of fewer Gaussians', { ...cell, extent: { ...asked, components: 9 } }],
])('a result %s is put aside, told of and not lost', async (_, now) => {
  const { read, told, names } = await kept(now);
  expect(read).toBeNull();
  expect(told).toEqual([expect.stringMatching(/made with other settings.*the cell is run again/)]);
  expect(names).toEqual(['cells/tiny/quick/linear.mnist.s1.json.outdated']);
});
