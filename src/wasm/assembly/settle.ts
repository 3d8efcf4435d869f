import { atLeast, atMost, exp, log, madd } from './lanes';

/*
 * What a settling step does beside its products (ngc/equations), over `bytes` bytes of neurons of one layer, row by row; the columns
 * that fill up a row take part, and nobody reads them.
 */

/** φ or g by its number in ACTIVATION_NAMES. */
const IDENTITY: i32 = 0;
const RELU: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;
const SOFTPLUS: i32 = 4;
const SIGN: i32 = 5;

function sigmoidOf(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** −1, 0 or 1; as engine/sign.ts has it. */
function signOf(x: v128): v128 {
  const one = f32x4.splat(1);
  return atLeast(atMost(f32x4.mul(x, f32x4.splat(1e38)), one), f32x4.neg(one));
}

function activation(kind: i32, x: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  if (kind === RELU) return atLeast(x, zero);
  if (kind === IDENTITY) return x;
  if (kind === SIGMOID) return sigmoidOf(x);
  if (kind === TANH) return f32x4.sub(f32x4.mul(sigmoidOf(f32x4.add(x, x)), f32x4.splat(2)), one);
  if (kind === SOFTPLUS)
    return f32x4.add(atLeast(x, zero), log(f32x4.add(one, exp(f32x4.neg(f32x4.abs(x))))));
  if (kind === SIGN) return signOf(x);
  return v128.and(f32x4.gt(x, zero), one);
}

/** φ′(z); φ is φ(z). */
function derivative(kind: i32, z: v128, phi: v128): v128 {
  const one = f32x4.splat(1);
  if (kind === RELU) return v128.and(f32x4.ge(z, f32x4.splat(0)), one);
  if (kind === IDENTITY) return one;
  if (kind === TANH) return f32x4.sub(one, f32x4.mul(phi, phi));
  if (kind === SIGMOID) return f32x4.mul(phi, f32x4.sub(one, phi));
  if (kind === SOFTPLUS) return sigmoidOf(z);
  return f32x4.splat(0);
}

/** out = φ(z); they may be the same. */
export function activate(bytes: usize, kind: i32, z: usize, out: usize): void {
  for (const end = z + bytes; z < end; z += 16, out += 16)
    v128.store(out, activation(kind, v128.load(z)));
}

/** out = a − b. */
export function subtract(bytes: usize, a: usize, b: usize, out: usize): void {
  for (const end = a + bytes; a < end; a += 16, b += 16, out += 16)
    v128.store(out, f32x4.sub(v128.load(a), v128.load(b)));
}

/** out = a·m + b·(1 − m). They may be the same. */
export function blend(bytes: usize, a: usize, b: usize, m: usize, out: usize): void {
  const one = f32x4.splat(1);
  for (const end = a + bytes; a < end; a += 16, b += 16, m += 16, out += 16) {
    const mask = v128.load(m);
    const hidden = f32x4.mul(v128.load(b), f32x4.sub(one, mask));
    v128.store(out, f32x4.add(f32x4.mul(v128.load(a), mask), hidden));
  }
}

/** x ← x − β·e_0·(1 − m) (Eq. 19). */
export function imagine(bytes: usize, beta: f32, x: usize, e: usize, m: usize): void {
  const one = f32x4.splat(1);
  const step = f32x4.splat(beta);
  for (const end = x + bytes; x < end; x += 16, e += 16, m += 16) {
    const hidden = f32x4.sub(one, v128.load(m));
    v128.store(x, f32x4.sub(v128.load(x), f32x4.mul(f32x4.mul(v128.load(e), step), hidden)));
  }
}

/** Every row times a row of zeros and ones. */
export function silence(rows: i32, stride: usize, z: usize, alive: usize): void {
  for (let i: i32 = 0; i < rows; i++)
    for (let j: usize = 0; j < stride; j += 16, z += 16)
      v128.store(z, f32x4.mul(v128.load(z), v128.load(alive + j)));
}

/**
 * φ(z)·V inside columns of `group` neurons (Eq. 15): inhibition·(Σ_i φ_i − φ_j) − excitation·φ_j, of a layer of `size` neurons.
 */
export function columns(
  rows: i32,
  size: i32,
  stride: usize,
  group: i32,
  inhibition: f32,
  excitation: f32,
  phi: usize,
  out: usize,
): void {
  const own = inhibition + excitation;
  const owns = f32x4.splat(own);
  const whole = group & ~3;
  for (let i: i32 = 0; i < rows; i++) {
    for (let g: i32 = 0; g < size; g += group) {
      const from = phi + ((<usize>g) << 2);
      const to = out + ((<usize>g) << 2);
      let sum: f32 = 0;
      for (let j: i32 = 0; j < group; j++) sum += load<f32>(from + ((<usize>j) << 2));
      const rivals = sum * inhibition;
      const taken = f32x4.splat(rivals);
      for (let j: i32 = 0; j < whole; j += 4) {
        const at = (<usize>j) << 2;
        v128.store(to + at, f32x4.sub(taken, f32x4.mul(v128.load(from + at), owns)));
      }
      for (let j: i32 = whole; j < group; j++) {
        const at = (<usize>j) << 2;
        store<f32>(to + at, rivals - load<f32>(from + at) * own);
      }
    }
    phi += stride;
    out += stride;
  }
}

/**
 * z ← z + β·(up [⊙ φ′(z)] − e − rivals − λ·sign(z) − γ·z) (Eqs. 11–15). `up`, `e` and `rivals` may be 0: there is none.
 *
 * @param gate the number of φ where what comes up is multiplied with φ′; −1: it is not
 */
export function move(
  bytes: usize,
  z: usize,
  phi: usize,
  up: usize,
  gate: i32,
  e: usize,
  rivals: usize,
  beta: f32,
  laplace: f32,
  leak: f32,
): void {
  const step = f32x4.splat(beta);
  const pull = f32x4.splat(laplace);
  const decay = f32x4.splat(leak);
  for (let i: usize = 0; i < bytes; i += 16) {
    const state = v128.load(z + i);
    let change = f32x4.splat(0);
    if (up) {
      change = v128.load(up + i);
      if (gate >= 0) change = f32x4.mul(change, derivative(gate, state, v128.load(phi + i)));
    }
    if (e) change = f32x4.sub(change, v128.load(e + i));
    if (rivals) change = f32x4.sub(change, v128.load(rivals + i));
    change = f32x4.sub(change, f32x4.mul(signOf(state), pull));
    change = f32x4.sub(change, f32x4.mul(state, decay));
    v128.store(z + i, madd(change, step, state));
  }
}
