/*
 * The precision after Σ has moved, in the form "inverse" (ngc/equations/precision.ts): matrices [n, n], rows `stride` bytes apart.
 */

function at(matrix: usize, stride: usize, i: i32, j: i32): usize {
  return matrix + <usize>i * stride + ((<usize>j) << 2);
}

/** S ← symmetrised Σ + rate·½(scatter / images − P), its diagonal at least 1: S′ of the covariance that has moved. `scatter` holds S then. */
export function moveCovariance(
  n: i32,
  stride: usize,
  sigma: usize,
  scatter: usize,
  P: usize,
  images: f32,
  rate: f32,
): void {
  for (let i: i32 = 0; i < n; i++)
    for (let j: i32 = 0; j < n; j++) {
      const change = (load<f32>(at(scatter, stride, i, j)) / images - load<f32>(at(P, stride, i, j))) * 0.5; // prettier-ignore
      store<f32>(at(scatter, stride, i, j), load<f32>(at(sigma, stride, i, j)) + change * rate);
    }
  for (let i: i32 = 0; i < n; i++) {
    for (let j: i32 = 0; j < i; j++) {
      const mean = (load<f32>(at(scatter, stride, i, j)) + load<f32>(at(scatter, stride, j, i))) * 0.5; // prettier-ignore
      store<f32>(at(scatter, stride, i, j), mean);
      store<f32>(at(scatter, stride, j, i), mean);
    }
    const own = at(scatter, stride, i, i);
    store<f32>(own, max(load<f32>(own), 1));
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

/** P ← P + R·P, with R·P given: a step of Newton and Schulz, 2P − P·S·P. */
export function follow(bytes: usize, P: usize, RP: usize, out: usize): void {
  for (const end = P + bytes; P < end; P += 16, RP += 16, out += 16)
    v128.store(out, f32x4.add(v128.load(P), v128.load(RP)));
}
