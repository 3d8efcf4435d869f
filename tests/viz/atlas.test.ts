import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atlasLayout,
  blockedLayout,
  gridBox,
  gridItemAt,
  itemByKey,
  orderInGroups,
} from '../../src/viz/atlas.ts';
import { LIGHT, unpack, UNKNOWN_CSS } from '../../src/viz/colour.ts';
import { featureLayout, paintFeatures } from '../../src/viz/features.ts';
import {
  fieldLimits,
  paintActivityFrames,
  paintAtlas,
  sheetColours,
} from '../../src/viz/fieldSheet.ts';
import { raster } from '../helpers/raster.ts';

const layouts = fc
  .record({
    count: fc.integer({ min: 1, max: 400 }),
    items: fc.integer({ min: 2, max: 40 }),
    width: fc.integer({ min: 120, max: 700 }),
    blocked: fc.boolean(),
  })
  .map(({ count, items, width, blocked }) => ({
    count,
    layout: blocked ? blockedLayout(count, items, width, 4, 7) : atlasLayout(count, width, 40, 4),
  }));

describe('the grid of the atlas', () => {
  it('finds every field again by the pointer, in blocks or not', () => {
    fc.assert(
      fc.property(layouts, ({ count, layout }) => {
        for (let i = 0; i < count; i++) {
          const { x, y, width, height } = gridBox(layout, i);
          expect(gridItemAt(layout, count, x + width / 2, y + height / 2)).toBe(i);
          expect(y + height).toBeLessThanOrEqual(layout.height + 1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is walked by arrow keys: never out of it, and right and left lead back', () => {
    fc.assert(
      fc.property(layouts, fc.nat(), ({ count, layout }, seed) => {
        const item = seed % count;
        for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']) {
          const next = itemByKey(layout, count, item, key)!;
          expect(next).toBeGreaterThanOrEqual(0);
          expect(next).toBeLessThan(count);
          if (key === 'ArrowDown' && next !== item)
            expect(gridBox(layout, next).y).toBeGreaterThan(gridBox(layout, item).y);
          if (key === 'ArrowUp' && next !== item)
            expect(gridBox(layout, next).y).toBeLessThan(gridBox(layout, item).y);
        }
        expect(itemByKey(layout, count, item, 'x')).toBeNull();
      }),
    );
  });

  it('orders the members of each group by activity', () => {
    expect(orderInGroups([1, 3, 2, 0, 0, 5], 6, 3)).toEqual([1, 2, 0, 5, 3, 4]);
  });
});

/** Four fields of 2·2 pixels; field n is zero but for pixel n, which is n + 1. */
const fields = {
  neurons: 4,
  pixels: 4,
  values: Float32Array.from({ length: 16 }, (_, i) =>
    i % 4 === Math.floor(i / 4) ? 1 + Math.floor(i / 4) : 0,
  ),
};

describe('the sheet of fields', () => {
  it('holds every field in its square, coloured by its scale', () => {
    expect([...fieldLimits(fields)]).toEqual([1, 2, 3, 4]);
    const map = LIGHT.signed;
    const own = sheetColours(fields, map, (n) => n + 1);
    expect([own.width, own.height]).toEqual([4, 4]);
    // Field n is at column n % 2, row n / 2 of the sheet; its pixel n there is the strongest.
    const strongest = (n: number) => (Math.floor(n / 2) * 2 + (n >> 1)) * 4 + (n % 2) * 2 + (n % 2);
    for (let n = 0; n < 4; n++) expect(own.packed[strongest(n)]).toBe(map.packed[255]);
    const layer = sheetColours(fields, map, () => 4);
    expect(layer.packed[strongest(3)]).toBe(map.packed[255]);
    expect(layer.packed[strongest(0)]).toBe(map.packed[Math.round((5 / 8) * 255)]);
    expect(layer.packed[1]).toBe(map.packed[128]);
  });

  it('is copied from in the order of the atlas', () => {
    const { surface, copies } = raster(50, 50);
    const layout = atlasLayout(4, 22, 10, 2);
    paintAtlas(surface, layout, [3, 0, 1, 2], {} as HTMLCanvasElement, fields);
    expect(copies[0]).toEqual([2, 2, 2, 2, 0, 0, 10, 10]);
    expect(copies[1]).toEqual([0, 0, 2, 2, 12, 0, 10, 10]);
  });

  it('is framed where neurons are active, and where one is pinned', () => {
    const { surface, at } = raster(60, 60);
    const layout = { ...atlasLayout(4, 44, 20, 4), left: 6 };
    const style = { map: LIGHT.activity, pinned: 'violet', line: 2 };
    paintActivityFrames(surface, layout, [0, 1, 2, 3], [0, 1, 0, 0], 1, 2, style);
    const [r, g, b] = unpack(LIGHT.activity.packed[255]!);
    expect(at(29, 10)).toBe(`rgb(${r}, ${g}, ${b})`);
    expect(at(5, 10)).toBe('');
    expect(at(5, 34)).toBe('violet');
    paintActivityFrames(surface, layout, [0, 1, 2, 3], [NaN, 0, 0, 0], 1, null, style);
    expect(at(5, 10)).toBe(UNKNOWN_CSS);
  });
});

describe('features', () => {
  it('have room for a number below each row', () => {
    const layout = featureLayout(atlasLayout(12, 310, 50, 5), 14);
    const [first, below] = [gridBox(layout, 0), gridBox(layout, layout.across)];
    expect(below.y - first.y).toBeCloseTo(layout.side + 5 + 14);
    expect(gridItemAt(layout, 12, 5, below.y + 5)).toBe(layout.across);
    expect(gridItemAt(layout, 12, 5, first.height + 8)).toBeNull();
  });

  it('are nothing where there are none', () => {
    const { surface, texts } = raster(10, 10);
    const layout = featureLayout(atlasLayout(1, 10, 10), 2);
    const style = { ink: '', soft: '', panel: '', font: '', fontSize: 9 };
    paintFeatures(surface, layout, [], { stage: 1, selected: null }, LIGHT.signed, style);
    expect(texts).toEqual([]);
  });
});
