import { createRng, deriveSeed } from '../shared/rng.ts';
import type { Rng } from '../shared/rng.ts';
import type { Split } from './dataset.ts';
import { PIXELS, WIDTH, createSplit } from './dataset.ts';

/*
 * A few drawings made more: each also shifted and turned a little, at random by a seed. Only what is learnt from is varied, after
 * what is measured on has been taken out of it.
 */

/** Of each picture so many variations are made. */
export const VARIATIONS = 9;
/** At most so far: pixels along each side, and degrees. */
export const MOST_SHIFT = 2;
export const MOST_TURN = 12;

/**
 * The pictures, and after them `VARIATIONS` of each, with its label.
 * @param seed variation k of picture i follows from (seed, i, k) only
 */
export function withVariations(split: Split, seed: number): Split {
  const { count, labels } = split;
  const pixels = new Uint8Array(count * (1 + VARIATIONS) * PIXELS);
  pixels.set(split.pixels);
  const all = labels && new Uint8Array(count * (1 + VARIATIONS));
  if (labels) all?.set(labels);
  for (let i = 0; i < count; i++)
    for (let k = 0; k < VARIATIONS; k++) {
      const at = count + i * VARIATIONS + k;
      const rng = createRng(deriveSeed(deriveSeed(seed, i), k));
      pixels.set(varied(split.pixels.subarray(i * PIXELS, (i + 1) * PIXELS), rng), at * PIXELS);
      if (all && labels) all[at] = labels[i]!;
    }
  return createSplit(pixels, all, 'variations');
}

/** A picture turned about its centre, and shifted. */
function varied(picture: Uint8Array, rng: Rng): Uint8Array {
  const between = (most: number) => (2 * rng.uniform() - 1) * most;
  const angle = (between(MOST_TURN) * Math.PI) / 180;
  const [shiftX, shiftY] = [between(MOST_SHIFT), between(MOST_SHIFT)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const centre = (WIDTH - 1) / 2;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= WIDTH || y >= WIDTH ? 0 : picture[y * WIDTH + x]!;
  return Uint8Array.from({ length: PIXELS }, (_, i) => {
    // Each pixel asks where it came from, and takes what lies between the four there.
    const dx = (i % WIDTH) - centre - shiftX;
    const dy = Math.floor(i / WIDTH) - centre - shiftY;
    const x = cos * dx + sin * dy + centre;
    const y = cos * dy - sin * dx + centre;
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - left, y - top];
    const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
    const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
    return Math.round(upper * (1 - fy) + lower * fy);
  });
}
