import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Surface } from '../../src/viz/canvas.ts';
import { mapClasses, mapFrame, paintMap, pointAt, pointByKey } from '../../src/viz/latentMap.ts';

const points = Float32Array.of(0, 0, 4, 0, 0, 2, 4, 2, 2, 1);
const LOOK = { hues: ['#ff0000', '#0000ff'], ink: '#000000', soft: '#888888', ground: '#ffffff', font: 'sans-serif', fontSize: 12 }; // prettier-ignore

test('both axes have one scale, y points up, and every point lies inside', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 40 }),
      fc.integer({ min: 60, max: 400 }),
      fc.integer({ min: 60, max: 400 }),
      (values, width, height) => {
        const some = Float32Array.from(values.slice(0, 2 * (values.length >> 1)));
        const frame = mapFrame(some, width, height);
        expect(frame.x(1) - frame.x(0)).toBeCloseTo(frame.y(0) - frame.y(1), 6);
        expect(frame.y(1)).toBeLessThan(frame.y(0));
        for (let i = 0; i < some.length; i += 2) {
          expect(frame.x(some[i]!)).toBeGreaterThan(0);
          expect(frame.x(some[i]!)).toBeLessThan(width);
          expect(frame.y(some[i + 1]!)).toBeGreaterThan(0);
          expect(frame.y(some[i + 1]!)).toBeLessThan(height);
        }
      },
    ),
  );
});

test('the pointer finds the dot that lies there, and none far from all', () => {
  const frame = mapFrame(points, 300, 200);
  for (let i = 0; i < 5; i++) {
    const [x, y] = [frame.x(points[2 * i]!), frame.y(points[2 * i + 1]!)];
    expect(pointAt(points, frame, x + 3, y - 2, 8)).toBe(i);
  }
  expect(pointAt(points, frame, frame.x(1), frame.y(0.1), 8)).toBeNull();
});

test('arrow keys lead to the nearest dot in their direction, and stay where there is none', () => {
  expect(pointByKey(points, 0, 'ArrowUp')).toBe(2);
  expect(pointByKey(points, 0, 'ArrowRight')).toBe(4); // nearer than the one straight ahead
  expect(pointByKey(points, 3, 'ArrowLeft')).toBe(4);
  expect(pointByKey(points, 3, 'ArrowDown')).toBe(1);
  expect(pointByKey(points, 3, 'ArrowRight')).toBe(3);
  expect(pointByKey(points, 0, 'Tab')).toBeNull();
});

test('a class is named where the middle of its dots lies; without labels there are none', () => {
  const labels = Uint8Array.of(0, 0, 1, 1, 0);
  expect(mapClasses(points, labels, ['nought', 'one'])).toEqual([
    { label: 0, name: 'nought', count: 3, x: 2, y: 0 },
    { label: 1, name: 'one', count: 2, x: 4, y: 2 },
  ]);
  expect(mapClasses(points, null, ['nought'])).toEqual([]);
});

/** A canvas that remembers dots and words, with their colours. */
function recorded() {
  const dots: { x: number; y: number; colour: string }[] = [];
  const names: { text: string; y: number }[] = [];
  let path: { x: number; y: number }[] = [];
  const context = {
    fillStyle: '',
    beginPath: () => void (path = []),
    moveTo: () => undefined,
    arc: (x: number, y: number) => void path.push({ x, y }),
    fill: () => void dots.push(...path.map((at) => ({ ...at, colour: context.fillStyle }))),
    strokeText: () => undefined,
    fillText: (text: string, _: number, y: number) => void names.push({ text, y }),
  };
  const surface = { context, width: 300, height: 200, ratio: 1 } as unknown as Surface;
  return { surface, dots, names };
}

test('every dot has the colour of its class, at its place; what stands out is painted last', () => {
  const labels = Uint8Array.of(0, 0, 1, 1, 0);
  const { surface, dots, names } = recorded();
  const frame = mapFrame(points, 300, 200);
  const classes = mapClasses(points, labels, ['0', '1']);
  paintMap(surface, { points, labels }, classes, frame, LOOK, { lit: 0, named: false });
  expect(names).toEqual([]);
  expect(dots).toHaveLength(5);
  labels.forEach((label, i) => {
    const [x, y] = [frame.x(points[2 * i]!), frame.y(points[2 * i + 1]!)];
    expect(dots).toContainEqual({ x, y, colour: LOOK.hues[label] });
  });
  expect(dots.slice(2).every(({ colour }) => colour === LOOK.hues[0])).toBe(true);
});

test('dots without labels are grey', () => {
  const { surface, dots } = recorded();
  paintMap(surface, { points, labels: null }, [], mapFrame(points, 300, 200), LOOK, { lit: null, named: true }); // prettier-ignore
  expect(dots.map(({ colour }) => colour)).toEqual(Array(5).fill(LOOK.soft));
});

test('names that would lie on each other are moved apart, however many there are', () => {
  const crowd = Float32Array.from({ length: 2 * 20 }, () => 1);
  const labels = Uint8Array.from({ length: 20 }, (_, i) => i);
  const { surface, names } = recorded();
  const classes = mapClasses(crowd, labels, []);
  paintMap(surface, { points: crowd, labels }, classes, mapFrame(crowd, 300, 200), LOOK, { lit: null, named: true }); // prettier-ignore
  const sorted = names.map(({ y }) => y).sort((a, b) => a - b);
  expect(sorted).toHaveLength(20);
  for (let i = 1; i < 20; i++) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThan(11.9);
});
