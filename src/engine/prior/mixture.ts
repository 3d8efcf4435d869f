/**
 * A Gaussian mixture over the top layer's activities φ(z_L), as plain arrays.
 *
 *   p(φ) = Σ_k w_k · N(φ; μ_k, Σ_k)
 *
 * The paper samples its models from such a prior (K = 75, full covariances). Σ_k comes in three forms:
 *
 *   full       Σ_k = R_k·R_kᵀ                  R_k lower triangular, its rows packed one after the other
 *   diagonal   Σ_k = diag(s_k²)
 *   factor     Σ_k = F_k·F_kᵀ + diag(s_k²)     F_k [D, rank]: nearly the full form in a file of a few MB
 */
import type { FloatArray } from '../../shared/arrays.ts';
import { createRng } from '../../shared/rng.ts';

interface MixtureBase {
  /** K, the number of Gaussians. */
  readonly components: number;
  /** D, the number of neurons. */
  readonly size: number;
  /** w `[K]`, summing to 1. */
  readonly weights: Float32Array;
  /** μ `[K, D]`. */
  readonly means: Float32Array;
}

export interface FullMixture extends MixtureBase {
  readonly kind: 'full';
  /** R `[K, D·(D + 1)/2]`: row i of a lower triangle holds its i + 1 entries up to the diagonal. */
  readonly cholesky: Float32Array;
}

export interface DiagonalMixture extends MixtureBase {
  readonly kind: 'diagonal';
  /** s `[K, D]`, standard deviations. */
  readonly deviations: Float32Array;
}

export interface FactorMixture extends MixtureBase {
  readonly kind: 'factor';
  readonly rank: number;
  /** F `[K, D, rank]`. */
  readonly loadings: Float32Array;
  /** s `[K, D]`, standard deviations of what the factors do not explain. */
  readonly deviations: Float32Array;
}

export type Mixture = FullMixture | DiagonalMixture | FactorMixture;

/** Entries of a packed lower triangle of `size` rows. */
export function triangleSize(size: number): number {
  return (size * (size + 1)) / 2;
}

/** R `[D, D]` as a full mixture keeps it: its lower triangle `[D·(D + 1)/2]`. */
export function packCholesky(r: Float64Array, size: number): Float32Array {
  const packed = new Float32Array(triangleSize(size));
  let at = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) packed[at++] = r[i * size + j]!;
  return packed;
}

/** R_k `[D, D]` of a full mixture, in float64 with zeros above the diagonal. */
export function unpackCholesky(mixture: FullMixture, k: number): Float64Array {
  const { size, cholesky } = mixture;
  const r = new Float64Array(size * size);
  let at = k * triangleSize(size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) r[i * size + j] = cholesky[at++]!;
  return r;
}

/** Σ_k `[D, D]` of a factor mixture, in float64, both triangles filled. */
export function factorCovariance(mixture: FactorMixture, k: number): Float64Array {
  const { size, rank, loadings, deviations } = mixture;
  const covariance = new Float64Array(size * size);
  const row = (i: number) => (k * size + i) * rank;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? deviations[k * size + i]! ** 2 : 0;
      for (let f = 0; f < rank; f++) sum += loadings[row(i) + f]! * loadings[row(j) + f]!;
      covariance[i * size + j] = sum;
      covariance[j * size + i] = sum;
    }
  return covariance;
}

/** Σ_k `[D, D]` of any mixture, in float64, both triangles filled. */
export function covarianceOf(mixture: Mixture, k: number): Float64Array {
  if (mixture.kind === 'factor') return factorCovariance(mixture, k);
  const { size } = mixture;
  const covariance = new Float64Array(size * size);
  if (mixture.kind === 'diagonal') {
    for (let i = 0; i < size; i++)
      covariance[i * (size + 1)] = mixture.deviations[k * size + i]! ** 2;
    return covariance;
  }
  const r = unpackCholesky(mixture, k);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let m = 0; m <= j; m++) sum += r[i * size + m]! * r[j * size + m]!;
      covariance[i * size + j] = sum;
      covariance[j * size + i] = sum;
    }
  return covariance;
}

/** Writes one draw from N(0, Σ_k) plus μ_k into `out` from index `at`. */
type Draw = (k: number, out: Float32Array, at: number) => void;

function drawer(mixture: Mixture, normal: () => number): Draw {
  const { size, means } = mixture;
  if (mixture.kind === 'full') {
    const noise = new Float64Array(size);
    return (k, out, at) => {
      for (let i = 0; i < size; i++) noise[i] = normal();
      let r = k * triangleSize(size);
      for (let i = 0; i < size; i++) {
        let value = means[k * size + i]!;
        for (let j = 0; j <= i; j++) value += mixture.cholesky[r++]! * noise[j]!;
        out[at + i] = value;
      }
    };
  }
  const rank = mixture.kind === 'factor' ? mixture.rank : 0;
  const loadings = mixture.kind === 'factor' ? mixture.loadings : new Float32Array(0);
  const factors = new Float64Array(rank);
  return (k, out, at) => {
    for (let f = 0; f < rank; f++) factors[f] = normal();
    for (let i = 0; i < size; i++) {
      const neuron = k * size + i;
      let value = means[neuron]! + mixture.deviations[neuron]! * normal();
      for (let f = 0; f < rank; f++) value += loadings[neuron * rank + f]! * factors[f]!;
      out[at + i] = value;
    }
  };
}

/** How draws differ from those of the mixture itself. */
export interface DrawOptions {
  /** Only this Gaussian is drawn from; null or absent: each as often as its weight says. */
  readonly component?: number | null;
  /** T ≥ 0 (default 1): N(μ_k, T²·Σ_k) takes the place of N(μ_k, Σ_k). At 0 every draw is the mean of its Gaussian. */
  readonly temperature?: number;
}

/**
 * Draws from the mixture.
 * @param seed an integer; the same seed gives the same draws, and at another temperature draws of the same Gaussians in the same
 *   directions from their means.
 * @returns `[count, D]`. Draws are Gaussian: they may be below zero where activities never are.
 */
export function sampleMixture(
  mixture: Mixture,
  count: number,
  seed: number,
  { component = null, temperature = 1 }: DrawOptions = {},
): FloatArray {
  const { components, size, weights } = mixture;
  const rng = createRng(seed);
  // Every form adds multiples of normal numbers to the mean: scaling those scales every standard deviation.
  const draw = drawer(mixture, () => temperature * rng.normal());
  const data = new Float32Array(count * size);
  for (let n = 0; n < count; n++) {
    let left = rng.uniform();
    let k = 0;
    while (k < components - 1 && left >= weights[k]!) left -= weights[k++]!;
    draw(component ?? k, data, n * size);
  }
  return { shape: [count, size], data };
}
