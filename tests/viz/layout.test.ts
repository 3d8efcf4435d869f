import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/viz/columns.ts';
import {
  blockBox,
  blockShape,
  cellBox,
  columnLayout,
  neuronAt,
  stageColumns,
} from '../../src/viz/columns.ts';
import { hierarchyLayout } from '../../src/viz/hierarchy.ts';
import { atlasLayout, gridBox, gridItemAt, gridLayout, orderBy } from '../../src/viz/atlas.ts';

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width - 1e-6 &&
  b.x < a.x + a.width - 1e-6 &&
  a.y < b.y + b.height - 1e-6 &&
  b.y < a.y + a.height - 1e-6;

describe('blocks of competing neurons', () => {
  it('have the shapes of the design: 12 as 4×3, 18 as 6×3', () => {
    expect(blockShape(12)).toEqual([4, 3]);
    expect(blockShape(18)).toEqual([6, 3]);
    expect(blockShape(16)).toEqual([4, 4]);
    const [across, down] = blockShape(7);
    expect(across * down).toBeGreaterThanOrEqual(7);
    expect(across / down).toBeLessThan(3);
  });

  const layouts = fc
    .record({
      size: fc.integer({ min: 1, max: 400 }),
      group: fc.integer({ min: 0, max: 40 }),
      width: fc.integer({ min: 60, max: 600 }),
      height: fc.integer({ min: 40, max: 400 }),
    })
    .map(({ size, group, width, height }) => ({
      layout: columnLayout(size, group, width, height),
      size,
      width,
      height,
    }));

  it('stay inside their box, for any layer', () => {
    fc.assert(
      fc.property(layouts, ({ layout, size, width, height }) => {
        expect(layout.cell).toBeGreaterThan(0);
        for (let i = 0; i < size; i++) {
          const { x, y, width: w, height: h } = cellBox(layout, i);
          expect(x + w).toBeLessThanOrEqual(width + 1e-6);
          expect(y + h).toBeLessThanOrEqual(height + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found again by the pointer, every neuron of them', () => {
    fc.assert(
      fc.property(layouts, ({ layout, size }) => {
        for (let i = 0; i < size; i++) {
          const { x, y, width, height } = cellBox(layout, i);
          expect(neuronAt(layout, x + width / 2, y + height / 2)).toBe(i);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('do not overlap, and nobody is between them', () => {
    const layout = columnLayout(360, 12, 183, 117);
    for (let a = 0; a < 30; a++)
      for (let b = 0; b < a; b++)
        expect(overlap(blockBox(layout, a), blockBox(layout, b))).toBe(false);
    const { x, width, y } = blockBox(layout, 0);
    expect(neuronAt(layout, x + width + layout.gap / 2, y + 1)).toBeNull();
    expect(neuronAt(layout, -1, 5)).toBeNull();
    expect(neuronAt(layout, 5, 1e4)).toBeNull();
  });

  it('are one block where nobody competes', () => {
    expect(columnLayout(360, 0, 180, 110).blocks).toEqual([1, 1]);
    expect(columnLayout(360, 1, 180, 110).blocks).toEqual([1, 1]);
  });
});

describe('the hierarchy', () => {
  const base = {
    width: 672,
    height: 520,
    sizes: [784, 360, 360, 360],
    groups: [12, 12, 18],
    auxiliary: true,
    density: 'numbers',
    line: 15,
  } as const;
  const story = { ...base, width: 564, height: 572, density: 'story' } as const;

  it.each([1, 2, 3, 4, 6])('has room for %i layers, nothing overlapping', (layers) => {
    for (const density of ['story', 'numbers'] as const)
      for (const [width, height] of [
        [672, 520],
        [1260, 880],
        [366, null],
      ] as const) {
        const sizes = [784, ...Array.from({ length: layers }, () => 360)];
        const groups = sizes.slice(1).map(() => 12);
        const layout = hierarchyLayout({ ...base, density, width, height, sizes, groups });
        expect(layout.rows.map(({ layer }) => layer)).toEqual(
          Array.from({ length: layers + 1 }, (_, i) => layers - i),
        );
        const boxes = layout.rows.flatMap((r) =>
          [r.label, r.belief, r.prediction, r.state, r.error].filter((box) => box !== null),
        );
        boxes.forEach((a, i) =>
          boxes.slice(0, i).forEach((b) => expect(overlap(a, b)).toBe(false)),
        );
        for (const { x, width: w } of [...boxes, ...layout.headings]) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + w).toBeLessThanOrEqual(width + 1e-6);
        }
        const last = layout.rows.at(-1)!.error;
        const below = density === 'story' && layout.terse ? 0 : base.line;
        expect(last.y + last.height + below).toBeLessThanOrEqual(layout.height + 1e-6);
        if (height !== null && layers <= 4) expect(layout.height).toBeLessThanOrEqual(height + 1);
      }
  });

  it('has cells of 8 px in Story at 1280×800, beliefs of 72 at least, and says what Numbers reach', () => {
    expect(hierarchyLayout(story).cell).toBe(8);
    for (const { belief } of hierarchyLayout(story).rows.slice(0, 3))
      expect(belief!.width).toBeGreaterThanOrEqual(72);
    expect(hierarchyLayout(base).cell).toBe(7);
    expect(hierarchyLayout({ ...base, width: 760, height: 570 }).cell).toBe(8);
    expect(hierarchyLayout({ ...story, width: 1000, height: 850 }).cell).toBeGreaterThan(11);
  });

  it('keeps every neuron its place, in any room and density', () => {
    const inputs = [story, base, { ...base, width: 366, height: null }, { ...story, width: 1400, height: 900, line: 22 }]; // prettier-ignore
    const shapes = inputs.map((input) =>
      hierarchyLayout(input).rows.map(({ columns }) => columns && [columns.block, columns.blocks]),
    );
    for (const shape of shapes) expect(shape).toEqual(shapes[0]);
    // 12 and 18 neurons a column: both layers are 24 cells across and 15 down.
    expect(shapes[0]![0]).toEqual([[6, 3], [4, 5]]); // prettier-ignore
    expect(shapes[0]![2]).toEqual([[4, 3], [6, 5]]); // prettier-ignore
    expect(stageColumns(360, 0, 8)).toMatchObject({ block: [24, 15], width: 192, height: 120 });
  });

  it('gives the tiles of a layer one size, and whole pixels to each cell', () => {
    for (const input of [story, base])
      for (const { prediction, state, error, columns } of hierarchyLayout(input).rows) {
        if (columns === null) continue;
        const sizes = [prediction, state, error].flatMap((box) => (box === null ? [] : [[box.width, box.height]])); // prettier-ignore
        for (const size of sizes) expect(size).toEqual([columns.width, columns.height]);
        for (const { x, y } of [state, error, cellBox(columns, 137)])
          expect([x % 1, y % 1]).toEqual([0, 0]);
      }
  });

  it('has an arrow for every message: down, up, sideways, and past a layer in PDH', () => {
    const count = (flow: string, input: Parameters<typeof hierarchyLayout>[0] = base) =>
      hierarchyLayout(input).arrows.filter((arrow) => arrow.flow === flow).length;
    for (const input of [base, story])
      expect(['down', 'up', 'side', 'skip'].map((flow) => count(flow, input))).toEqual([3, 3, 3, 2]); // prettier-ignore
    const plain = { ...base, auxiliary: false, groups: [0, 0, 0] };
    expect([count('side', plain), count('skip', plain)]).toEqual([0, 0]);
  });

  it.each([
    ['story', story],
    ['numbers', base],
  ] as const)('lets predictions go down and errors up: %s', (_, input) => {
    // prettier-ignore
    const ends = (path: string) => {
      const numbers = path.match(/-?[\d.]+/g)!.map(Number);
      return [numbers[1]!, numbers.at(-1)!] as const;
    };
    for (const { flow, path } of hierarchyLayout(input).arrows) {
      const [from, to] = ends(path);
      if (flow === 'down' || flow === 'skip') expect(to).toBeGreaterThan(from);
      if (flow === 'up') expect(to).toBeLessThan(from);
    }
  });

  /** The straight pieces of an arrow, as boxes without a width or a height. */
  const pieces = (path: string): Box[] => {
    const numbers = path.match(/[A-Z][^A-Z]*/g)!.map((piece) => piece.match(/-?[\d.]+/g)!.map(Number).slice(-2)); // prettier-ignore
    return numbers.slice(1).map(([x1, y1], i) => {
      const [x0, y0] = numbers[i]!;
      return { x: Math.min(x0!, x1!), y: Math.min(y0!, y1!), width: Math.abs(x1! - x0!), height: Math.abs(y1! - y0!) }; // prettier-ignore
    });
  };

  it.each([
    ['1024×768', { width: 430, height: 400 }],
    ['a phone', { width: 366, height: null }],
    ['little networks at 1280×800', { width: 600, height: 470 }],
  ])('lets no prediction and no error pass through words: %s', (_, room) => {
    for (const sizes of [
      [784, 64, 64, 20],
      [784, 360, 360, 360],
      [784, 30, 10],
    ]) {
      // prettier-ignore
      const groups = sizes.slice(1).map(() => 8);
      const { rows, arrows } = hierarchyLayout({ ...base, ...room, sizes, groups });
      const captions = rows.map(({ state }) => ({
        ...{ x: state.x, y: state.y + state.height + 1 },
        ...{ width: 6.2 * base.line, height: base.line - 2 },
      }));
      const words = [...rows.map(({ label }) => label), ...captions];
      for (const { flow, path } of arrows.filter((arrow) => arrow.flow !== 'side'))
        for (const piece of pieces(path))
          for (const box of words)
            expect(overlap(piece, box), `${flow} ${path} ${JSON.stringify(box)}`).toBe(false);
    }
  });

  it('puts belief, prediction, state and error from left to right, in columns', () => {
    for (const input of [base, story]) {
      const { rows } = hierarchyLayout(input);
      for (const { belief, prediction, state, error, layer } of rows) {
        if (layer === 0) continue;
        const row = [belief, prediction, state, error].filter((box) => box !== null);
        row.slice(1).forEach(({ x }, i) => expect(row[i]!.x + row[i]!.width).toBeLessThan(x));
      }
      expect(new Set(rows.map(({ error }) => error.x)).size).toBe(1);
    }
  });
});

describe('grids of pictures', () => {
  it('fit into their box as large as they can', () => {
    const layout = gridLayout(36, 600, 600, 6);
    expect(layout.across).toBe(6);
    expect(layout.height).toBeLessThanOrEqual(600);
    expect(layout.side).toBe(Math.floor((600 - 30) / 6));
    expect(gridLayout(1, 300, 100).side).toBe(100);
  });

  it('find the picture under the pointer', () => {
    const layout = atlasLayout(360, 312, 36, 3);
    for (const item of [0, 1, layout.across, 359]) {
      const { x, y, width } = gridBox(layout, item);
      expect(gridItemAt(layout, 360, x + width / 2, y + width / 2)).toBe(item);
    }
    expect(gridItemAt(layout, 360, layout.side + 1, 5)).toBeNull();
    const beyond = gridBox(layout, 360);
    expect(gridItemAt(layout, 360, beyond.x + 2, beyond.y + 2)).toBeNull();
  });

  it('are sorted by falling value, equals in their own order', () => {
    expect(orderBy([1, 3, 1, 2], 4)).toEqual([1, 3, 0, 2]);
    expect(orderBy(null, 3)).toEqual([0, 1, 2]);
  });
});
