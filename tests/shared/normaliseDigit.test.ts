import { describe, expect, it } from 'vitest';

import { normaliseDigit, onTheWay, placementOf } from '../../src/shared/normaliseDigit.ts';

/** A square drawing with ink wherever `on` says; x and y are pixel numbers. */
const drawing = (size: number, on: (x: number, y: number) => boolean | number) =>
  Float32Array.from({ length: size * size }, (_, p) => Number(on(p % size, Math.floor(p / size))));

function measure(digit: Float32Array) {
  let [mass, mx, my] = [0, 0, 0];
  let [left, right, top, bottom] = [28, 0, 28, 0];
  digit.forEach((value, p) => {
    const [x, y] = [p % 28, Math.floor(p / 28)];
    mass += value;
    mx += value * (x + 0.5);
    my += value * (y + 0.5);
    if (value < 0.5) return;
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  });
  return { mass, x: mx / mass, y: my / mass, width: right - left, height: bottom - top };
}

describe('a drawing as MNIST would have it', () => {
  it('is empty when nothing is drawn', () => {
    expect(normaliseDigit(new Float32Array(280 * 280))).toEqual(new Float32Array(784));
  });

  it('fits a rectangle to 20 pixels, keeps its proportions and centres it: exactly known', () => {
    // 100 × 50 of a 280² canvas, in a corner: becomes 20 × 10 about the middle, x 4 … 24, y 9 … 19.
    const digit = normaliseDigit(drawing(280, (x, y) => x >= 10 && x < 110 && y >= 200 && y < 250));
    const expected = Float32Array.from({ length: 784 }, (_, p) => {
      const [x, y] = [p % 28, Math.floor(p / 28)];
      return x >= 4 && x < 24 && y >= 9 && y < 19 ? 1 : 0;
    });
    digit.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 5));
  });

  it('puts the centre of mass, not of the box, in the middle', () => {
    // An upright T: its bar is heavy, so it moves down.
    const t = drawing(200, (x, y) =>
      y >= 20 && y < 40 ? x >= 60 && x < 140 : y < 140 && y >= 40 && x >= 90 && x < 110,
    );
    const { x, y, height } = measure(normaliseDigit(t));
    // Within a pixel ink counts at the pixel's centre, so a few hundredths remain; the box's middle would miss by 2.8.
    expect(x).toBeCloseTo(14, 1);
    expect(y).toBeCloseTo(14, 1);
    expect(height).toBeGreaterThanOrEqual(19);
    expect(height).toBeLessThanOrEqual(21);
  });

  it('does not depend on where and how large it is drawn', () => {
    const ring = (size: number, cx: number, cy: number, r: number) =>
      drawing(size, (x, y) => {
        const distance = Math.hypot(x + 0.5 - cx, (y + 0.5 - cy) * 0.8);
        return distance < r && distance > 0.75 * r;
      });
    const a = normaliseDigit(ring(400, 150, 150, 100));
    const b = normaliseDigit(ring(640, 400, 390, 180));
    a.forEach((value, p) => expect(Math.abs(value - b[p]!)).toBeLessThan(0.12));
  });

  it('keeps the ink: area grows with the square of the scale', () => {
    const blob = drawing(28, (x, y) => (x >= 9 && x < 19 && y >= 9 && y < 19 ? 0.8 : 0));
    const { mass } = measure(normaliseDigit(blob));
    expect(mass).toBeCloseTo(0.8 * 100 * 4, 2); // 10 → 20 pixels a side
  });

  it('pulls a lopsided drawing back so that nothing is cut off', () => {
    // A heavy blot with a thin tail: centring its mass alone would push the tail out.
    const blot = drawing(280, (x, y) =>
      x < 60 ? y >= 100 && y < 160 : x < 250 && y >= 128 && y < 131,
    );
    const { mass } = measure(normaliseDigit(blot));
    const scale = 20 / 250;
    expect(mass).toBeCloseTo((60 * 60 + 190 * 3) * scale * scale, 2);
  });

  it('does not blow a dot up to a blot', () => {
    const { width } = measure(normaliseDigit(drawing(280, (x, y) => x < 10 && y < 10)));
    expect(width).toBeLessThan(5);
    expect(width).toBeGreaterThan(0);
  });

  it('refuses what is no square', () => {
    expect(() => normaliseDigit(new Float32Array(785))).toThrow(RangeError);
  });
});

describe('the way of a drawing to its place', () => {
  const size = 56;
  const sheet = Float32Array.from({ length: size * size }, (_, i) =>
    i % size < 10 && Math.floor(i / size) < 14 ? 1 : 0,
  );
  it('begins as drawn, ends where the digit is seen, and moves all the way', () => {
    const placement = placementOf(sheet)!;
    expect(onTheWay(placement, size, 0)).toEqual({ x: 0, y: 0, side: 28 });
    const end = onTheWay(placement, size, 1);
    expect(end).toEqual({ x: placement.x, y: placement.y, side: size * placement.scale });
    // The ink (10 × 14 of 56) is 20 high there, its middle in the middle.
    expect((14 / size) * end.side).toBeCloseTo(20);
    expect(end.x + (5 / size) * end.side).toBeCloseTo(14);
    const sides = [0, 0.25, 0.5, 0.75, 1].map((t) => onTheWay(placement, size, t).side);
    expect(sides).toEqual(sides.toSorted((a, b) => a - b));
    expect(placementOf(new Float32Array(size * size))).toBeNull();
  });
});
