/** A dense array of 32-bit floats with its shape, row-major: what files and messages carry. */
export interface FloatArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The arithmetic mean, NaN for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** The index of the first number that is larger than `most`, whatever its sign, or not a number; −1 where there is none. */
export function firstBeyond(values: Float32Array, most: number): number {
  // A loop: `findIndex` calls a function for each of millions of numbers while a training waits, and takes twenty times as long.
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]!) <= most)) return i;
  return -1;
}
