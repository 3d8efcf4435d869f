import { beforeAll, describe, expect, it, vi } from 'vitest';
import { colourOf, cssOf, LIGHT, unpack, UNKNOWN_CSS } from '../../src/viz/colour.ts';
import { columnLayout, neuronAt, neuronByKey } from '../../src/viz/columns.ts';
import type { HeatmapStyle } from '../../src/viz/heatmap.ts';
import { contestByColumn, paintHeatmap } from '../../src/viz/heatmap.ts';
import { paintPicture, pixelAt, pixelByKey } from '../../src/viz/picture.ts';
import { raster, scratchDocument } from '../helpers/raster.ts';

beforeAll(() => void vi.stubGlobal('document', scratchDocument));

/** Neighbours differ in colour, and so does each from the one its mirror image would be. */
const uneven = (count: number) => Float32Array.from({ length: count }, (_, i) => (i * 83) % 211);
const scale = { low: 0, high: 211 };
const style: HeatmapStyle = {
  ...{ map: LIGHT.activity, scale, grid: 'grid', ground: 'ground', contest: null },
  ...{ pinned: null, hovered: null, ink: 'ink', side: 'side' },
};

describe('a painted heatmap', () => {
  // Boxes in which a cell is a whole number of pixels: 20, 10 and 7.
  it.each([
    ['2·2 blocks', 24, 4, 138, 89, 20],
    ['3·2 blocks', 30, 6, 336, 40, 20],
    ['4·3 blocks, the last one short', 40, 12, 347, 60, 20],
    ['one block', 24, 0, 60, 40, 10],
    ['one block with an open end', 23, 0, 56, 21, 7],
  ])('shows every neuron where the pointer finds it: %s', (_, size, group, width, height, cell) => {
    const layout = columnLayout(size, group, width, height);
    expect(layout.cell).toBeCloseTo(cell, 9);
    const values = uneven(size);
    const { surface, at } = raster(width, height);
    paintHeatmap(surface, layout, values, style);
    const seen = new Set<number>();
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const neuron = neuronAt(layout, x + 0.5, y + 0.5);
        if (neuron === null || at(x, y) === 'grid') continue;
        expect([x, y, at(x, y)]).toEqual([
          x,
          y,
          cssOf(colourOf(values[neuron]!, scale, style.map)),
        ]);
        seen.add(neuron);
      }
    expect(seen.size).toBe(size);
  });

  it('has hairlines only in the last pixel of a cell that has a neighbour in its block', () => {
    const layout = columnLayout(24, 4, 138, 89);
    const { surface, at } = raster(138, 89);
    paintHeatmap(surface, layout, uneven(24), style);
    const hairlines = [];
    for (let x = 0; x < 138; x++) if (at(x, 5) === 'grid') hairlines.push(x);
    // Blocks begin at 0, 49 and 98; each has two cells of 20.
    expect(hairlines).toEqual([19, 68, 117]);
  });

  it('shows what is not finite in a colour that no value has', () => {
    const layout = columnLayout(4, 0, 16, 4);
    const { surface, at } = raster(16, 4);
    paintHeatmap(surface, layout, [0, NaN, Infinity, -Infinity], { ...style, scale: { low: 0, high: 1 } }); // prettier-ignore
    expect([at(1, 1), at(5, 1), at(9, 1), at(13, 1)]).toEqual([
      cssOf(LIGHT.activity.packed[0]!),
      UNKNOWN_CSS,
      UNKNOWN_CSS,
      UNKNOWN_CSS,
    ]);
    for (const map of [LIGHT.activity, LIGHT.signed, LIGHT.ink])
      expect([...map.packed]).not.toContain(map.unknown);
  });

  it('still frames the contests of columns beside one that is not finite', () => {
    expect([...contestByColumn([NaN, 2, 1, 1], 2)]).toEqual([0, 1]);
    expect([...contestByColumn([Infinity, 2, 1, 1], 2)]).toEqual([0, 1]);
  });
});

describe('a painted picture', () => {
  it.each([
    [28, 84],
    [5, 35],
    [7, 7],
  ])('of side %i in %i pixels shows every pixel where the pointer finds it', (side, size) => {
    const values = uneven(side * side);
    const { surface, at } = raster(size, size);
    paintPicture(surface, values, side, LIGHT.ink, scale, { x: 0, y: 0, width: size, height: size }); // prettier-ignore
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const pixel = pixelAt(x + 0.5, y + 0.5, size, side)!;
        expect([x, y, at(x, y)]).toEqual([x, y, cssOf(colourOf(values[pixel]!, scale, LIGHT.ink))]);
      }
  });

  it('lies in its box, and shows what is not finite', () => {
    const { surface, at } = raster(12, 12);
    paintPicture(surface, [0, NaN, 1, 0], 2, LIGHT.ink, { low: 0, high: 1 }, { x: 2, y: 4, width: 8, height: 8 }); // prettier-ignore
    const [paper, ink] = [cssOf(LIGHT.ink.packed[0]!), cssOf(LIGHT.ink.packed[255]!)];
    expect([at(1, 5), at(2, 4), at(6, 4), at(5, 8), at(9, 11), at(2, 3), at(2, 12)]).toEqual(['', paper, UNKNOWN_CSS, ink, paper, '', '']); // prettier-ignore
  });
});

describe('colours of signed values', () => {
  it('are blue below zero and orange above, the stronger the further', () => {
    const of = (value: number) => unpack(colourOf(value, { low: -2, high: 2 }, LIGHT.signed));
    const warmth = [-2, -1, -0.5, 0, 0.5, 1, 2].map((value) => of(value)[0] - of(value)[2]);
    expect(warmth[0]).toBeLessThan(-90);
    expect(Math.abs(warmth[3]!)).toBeLessThan(10);
    expect(warmth.at(-1)).toBeGreaterThan(90);
    expect(warmth[2]).toBeLessThan(0);
    expect(warmth[4]).toBeGreaterThan(0);
  });

  it('run through the anchors of the map at equal distances, and evenly between them', () => {
    expect(unpack(LIGHT.ink.packed[0]!)).toEqual([255, 255, 255]);
    expect(unpack(LIGHT.ink.packed[255]!)).toEqual([24, 31, 46]);
    // A third of the way: 255 − (255 − 24)/3 …
    expect(unpack(LIGHT.ink.packed[85]!)).toEqual([178, 180, 185]);
  });
});

describe('arrow keys', () => {
  it('lead from pixel to pixel and stop at the edge', () => {
    expect(pixelByKey(4, null, 'ArrowLeft')).toBe(9);
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => pixelByKey(4, 5, key))).toEqual([4, 6, 1, 9]); // prettier-ignore
    expect(pixelByKey(4, 3, 'ArrowRight')).toBe(3);
    expect(pixelByKey(4, 3, 'x')).toBeNull();
  });

  it('lead from neuron to neuron, over the gaps between blocks', () => {
    const layout = columnLayout(24, 4, 138, 89);
    // Blocks of 2·2, three in a row: right of 1 lies 4, below 2 lies 12.
    expect([neuronByKey(layout, 0, 'ArrowRight'), neuronByKey(layout, 1, 'ArrowRight')]).toEqual([1, 4]); // prettier-ignore
    expect([neuronByKey(layout, 0, 'ArrowDown'), neuronByKey(layout, 2, 'ArrowDown')]).toEqual([2, 12]); // prettier-ignore
    expect([neuronByKey(layout, 0, 'ArrowUp'), neuronByKey(layout, null, 'ArrowUp')]).toEqual([0, 0]); // prettier-ignore
    expect(neuronByKey(layout, 0, 'Enter')).toBeNull();
  });
});
