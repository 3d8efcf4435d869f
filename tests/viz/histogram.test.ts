import { describe, expect, it } from 'vitest';
import { activityHistogram, countTicks, paintHistogram } from '../../src/viz/histogram.ts';
import { paintShares } from '../../src/viz/shares.ts';
import { fakeSurface } from '../helpers/surface.ts';
import { raster } from '../helpers/raster.ts';

describe('shares of active neurons', () => {
  const style = { ink: 'ink', line: 'line', panel: 'panel' };

  it('are bars from 0 to 1, with the paper’s mark and hollow bars for comparison', () => {
    // 102 wide: 0 … 100 is 0 … 1. Two rows of 50: bars from 8 to 24, comparison from 26 to 42; alone from 67 to 83.
    const { surface, at } = raster(102, 100);
    const [now, without, paper] = [0.4, 0.8, 0.2];
    paintShares(
      surface,
      [
        { now, without, paper, colour: 'teal' },
        { now: 0.1, without: null, paper: null, colour: 'green' },
      ],
      style,
    );
    expect([at(30, 16), at(45, 16), at(20, 16)]).toEqual(['teal', '', 'ink']);
    expect([at(40, 34), at(79, 34), at(85, 34)]).toEqual(['panel', 'teal', '']);
    expect([at(5, 75), at(15, 75)]).toEqual(['green', '']);
    expect([at(5, 64), at(5, 69), at(5, 81), at(5, 86)]).toEqual(['', 'green', 'green', '']);
  });
});

describe('the histogram of activity', () => {
  const style = {
    ...{ soft: 'soft', line: 'line', font: 'x', fontSize: 10 },
    ...{ silent: 'silent', active: 'active', other: 'other', silentName: 'silent' },
  };
  const area = { left: 0, right: 84, top: 0, bottom: 100 };

  it('stands on zero, with logarithmic heights', () => {
    // Bins of 10 pixels after 32 of the silent neurons: 84 = (5.2 + 3.2) · 10.
    const { surface, at } = raster(84, 110);
    const histogram = { silent: 99, counts: [9, 0, 0, 0, 0.2], width: 1, unknown: 0 };
    paintHistogram(surface, area, histogram, null, style);
    // log(1 + 9) is half of log(1 + 99).
    expect([at(36, 55), at(36, 45)]).toEqual(['active', '']);
    expect([at(10, 2), at(46, 97)]).toEqual(['silent', '']);
  });

  it('shows another one as lines of the same scale', () => {
    const { surface, at } = raster(84, 110);
    const histogram = { silent: 9, counts: [0, 0, 0, 0, 0.2], width: 1, unknown: 0 };
    paintHistogram(
      surface,
      area,
      histogram,
      { silent: 99, counts: [0, 9], width: 1, unknown: 0 },
      style,
    );
    expect([at(10, 0), at(46, 50), at(46, 80)]).toEqual(['other', 'other', '']);
  });

  it('counts every neuron once: silent, or in the bin of its activity', () => {
    const values = [0, -1, 0.1, 0.24, 0.26, 1, 3];
    // What is above the end counts in the last bin.
    const expected = { silent: 2, counts: [2, 1, 0, 2], width: 0.25, unknown: 0 };
    expect(activityHistogram(values, 4, 1)).toEqual(expected);
    expect(activityHistogram([0.5, 2], 4)).toEqual({ ...expected, silent: 0, counts: [0, 1, 0, 1], width: 0.5 }); // prettier-ignore
    expect(activityHistogram([0, 0], 2)).toEqual({ ...expected, counts: [0, 0], width: 1 });
  });

  it('writes its numbers where bars of that activity begin', () => {
    const canvas = fakeSurface(84, 110);
    const histogram = { silent: 9, counts: [9, 9, 9, 9, 9], width: 1, unknown: 0 };
    paintHistogram(canvas.surface, area, histogram, null, style);
    const bars = canvas.marks.filter(({ colour }) => colour === 'active');
    const numbers = canvas.marks.filter(
      ({ kind, text }) => kind === 'text' && /^[1-5]\.0$/.test(text),
    );
    expect(numbers.map(({ text }) => text)).toEqual(['2.0', '4.0']);
    for (const { text, points } of numbers)
      expect(points[0]![0]).toBeCloseTo(bars[Number(text)]!.box![0], 9);
  });

  it('has ticks a logarithm spaces evenly', () => {
    expect(countTicks(360)).toEqual([0, 1, 10, 100]);
    expect(countTicks(0.5)).toEqual([0, 1]);
  });
});
