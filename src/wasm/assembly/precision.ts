/*
 * The precision after Σ has moved, in the form "inverse" (ngc/equations/precision.ts): matrices [n, n], rows `stride` bytes apart.
 */

/** Side of the squares that a matrix is gone through in, so that what lies across its diagonal is still at hand. */
const SQUARE: i32 = 16;

function at(matrix: usize, stride: usize, i: i32, j: i32): usize {
  return matrix + <usize>i * stride + ((<usize>j) << 2);
}

/** The mean of two entries that lie across the diagonal from each other. */
function meanAt(matrix: usize, stride: usize, i: i32, j: i32): f32 {
  return (load<f32>(at(matrix, stride, i, j)) + load<f32>(at(matrix, stride, j, i))) * 0.5;
}

/** Writes an entry, and what lies across the diagonal from it. */
function storeBoth(matrix: usize, stride: usize, i: i32, j: i32, value: f32): void {
  store<f32>(at(matrix, stride, i, j), value);
  store<f32>(at(matrix, stride, j, i), value);
}

/**
 * S ← Σ + rate·½(scatter / images − P), symmetric, its diagonal at least 1: S′ of the covariance that has moved. `scatter`, of which what
 * is below the diagonal is not read, holds S then.
 */
export function moveCovariance(
  n: i32,
  stride: usize,
  sigma: usize,
  scatter: usize,
  P: usize,
  images: f32,
  rate: f32,
): void {
  for (let top: i32 = 0; top < n; top += SQUARE)
    for (let left = top; left < n; left += SQUARE)
      for (let i = top; i < min(top + SQUARE, n); i++)
        for (let j = max(left, i); j < min(left + SQUARE, n); j++) {
          const seen = load<f32>(at(scatter, stride, i, j)) / images;
          const change = (seen - meanAt(P, stride, i, j)) * 0.5;
          const moved = meanAt(sigma, stride, i, j) + change * rate;
          storeBoth(scatter, stride, i, j, i === j ? max(moved, 1) : moved);
        }
}

/** Σ ← D^−½ S D^−½, D_j = max(1, ‖column j of S‖); `norms` holds the squares of those norms. */
export function normaliseCovariance(
  n: i32,
  stride: usize,
  S: usize,
  norms: usize,
  sigma: usize,
): void {
  // prettier-ignore
  for (let j: i32 = 0; j < n; j++) {
    const norm = norms + (<usize>j << 2);
    store<f32>(norm, 1 / sqrt(max(sqrt(load<f32>(norm)), 1)));
  }
  for (let i: i32 = 0; i < n; i++) {
    const own = load<f32>(norms + ((<usize>i) << 2));
    for (let j: i32 = 0; j < n; j++) {
      const other = load<f32>(norms + ((<usize>j) << 2));
      store<f32>(at(sigma, stride, i, j), load<f32>(at(S, stride, i, j)) * other * own);
    }
  }
}

/** R ← I − R. */
export function residual(n: i32, stride: usize, R: usize): void {
  for (let i: i32 = 0; i < n; i++)
    for (let j: i32 = 0; j < n; j++) {
      const entry = at(R, stride, i, j);
      store<f32>(entry, <f32>(i === j ? 1 : 0) - load<f32>(entry));
    }
}

/**
 * out ← P + R·P, with R·P given: a step of Newton and Schulz, 2P − P·S·P. It is symmetric, as P and S are: of R·P what is below the
 * diagonal is not read, and columns that fill up a row are not written.
 */
export function follow(n: i32, stride: usize, P: usize, RP: usize, out: usize): void {
  for (let top: i32 = 0; top < n; top += SQUARE)
    for (let left = top; left < n; left += SQUARE)
      for (let i = top; i < min(top + SQUARE, n); i++)
        for (let j = max(left, i); j < min(left + SQUARE, n); j++) {
          const value = load<f32>(at(P, stride, i, j)) + load<f32>(at(RP, stride, i, j));
          storeBoth(out, stride, i, j, value);
        }
}

/** out [cols, rows] ← x [rows, cols], transposed; what fills up its rows is zero. */
export function transpose(
  rows: i32,
  cols: i32,
  x: usize,
  stride: usize,
  out: usize,
  across: usize,
): void {
  memory.fill(out, 0, <usize>cols * across);
  for (let top: i32 = 0; top < rows; top += SQUARE)
    for (let left: i32 = 0; left < cols; left += SQUARE)
      for (let i = top; i < min(top + SQUARE, rows); i++)
        for (let j = left; j < min(left + SQUARE, cols); j++)
          store<f32>(at(out, across, j, i), load<f32>(at(x, stride, i, j)));
}
