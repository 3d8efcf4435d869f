import { cholesky } from '../../engine/linalg/cholesky.ts';
import { toFloatArray } from '../../engine/floatArrays.ts';
import { of } from '../../engine/theta.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import type { Network } from './parameters.ts';
import { lastLayer, layersOf } from './parameters.ts';

/*
 * Where a linear network with both ends held comes to rest (B3; Innocenti et al. 2024):
 *
 *   F* = ½ r·S⁻¹·rᵀ      r = y − forward(x)      S = kI + Σ_{l=2..L} (W_l…W_L)ᵀ(W_l…W_L)
 */

/** Whether the closed form holds for a network: no activation bends anything, every P_l but the last is 1, and nothing is added. */
export const isLinear = ({ settings }: Network): boolean =>
  (lastLayer(settings) === 1 || settings.hidden === 'identity') &&
  settings.end === 'identity' &&
  settings.output === 'gaussian' &&
  settings.sigma === 'none' &&
  !settings.skip;

/** A·B of row-major matrices [n, m] and [m, p], in float64. */
function product(a: Float64Array, b: Float64Array, m: number, p: number): Float64Array {
  const n = a.length / m;
  const c = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < m; k++)
      for (let j = 0; j < p; j++) c[i * p + j]! += a[i * m + k]! * b[k * p + j]!;
  return c;
}

/** Adds AᵀA of A [n, p] to S [p, p]. */
function addGram(S: Float64Array, a: Float64Array, p: number): void {
  for (let row = 0; row < a.length; row += p)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) S[i * p + j]! += a[row + i]! * a[row + j]!;
}

/**
 * F at rest of each image of x [B, n_0] and y [B, n_L]: [B]. Throws where `isLinear` says that there is no closed form.
 */
export async function equilibriumEnergies(
  network: Network,
  x: FloatArray,
  y: FloatArray,
): Promise<Float32Array> {
  if (!isLinear(network)) throw new Error('Only a linear network has a closed form.');
  const { settings, theta } = network;
  const { sizes, outputVariance } = settings;
  const read = async (name: string) => Float64Array.from((await toFloatArray(of(theta, name))).data); // prettier-ignore
  const last = lastLayer(settings);
  const n = sizes[last]!;
  const S = new Float64Array(n * n);
  for (let i = 0; i < n; i++) S[i * (n + 1)] = outputVariance;
  let through: Float64Array | null = null;
  for (let l = last; l >= 2; l--) {
    const W = await read(`W${l}`);
    through = through ? product(W, through, sizes[l]!, n) : W;
    addGram(S, through, n);
  }
  let forward: Float64Array = Float64Array.from(x.data);
  for (const l of layersOf(settings)) {
    const b = await read(`b${l}`);
    const through = product(forward, await read(`W${l}`), sizes[l - 1]!, sizes[l]!);
    forward = through.map((value, at) => value + b[at % b.length]!);
  }
  const R = cholesky(S, n);
  if (!R) throw new Error('S is not positive definite.');
  return Float32Array.from({ length: x.shape[0]! }, (_, row) => {
    // ½ ‖R⁻¹·r‖², by forward substitution.
    const t = new Float64Array(n);
    let energy = 0;
    for (let i = 0; i < n; i++) {
      let rest = y.data[row * n + i]! - forward[row * n + i]!;
      for (let j = 0; j < i; j++) rest -= R[i * n + j]! * t[j]!;
      t[i] = rest / R[i * (n + 1)]!;
      energy += t[i]! ** 2 / 2;
    }
    return energy;
  });
}
