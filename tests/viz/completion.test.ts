import { describe, expect, it } from 'vitest';
import { LIGHT, unpack } from '../../src/viz/colour.ts';
import { completionColours } from '../../src/viz/completion.ts';

const style = { ink: LIGHT.ink, imagined: LIGHT.imagined, hatch: '#ccc', hatchGround: '#eee' };
const alpha = (colour: number) => colour >>> 24;
const colours = (imagined: number[] | null) =>
  completionColours({ pixels: [1, 0, 1, 1], mask: [1, 1, 0, 0], imagined }, style);

describe('a completion', () => {
  it('shows what is seen in ink, and never what is hidden', () => {
    const [seen, paper, hidden, other] = colours(null);
    expect(unpack(seen!)).toEqual([24, 31, 46]);
    expect(unpack(paper!)).toEqual([255, 255, 255]);
    expect([alpha(hidden!), alpha(other!)]).toEqual([0, 0]);
  });

  it('paints what is imagined in blue, the stronger the surer', () => {
    const [, , weak, strong] = colours([0, 1, 0.1, 0.9]);
    const [red, , blue] = unpack(strong!);
    expect(blue).toBeGreaterThan(red + 30);
    expect(alpha(strong!)).toBe(255);
    expect(alpha(weak!)).toBeGreaterThan(0);
    expect(alpha(weak!)).toBeLessThan(alpha(strong!));
  });

  it('leaves the hatching where nothing is imagined', () => {
    expect(alpha(colours([0, 0, 0, 1])[2]!)).toBe(0);
  });

  it('does not take what is imagined for what is seen', () => {
    expect(unpack(colours([0, 0, 1, 1])[0]!)).toEqual([24, 31, 46]);
  });

  it('shows what is not a number as that', () => {
    expect(unpack(colours([0, 0, NaN, 0])[2]!)).toEqual([230, 0, 126]);
    expect(alpha(colours([0, 0, NaN, 0])[2]!)).toBe(255);
  });

  it('is a picture in ink where nothing is hidden', () => {
    const whole = completionColours({ pixels: [1, 0], mask: null, imagined: null }, style);
    expect([...whole].map(alpha)).toEqual([255, 255]);
  });
});
