import { describe, expect, it } from 'vitest';

import { changedPicture, changedPictures } from '../../src/data/imageChange.ts';
import { divided } from '../../src/data/ownImages.ts';
import { createRng } from '../../src/shared/rng.ts';

/* What is done to images before they are learnt from, against slow and plain ways to do it. */

const AS_IT_IS = { threshold: null, invert: false, centre: false };
const picture = (side: number, seed: number) => {
  const rng = createRng(seed);
  return Uint8Array.from({ length: side * side }, () => rng.below(256));
};

describe('a changed picture', () => {
  it('stays as it is where nothing is asked for', () => {
    const pixels = picture(28, 1);
    expect(changedPictures(pixels, 28, AS_IT_IS)).toBe(pixels);
  });

  it('is inverted: every pixel what white lacks of it', () => {
    const pixels = picture(28, 2);
    const inverted = changedPicture(pixels, 28, { ...AS_IT_IS, invert: true });
    for (let i = 0; i < 784; i++) expect(inverted[i]).toBe(255 - pixels[i]!);
  });

  it.each([0.01, 0.3, 0.5, 0.99])('above a threshold of %f is ink, below it paper', (threshold) => {
    const pixels = picture(28, 3);
    const result = changedPicture(pixels, 28, { ...AS_IT_IS, threshold });
    for (let i = 0; i < 784; i++) expect(result[i]).toBe(pixels[i]! / 255 >= threshold ? 255 : 0);
  });

  it('is inverted before its threshold', () => {
    const pixels = Uint8Array.from({ length: 784 }, (_, i) => (i % 2 ? 200 : 40));
    const result = changedPicture(pixels, 28, { threshold: 0.7, invert: true, centre: false });
    expect([result[0], result[1]]).toEqual([255, 0]);
  });

  it.each([2, 13, 56])(
    'of %i pixels a side is scaled: each pixel the mean of what it covers',
    (side) => {
      const pixels = picture(side, 4);
      const result = changedPicture(pixels, side, AS_IT_IS);
      // Each pixel cut into small squares, which are counted.
      const fine = 28 * side;
      const per = fine / 28;
      for (const [x, y] of [
        [0, 0],
        [5, 17],
        [13, 14],
        [27, 27],
      ] as const) {
        // prettier-ignore
        let sum = 0;
        for (let v = 0; v < per; v++)
          for (let u = 0; u < per; u++) {
            const column = Math.floor((x * per + u) / 28);
            const row = Math.floor((y * per + v) / 28);
            sum += pixels[row * side + column]!;
          }
        expect(Math.abs(result[y * 28 + x]! - sum / per ** 2)).toBeLessThanOrEqual(0.51);
      }
    },
  );

  it('is centred: its box is 20 pixels long, its mass in the middle, its shape kept', () => {
    // A block of 8×16 in a corner of 56×56.
    const pixels = new Uint8Array(56 * 56);
    for (let y = 3; y < 19; y++) for (let x = 40; x < 48; x++) pixels[y * 56 + x] = 255;
    const result = changedPicture(pixels, 56, { ...AS_IT_IS, centre: true });
    let [mass, massX, massY] = [0, 0, 0];
    const inked = [...result.keys()].filter((i) => result[i]! > 127);
    for (const i of result.keys()) {
      mass += result[i]!;
      massX += result[i]! * ((i % 28) + 0.5);
      massY += result[i]! * (Math.floor(i / 28) + 0.5);
    }
    expect([massX / mass, massY / mass].map((at) => Math.round(at * 10) / 10)).toEqual([14, 14]);
    const span = (of: number[]) => Math.max(...of) - Math.min(...of) + 1;
    expect([span(inked.map((i) => i % 28)), span(inked.map((i) => Math.floor(i / 28)))]).toEqual([10, 20]); // prettier-ignore
  });

  it('of grey noise is centred by what its threshold leaves', () => {
    const pixels = new Uint8Array(28 * 28).fill(60);
    for (let y = 2; y < 12; y++) for (let x = 2; x < 12; x++) pixels[y * 28 + x] = 250;
    const result = changedPicture(pixels, 28, { threshold: 0.6, invert: false, centre: true });
    const inked = [...result.keys()].filter((i) => result[i]! > 127).map((i) => i % 28);
    expect([Math.min(...inked), Math.max(...inked)]).toEqual([4, 23]);
  });
});

describe('a division', () => {
  const labels = Uint8Array.from({ length: 60 }, (_, i) => (i < 12 ? 0 : i < 30 ? 1 : 2));

  it('holds a sixth of each class out, each image in one part only', () => {
    const { train, test } = divided(60, labels, 1);
    expect([...train, ...test].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i)); // prettier-ignore
    const held = [0, 0, 0];
    for (const i of test) held[labels[i]!]!++;
    expect(held).toEqual([2, 3, 5]);
  });

  it('follows from its seed', () => {
    expect(divided(60, labels, 1)).toEqual(divided(60, labels, 1));
    expect(divided(60, labels, 1).test).not.toEqual(divided(60, labels, 2).test);
  });

  it('of few holds one out', () => {
    expect([divided(3, null, 1).train.length, divided(3, null, 1).test.length]).toEqual([2, 1]);
  });
});
