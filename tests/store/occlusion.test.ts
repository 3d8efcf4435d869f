import { describe, expect, it } from 'vitest';
import {
  hiddenError,
  hiddenInk,
  OCCLUSIONS,
  paintMask,
  PIXELS,
  presetMask,
  SIDE,
} from '../../src/store/occlusion.ts';

const hiddenCount = (mask: Uint8Array | null) => mask?.filter((m) => m === 0).length ?? 0;

describe('occlusion presets', () => {
  it.each([
    ['right', (_: number, column: number) => column >= 14],
    ['left', (_: number, column: number) => column < 14],
    ['top', (row: number) => row < 14],
    ['bottom', (row: number) => row >= 14],
  ] as const)('%s hides exactly its half', (preset, hidden) => {
    const mask = presetMask(preset)!;
    const expected = Uint8Array.from({ length: PIXELS }, (_, i) =>
      hidden(Math.floor(i / SIDE), i % SIDE) ? 0 : 1,
    );
    expect(mask).toEqual(expected);
  });

  it('hides a centred square, nothing, or about half of all pixels', () => {
    expect(hiddenCount(presetMask('centre'))).toBe(14 * 14);
    expect(presetMask('none')).toBeNull();
    const random = presetMask('random', 3);
    expect(hiddenCount(random)).toBeGreaterThan(330);
    expect(hiddenCount(random)).toBeLessThan(454);
    expect(presetMask('random', 3)).toEqual(random);
    expect(presetMask('random', 4)).not.toEqual(random);
  });

  it('gives masks of zeros and ones for every preset', () => {
    for (const preset of OCCLUSIONS)
      expect(presetMask(preset)?.every((value) => value === 0 || value === 1) ?? true).toBe(true);
  });
});

describe('the occlusion brush', () => {
  it('hides a disc, leaves the old mask alone, and uncovers again', () => {
    const painted = paintMask(null, 14, 14, 3, false)!;
    expect(painted[13 * SIDE + 13]).toBe(0);
    expect(painted[13 * SIDE + 18]).toBe(1);
    expect(hiddenCount(painted)).toBeGreaterThan(20);
    const before = painted.slice();
    const uncovered = paintMask(painted, 14, 14, 1.5, true)!;
    expect(painted).toEqual(before);
    expect(hiddenCount(uncovered)).toBeLessThan(hiddenCount(painted));
    expect(paintMask(painted, 14, 14, 9, true)).toBeNull();
  });

  it('hides the pixels whose middles it covers', () => {
    const hidden = (x: number, y: number, radius: number) =>
      [...paintMask(null, x, y, radius, false)!.entries()]
        .filter(([, seen]) => seen === 0)
        .map(([i]) => [i % SIDE, Math.floor(i / SIDE)]);
    expect(hidden(14.5, 10.5, 0.9)).toEqual([[14, 10]]);
    // In a corner of four pixels their middles are √½ away.
    expect(hidden(3, 5, 0.71)).toEqual([
      [2, 4],
      [3, 4],
      [2, 5],
      [3, 5],
    ]);
  });
});

describe('the error of the hidden part', () => {
  it('counts hidden pixels only, against the drawing in black and white', () => {
    const drawing = new Float32Array(PIXELS);
    drawing.fill(0.8, 0, 10); // counts as 1
    drawing[20] = 0.3; // counts as 0
    const x = new Float32Array(PIXELS).fill(0.25);
    const mask = new Uint8Array(PIXELS).fill(1);
    mask[0] = 0;
    mask[20] = 0;
    expect(hiddenError(x, drawing, mask)).toBeCloseTo(0.75 ** 2 + 0.25 ** 2);
    expect(hiddenError(x, drawing, null)).toBeNull();
  });

  it('of a blank guess is the ink that is hidden', () => {
    const drawing = new Float32Array(PIXELS).fill(0.8, 0, 10);
    const mask = new Uint8Array(PIXELS).fill(1).fill(0, 7, 30);
    expect(hiddenInk(drawing, mask)).toBe(3);
    expect(hiddenInk(drawing, null)).toBeNull();
  });
});
