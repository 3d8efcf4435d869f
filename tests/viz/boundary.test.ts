import { expect, test } from 'vitest';

import type { Surface } from '../../src/viz/canvas.ts';
import { paintBoundary } from '../../src/viz/picture.ts';

test('the boundary runs between the columns where seeing ends, and nowhere else', () => {
  const lines: [number, number, number, number][] = [];
  let from: [number, number] = [0, 0];
  const context = {
    beginPath: () => {},
    stroke: () => {},
    moveTo: (x: number, y: number) => void (from = [x, y]),
    lineTo: (x: number, y: number) => void lines.push([...from, x, y]),
  };
  const mask = Uint8Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 1 : 0));
  paintBoundary({ context, width: 40, height: 40 } as unknown as Surface, mask, 4, 'red');
  expect(lines).toEqual([
    [20, 0, 20, 10],
    [20, 10, 20, 20],
    [20, 20, 20, 30],
    [20, 30, 20, 40],
  ]);
});
