import { expect, test } from 'vitest';

import { cellsOf } from '../../src/experiments/cells.ts';
import { expectedSeconds, imagesOf } from '../../src/experiments/effort.ts';
import { experimentOf } from '../../src/experiments/experiments.ts';
import { cellResult } from '../helpers/labResults.ts';

const result = (
  row: string,
  training: number,
  measuring: number,
  numbers: Record<string, number>,
) =>
  cellResult({
    row,
    numbers,
    curve: { images: [100, 1_000], seconds: [1, 10], train: [5, 4], validation: [5, 4], more: {} },
    origin: { ...cellResult().origin, training, measuring },
  });

const cells = cellsOf(experimentOf('table-1'), 'quick');
const cell = (row: string) => cells.find((one) => one.row === row)!;

test('nobody knows how long what was never run takes', () => {
  expect(expectedSeconds(cells, [])).toBeNull();
  expect(expectedSeconds(cells, [{ ...result('rae', 1, 1, {}), state: 'diverged' }])).toBeNull();
});

test('training is by the image, measuring by the test image, each of its own row', () => {
  const rae = result('rae', 10, 50, { bce: 1, 'n.bce': 5_000, 'n.bound': 100 });
  const pdh = result('gncn-pdh', 100, 1, { 'n.bce': 1_000 });
  const images = imagesOf(cell('rae').training!);
  expect(expectedSeconds([cell('rae')], [rae, pdh])).toBeCloseTo(
    images / 100 + cell('rae').extent.test / 100,
  );
  // A row that was never run is taken for the mean of those that were.
  const other = imagesOf(cell('gvae').training!);
  expect(expectedSeconds([cell('gvae')], [rae, pdh])).toBeCloseTo(
    other * 0.055 + cell('gvae').extent.test * 0.0055,
  );
});

test('a model that several cells share is trained once', () => {
  const rae = result('rae', 10, 0, {});
  const once = expectedSeconds([cell('rae')], [rae])!;
  expect(once).toBeGreaterThan(0);
  expect(expectedSeconds([cell('rae'), cell('rae')], [rae])).toBeCloseTo(once);
});
