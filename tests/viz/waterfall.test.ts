import { describe, expect, it } from 'vitest';
import { paintWaterfall, reach, runningBars } from '../../src/viz/waterfall.ts';
import { raster } from '../helpers/raster.ts';

describe('the waterfall of a sum', () => {
  it('begins every bar where the one before ended, and ends at the sum', () => {
    expect(runningBars([2, -3, 0.5])).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: -1 },
      { from: -1, to: -0.5 },
    ]);
    expect(reach([2, -3, 0.5])).toEqual([1, 2]);
    expect(reach([])).toEqual([0, 0]);
  });

  it('paints terms in their colours at their place, and the sum last', () => {
    // 102 wide: 1 … 101 is −2 … 2, so that zero lies at 51 and a unit is 25 wide. Three rows of 30.
    const { surface, at } = raster(102, 90);
    const terms = [
      { value: 2, colour: 'red' },
      { value: -3, colour: 'blue' },
    ];
    paintWaterfall(surface, terms, [2, 2], { sum: 'black', line: 'grey' });
    const row = (y: number) => [10, 40, 60, 90].map((x) => at(x, y));
    expect(row(15)).toEqual(['', '', 'red', 'red']);
    expect(row(45)).toEqual(['', 'blue', 'blue', 'blue']);
    expect(row(75)).toEqual(['', 'black', '', '']);
    expect(at(51, 1)).toBe('grey');
  });

  it('keeps room on both sides of zero, and what is beyond the scale inside', () => {
    const { surface, at } = raster(100, 20);
    paintWaterfall(surface, [{ value: 9, colour: 'red' }], [0, 1], { sum: 'black', line: 'grey' });
    expect(at(98, 5)).toBe('red');
    expect(at(5, 5)).toBe('');
    expect(at(60, 15)).toBe('black');
  });
});
