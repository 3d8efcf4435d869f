import { atLeast, atMost, log } from './lanes';

/* What a batch says: neurons [rows, cols], rows `stride` bytes apart; the columns that fill up a row do not count. */

/** The sum of all; NaN where one is no number. */
export function sumSquares(rows: i32, cols: i32, stride: usize, x: usize): f32 {
  let sum: f32 = 0;
  for (let i: i32 = 0; i < rows; i++, x += stride)
    for (let j: i32 = 0; j < cols; j++) {
      const value = load<f32>(x + ((<usize>j) << 2));
      sum += value * value;
    }
  return sum;
}

/** The largest size of an entry; NaN where one is no number. */
export function largest(rows: i32, cols: i32, stride: usize, x: usize): f32 {
  let most: f32 = 0;
  for (let i: i32 = 0; i < rows; i++, x += stride)
    for (let j: i32 = 0; j < cols; j++) most = max(most, abs(load<f32>(x + ((<usize>j) << 2))));
  return most;
}

/** How many are above `least`. */
export function countAbove(rows: i32, cols: i32, stride: usize, x: usize, least: f32): i32 {
  let count: i32 = 0;
  for (let i: i32 = 0; i < rows; i++, x += stride)
    for (let j: i32 = 0; j < cols; j++) count += <i32>(load<f32>(x + ((<usize>j) << 2)) > least);
  return count;
}

/** The mean of every column, into `out` [stride]. */
export function columnMeans(rows: i32, stride: usize, x: usize, out: usize): void {
  memory.fill(out, 0, stride);
  for (let i: i32 = 0; i < rows; i++)
    for (let j: usize = 0; j < stride; j += 16, x += 16)
      v128.store(out + j, f32x4.add(v128.load(out + j), v128.load(x)));
  const share = f32x4.splat(<f32>rows);
  for (let j: usize = 0; j < stride; j += 16)
    v128.store(out + j, f32x4.div(v128.load(out + j), share));
}

function logOf(p: v128, floor: f32): v128 {
  return log(atMost(atLeast(p, f32x4.splat(floor)), f32x4.splat(1)));
}

/** Σ x·log mu + (1 − x)·log(1 − mu), probabilities kept `floor` away from 0 (engine/likelihood.ts). */
export function logLikelihood(
  rows: i32,
  cols: i32,
  stride: usize,
  x: usize,
  mu: usize,
  floor: f32,
): f64 {
  // prettier-ignore
  const one = f32x4.splat(1);
  let total: f64 = 0;
  for (let i: i32 = 0; i < rows; i++, x += stride, mu += stride)
    for (let j: i32 = 0; j < cols; j += 4) {
      const at = (<usize>j) << 2;
      const pixel = v128.load(x + at);
      const p = v128.load(mu + at);
      const on = f32x4.mul(pixel, logOf(p, floor));
      const off = f32x4.mul(f32x4.sub(one, pixel), logOf(f32x4.sub(one, p), floor));
      const each = f32x4.add(on, off);
      total += <f64>f32x4.extract_lane(each, 0);
      if (j + 1 < cols) total += <f64>f32x4.extract_lane(each, 1);
      if (j + 2 < cols) total += <f64>f32x4.extract_lane(each, 2);
      if (j + 3 < cols) total += <f64>f32x4.extract_lane(each, 3);
    }
  return total;
}
