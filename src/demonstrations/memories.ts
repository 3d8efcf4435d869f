import { PIXELS, WIDTH } from '../data/dataset.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';

/*
 * Stored pictures, and how they are spoilt before a network is to give them back: in plain arrays, picture after picture.
 */

/** A picture as it is given: pixels that are held (1) stay as they are, all others are free. */
export interface Spoilt {
  readonly pixels: Float32Array;
  readonly held: Float32Array;
}

/** Ways to hide parts of a picture: whether a pixel stays. */
const STAYS: Readonly<Record<string, (row: number, column: number) => boolean>> = {
  lower: (row) => row < WIDTH / 2,
  left: (_, column) => column >= WIDTH / 2,
  most: (row, column) => row < WIDTH / 2 && column >= WIDTH / 2,
};

/** Spoils one picture [784]: by noise, where every pixel is free, or by hiding, where what is seen is held. */
export function spoilt(
  picture: Float32Array,
  how: string,
  { noise, seed }: { readonly noise: number; readonly seed: number },
): Spoilt {
  const stays = STAYS[how];
  if (!stays) {
    const rng = createRng(seed);
    const pixels = picture.map((value) => value + noise * rng.normal());
    return { pixels, held: new Float32Array(PIXELS) };
  }
  const held = Float32Array.from({ length: PIXELS }, (_, i) =>
    stays(Math.floor(i / WIDTH), i % WIDTH) ? 1 : 0,
  );
  return { pixels: picture.map((value, i) => value * held[i]!), held };
}

/** The noise of each memory is its own. */
export const noiseSeed = (seed: number, memory: number): number => deriveSeed(deriveSeed(seed, 7), memory); // prettier-ignore

/** How far a thumb of rubbing reaches, in pixels of the picture. */
const THUMB = 2.6;

/** A picture of which what lies about a place (in pixels of 28 × 28) is hidden too; all that was seen before is held now. */
export function rubbed(
  picture: Float32Array,
  held: Float32Array,
  [x, y]: readonly [number, number],
): Spoilt {
  const isFree = held.every((one) => one === 0);
  const next = held.map((one, i) => {
    const away = Math.hypot((i % WIDTH) + 0.5 - x, Math.floor(i / WIDTH) + 0.5 - y);
    return away < THUMB ? 0 : isFree ? 1 : one;
  });
  return { pixels: picture.map((value, i) => value * next[i]!), held: next };
}

/** Squared error a pixel between what is recalled and a stored picture; both may lie in longer arrays. */
export function errorBetween(
  recalled: ArrayLike<number>,
  stored: ArrayLike<number>,
  from: { readonly recalled: number; readonly stored: number },
): number {
  let sum = 0;
  for (let p = 0; p < PIXELS; p++)
    sum += (recalled[from.recalled * PIXELS + p]! - stored[from.stored * PIXELS + p]!) ** 2;
  return sum / PIXELS;
}

/** Which of the stored pictures is nearest to picture `at` of what is recalled. */
export function nearestOf(recalled: ArrayLike<number>, stored: Float32Array, at: number): number {
  let [nearest, least] = [0, Infinity];
  for (let k = 0; k * PIXELS < stored.length; k++) {
    const error = errorBetween(recalled, stored, { recalled: at, stored: k });
    if (error < least) [nearest, least] = [k, error];
  }
  return nearest;
}
