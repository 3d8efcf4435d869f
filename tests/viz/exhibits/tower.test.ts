import { expect, test } from 'vitest';

import { cellAt, cellOf } from '../../../src/viz/exhibits/cells.ts';
import { rateAt, rateGrab } from '../../../src/viz/exhibits/rateGauge.ts';
import { tableOf, towerOf } from '../../../src/viz/exhibits/tower.ts';

const BOX = { x: 10, y: 20, width: 500, height: 560 };

test.each([0, 11, 20])(
  'the layers of a tower lie in their box, the label on top, none over another (type %d)',
  (type) => {
    const storeys = towerOf(BOX, 4, type);
    expect(storeys.map(({ layer }) => layer)).toEqual([0, 1, 2, 3, 4]);
    storeys.forEach(({ values, errors }, layer) => {
      for (const box of errors ? [values, errors] : [values]) {
        expect(box.x).toBeGreaterThanOrEqual(BOX.x);
        expect(box.x + box.width).toBeLessThanOrEqual(BOX.x + BOX.width);
        expect(box.y + box.height).toBeLessThanOrEqual(BOX.y + BOX.height + 1e-9);
      }
      if (errors) expect(errors.x).toBeGreaterThan(values.x + values.width);
      const above = storeys[layer + 1];
      if (above) expect(above.values.y + above.values.height).toBeLessThan(values.y);
    });
    expect(storeys[0]!.errors).toBeNull();
    expect(storeys[0]!.values.width).toBe(storeys[0]!.values.height);
  },
);

test('a hand finds the cell that is painted there', () => {
  const cells = { box: BOX, ...tableOf(BOX, 64) };
  expect(cells.rows * cells.columns).toBe(64);
  for (const index of [0, 7, 8, 63]) {
    const { x, y, width, height } = cellOf(cells, index);
    expect(cellAt(cells, x + width / 2, y + height / 2)).toBe(index);
  }
  expect(cellAt(cells, BOX.x - 1, BOX.y + 5)).toBeNull();
  expect(cellAt(cells, BOX.x + 5, BOX.y + BOX.height + 1)).toBeNull();
});

test('cells are as near to squares as their number allows', () => {
  expect(tableOf({ width: 400, height: 100 }, 64)).toEqual({ rows: 4, columns: 16 });
  expect(tableOf({ width: 100, height: 100 }, 64)).toEqual({ rows: 8, columns: 8 });
  expect(tableOf({ width: 500, height: 20 }, 10)).toEqual({ rows: 1, columns: 10 });
});

test('the gauge gives rates that its control can have, in ratios', () => {
  const gauge = { x: 0, y: 0, width: 400, height: 36 };
  expect(rateAt(gauge, -50)).toBe(0.01);
  expect(rateAt(gauge, 400)).toBe(1);
  expect(rateAt(gauge, 200)).toBeCloseTo(Math.sqrt(0.01 * 2), 2);
  const grab = rateGrab({ x: 100, y: 10 }, gauge);
  expect(grab?.move({ x: 200, y: 300 })).toEqual({
    kind: 'values',
    values: { rate: rateAt(gauge, 200) },
  });
  expect(rateGrab({ x: 100, y: 40 }, gauge)).toBeNull();
});
