import { describe, expect, it } from 'vitest';
import { pixelsOf, SHEET, sheetOf, stroke } from '../../src/viz/strokes.ts';

const ink = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0);

describe('strokes', () => {
  it('cover a disc of the brush’s radius where the pen only touched', () => {
    const sheet = new Float32Array(SHEET * SHEET);
    stroke(sheet, { x: 14, y: 14 }, { x: 14, y: 14 }, 2, false);
    expect(ink(sheet)).toBeGreaterThan(0.97 * Math.PI * 20 ** 2);
    expect(ink(sheet)).toBeLessThan(1.03 * Math.PI * 20 ** 2);
    expect(sheet[140 * SHEET + 140]).toBe(1);
  });

  it('join their points without gaps, and may leave the sheet', () => {
    const sheet = new Float32Array(SHEET * SHEET);
    stroke(sheet, { x: -5, y: 14 }, { x: 40, y: 14 }, 1, false);
    for (let x = 0; x < SHEET; x++) expect(sheet[140 * SHEET + x]).toBe(1);
  });

  it('are rubbed out again', () => {
    const sheet = new Float32Array(SHEET * SHEET);
    stroke(sheet, { x: 5, y: 5 }, { x: 20, y: 20 }, 1, false);
    stroke(sheet, { x: 5, y: 5 }, { x: 20, y: 20 }, 2, true);
    expect(ink(sheet)).toBeLessThan(1);
  });

  it('go on from a 28×28 picture without moving it', () => {
    const pixels = new Float32Array(784);
    for (let row = 8; row < 20; row++) for (let c = 12; c < 15; c++) pixels[row * 28 + c] = 1;
    const back = pixelsOf(sheetOf(pixels));
    for (let i = 0; i < 784; i++) expect(back[i]! > 0.5).toBe(pixels[i]! > 0.5);
  });
});
