import { expect, test } from 'vitest';

import { cellsOf } from '../../src/experiments/cells.ts';
import { expectedSeconds, imagesOf } from '../../src/experiments/effort.ts';
import type { Cell, Extent } from '../../src/experiments/experiment.ts';
import { experimentOf } from '../../src/experiments/experiments.ts';
import type { CellResult } from '../../src/experiments/result.ts';
import { cellResult } from '../helpers/labResults.ts';

/** What a row took: seconds of training with 1,000 images, and of measuring as thoroughly as `extent` says. */
function took(row: string, training: number, measuring: number, more: Partial<CellResult> = {}) {
  const curve = { images: [100, 1_000], seconds: [1, 10], train: [5, 4], validation: [5, 4], more: {} }; // prettier-ignore
  const origin = { ...cellResult().origin, training, measuring };
  return cellResult({ row, curve, origin, extent: EXTENT, ...more });
}
const EXTENT: Extent = { test: 2_000, likelihood: 1_000, bound: 100, codes: 8_000, components: 80 };

const cells = cellsOf(experimentOf('table-1'), 'quick');
const cell = (row: string, change: Partial<Cell> = {}): Cell => ({
  ...cells.find((one) => one.row === row)!,
  extent: EXTENT,
  ...change,
});
const rae = cell('rae');
const thousands = (of: Cell) => imagesOf(of.training!) / 1_000;

test('nobody knows how long what was never run takes', () => {
  expect(expectedSeconds(cells, [])).toBeNull();
  expect(expectedSeconds(cells, [took('rae', 1, 1, { state: 'diverged' })])).toBeNull();
  expect(expectedSeconds(cells, [took('pixels', 0, 1, { curve: null })])).toBeNull();
});

test('training is by the image, each of its own row', () => {
  const told = [took('rae', 10, 0), took('gncn-pdh', 100, 0)];
  expect(expectedSeconds([rae], told)).toBeCloseTo(10 * thousands(rae));
  const stood = took('rae', 90, 0);
  expect(expectedSeconds([rae], [stood, ...told])).toBeCloseTo(10 * thousands(rae));
  const never = cell('gvae');
  expect(expectedSeconds([never], told)).toBeCloseTo(55 * thousands(never));
  const minute = { ...rae, training: { ...rae.training!, seconds: 7 } };
  expect(expectedSeconds([minute], told)).toBeCloseTo(7);
});

test('measuring is by how thoroughly is measured, of what the cell measures', () => {
  const told = [took('rae', 0, 60)];
  const less: Extent = { test: 500, likelihood: 500, bound: 10, codes: 1_000, components: 20 };
  const all = (0.25 + 0.5 + 0.1 + 0.125 * 0.25) / 4;
  expect(expectedSeconds([{ ...rae, extent: less }], told)).toBeCloseTo(60 * all);
  const only = { ...rae, extent: less, measures: ['bce', 'mmse'], exhibits: [] } as const;
  expect(expectedSeconds([only], told)).toBeCloseTo(60 * 0.25);
  const classified = { ...only, measures: ['err'] } as const;
  expect(expectedSeconds([classified], told)).toBeCloseTo(60 * ((0.25 + 0.125) / 2));
  const nothing = { ...only, measures: [] };
  expect(expectedSeconds([nothing], told)).toBeCloseTo(60);
  const none = { ...EXTENT, test: 0 };
  const recalled = { ...only, measures: ['recall-noise'], extent: none } as const;
  expect(expectedSeconds([recalled], [took('rae', 0, 60, { extent: none })])).toBeCloseTo(60);
});

test('what did not say how thoroughly it was measured was so as its budget says', () => {
  const { extent, ...older } = took('rae', 0, 60);
  expect(extent).toBeDefined();
  const standard = experimentOf('table-1').plan('standard').extent;
  expect(expectedSeconds([{ ...rae, extent: standard }], [older])).toBeCloseTo(60);
});

test('what another set took is asked only where nothing of the same set is known', () => {
  const small = took('rae', 0, 7, { dataset: 'fmnist-part' });
  expect(expectedSeconds([rae], [took('rae', 0, 60), small])).toBeCloseTo(60);
  expect(expectedSeconds([rae], [took('gvae', 0, 60), small])).toBeCloseTo(7);
});

test('what is not trained takes what measuring it took', () => {
  const pixels = cell('rae', { row: 'pixels', training: null });
  const told = [took('rae', 10, 60), took('pixels', 0, 3, { curve: null })];
  expect(expectedSeconds([pixels], told)).toBeCloseTo(3);
});

test('a model that several cells share is trained once', () => {
  const told = [took('rae', 10, 0)];
  const once = expectedSeconds([rae], told)!;
  expect(once).toBeGreaterThan(0);
  expect(expectedSeconds([rae, rae], told)).toBeCloseTo(once);
});
