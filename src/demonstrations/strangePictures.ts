import { PIXELS, WIDTH } from '../data/dataset.ts';
import { createRng, deriveSeed, permutation } from '../shared/rng.ts';

/** Makes a stranger of a picture [784] that is known; the same seed makes the same one. */
type Estrange = (picture: Float32Array, seed: number) => Float32Array;

const at = (row: number, column: number): number => row * WIDTH + column;

const WAYS: Readonly<Record<string, Estrange>> = {
  /** A quarter of a turn to the left. */
  turned: (picture) =>
    Float32Array.from({ length: PIXELS }, (_, i) => {
      const [row, column] = [Math.floor(i / WIDTH), i % WIDTH];
      return picture[at(column, WIDTH - 1 - row)]!;
    }),
  inverted: (picture) => picture.map((value) => 1 - value),
  shuffled: (picture, seed) => {
    const order = permutation(PIXELS, createRng(seed));
    return Float32Array.from(order, (from) => picture[from]!);
  },
  noise: (_, seed) => {
    const rng = createRng(seed);
    return Float32Array.from({ length: PIXELS }, () => rng.uniform());
  },
};

/** A stranger made of picture number `index` in one of the ways: turned, inverted, shuffled, noise. */
export function estranged(way: string, picture: Float32Array, index: number, seed: number): Float32Array {
  const make = WAYS[way];
  if (!make) throw new TypeError(`There are no strangers of the kind ${way}.`);
  return make(picture, deriveSeed(deriveSeed(seed, 12), index));
} // prettier-ignore
