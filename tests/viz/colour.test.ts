import { describe, expect, it } from 'vitest';
import type { ColourMap, Palette, Rgb } from '../../src/viz/colour.ts';
import { DARK, LAYER_DASHES, LAYER_SHADES, LEVELS, LIGHT, unpack } from '../../src/viz/colour.ts';

/** Relative luminance (0 … 1) of an sRGB colour, as WCAG 2 defines it. */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((v) => {
    const s = v / 255;
    return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const luminances = ({ packed }: ColourMap) => Array.from(packed, (c) => luminance(unpack(c)));
const rises = (values: number[]) => values.every((v, i) => i === 0 || v >= values[i - 1]! - 1e-9);
const monotone = (values: number[]) => rises(values) || rises(values.toReversed());

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('colours of the %s theme', (_, palette) => {
  it('order unsigned values by luminance', () => {
    expect(monotone(luminances(palette.activity))).toBe(true);
    expect(monotone(luminances(palette.ink))).toBe(true);
  });

  it('span enough contrast to be read', () => {
    for (const map of [palette.activity, palette.ink]) {
      const values = luminances(map);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(7);
    }
  });

  it('give zero a neutral colour and both signs the same rise of contrast', () => {
    const { packed } = palette.signed;
    const [r, g, b] = unpack(packed[LEVELS / 2]!);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(20);
    const values = luminances(palette.signed);
    expect(monotone(values.slice(0, LEVELS / 2))).toBe(true);
    expect(monotone(values.slice(LEVELS / 2))).toBe(true);
    const middle = values[LEVELS / 2]!;
    expect(Math.sign(values[0]! - middle)).toBe(Math.sign(values.at(-1)! - middle));
  });

  it('make negative blue and positive orange, which nobody confuses', () => {
    const [r, , b] = unpack(palette.signed.packed[50]!);
    expect(b).toBeGreaterThan(r);
    const positive = unpack(palette.signed.packed[205]!);
    expect(positive[0]).toBeGreaterThan(positive[2]);
  });

  it('are opaque', () => {
    for (const colour of palette.signed.packed) expect(colour >>> 24).toBe(255);
  });
});

describe('colours of the layers', () => {
  it('differ for the pixels and three layers, in shade and in dash', () => {
    for (const { errors, states } of Object.values(LAYER_SHADES))
      for (const shades of [errors, states]) {
        expect(new Set(shades).size).toBe(4);
        expect(shades).toHaveLength(4);
      }
    expect(new Set(LAYER_DASHES.map(String)).size).toBe(LAYER_DASHES.length);
    expect(LAYER_DASHES.length).toBeGreaterThanOrEqual(4);
  });
});
