import { sumOf } from './lanes';

/*
 * Learning (Eqs. 16–18, 3) beside its products: a matrix [rows, cols] of synapses, its rows `stride` bytes apart, the columns that
 * fill up a row zero. `sum` is what the synapses saw, summed over the images; it becomes what the synapses would be before any limit.
 */

/** sum ← θ + scale·sum: plain ascent. */
export function ascend(bytes: usize, theta: usize, sum: usize, scale: f32): void {
  const factor = f32x4.splat(scale);
  for (const end = theta + bytes; theta < end; theta += 16, sum += 16)
    v128.store(sum, f32x4.add(v128.load(theta), f32x4.mul(v128.load(sum), factor)));
}

/** The same by Adam (engine/optimizers.ts), with its numbers; `first` and `second` are the shares of m and v that are there yet. */
export function adam(
  bytes: usize,
  theta: usize,
  sum: usize,
  m: usize,
  v: usize,
  scale: f32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  new1: f32,
  new2: f32,
  first: f32,
  second: f32,
  epsilon: f32,
): void {
  for (const end = theta + bytes; theta < end; theta += 16, sum += 16, m += 16, v += 16) {
    const delta = f32x4.mul(v128.load(sum), f32x4.splat(scale));
    const mean = f32x4.add(
      f32x4.mul(v128.load(m), f32x4.splat(beta1)),
      f32x4.mul(delta, f32x4.splat(new1)),
    );
    const square = f32x4.add(
      f32x4.mul(v128.load(v), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(delta, delta), f32x4.splat(new2)),
    );
    v128.store(m, mean);
    v128.store(v, square);
    const root = f32x4.sqrt(f32x4.div(square, f32x4.splat(second)));
    const step = f32x4.div(
      f32x4.div(mean, f32x4.splat(first)),
      f32x4.add(root, f32x4.splat(epsilon)),
    );
    v128.store(sum, f32x4.add(v128.load(theta), f32x4.mul(step, f32x4.splat(rate))));
  }
}

/** The squares of every column of x, summed, into `out` [stride]. */
export function columnSquares(rows: i32, stride: usize, x: usize, out: usize): void {
  memory.fill(out, 0, stride);
  for (let i: i32 = 0; i < rows; i++)
    for (let j: usize = 0; j < stride; j += 16, x += 16) {
      const value = v128.load(x);
      v128.store(out + j, f32x4.add(v128.load(out + j), f32x4.mul(value, value)));
    }
}

/** The squares of every row of x, summed, into `out` [rows]. */
export function rowSquares(rows: i32, stride: usize, x: usize, out: usize): void {
  for (let i: i32 = 0; i < rows; i++, out += 4) {
    let sum = f32x4.splat(0);
    for (const end = x + stride; x < end; x += 16) {
      const value = v128.load(x);
      sum = f32x4.add(sum, f32x4.mul(value, value));
    }
    store<f32>(out, sumOf(sum));
  }
}

/** Squares of norms become the factors of `limitNorms` (engine/norms.ts): limit / max(norm, floor). */
export function normFactors(count: i32, squares: usize, limit: f32, floor: f32): void {
  for (const end = squares + ((<usize>count) << 2); squares < end; squares += 4)
    store<f32>(squares, limit / max(sqrt(load<f32>(squares)), floor));
}

/**
 * θ ← next ⊙ factors, a factor a column, or a row where `byRow`.
 *
 * @returns ‖θ′ − θ‖²
 */
export function settleTheta(
  rows: i32,
  stride: usize,
  theta: usize,
  next: usize,
  factors: usize,
  byRow: bool,
): f64 {
  let total: f64 = 0;
  for (let i: i32 = 0; i < rows; i++) {
    let moved = f32x4.splat(0);
    let factor = f32x4.splat(0);
    if (byRow) factor = v128.load32_splat(factors + ((<usize>i) << 2));
    for (let j: usize = 0; j < stride; j += 16, theta += 16, next += 16) {
      if (!byRow) factor = v128.load(factors + j);
      const value = f32x4.mul(v128.load(next), factor);
      const change = f32x4.sub(value, v128.load(theta));
      moved = f32x4.add(moved, f32x4.mul(change, change));
      v128.store(theta, value);
    }
    total += <f64>sumOf(moved);
  }
  return total;
}
