/**
 * Makes a full mixture small enough to ship with a page: every covariance becomes a factor model,
 * Σ ≈ F·Fᵀ + diag(ψ), the one of its rank nearest in Kullback–Leibler divergence that the EM
 * algorithm of Rubin & Thayer (1982) finds, applied to Σ itself in float64:
 *
 *   β = (I + Fᵀ·ψ⁻¹·F)⁻¹·Fᵀ·ψ⁻¹      C = Σ·βᵀ      H = I − β·F + β·C
 *   F ← C·H⁻¹      ψ ← diag(Σ − F·Cᵀ)
 */
import { createRng } from '../../shared/rng.ts';
import { inverseSPD } from '../linalg/cholesky.ts';
import type { FactorMixture, FullMixture } from './mixture.ts';
import { covarianceOf } from './mixture.ts';
import { createPace } from './pace.ts';

/** ψ stays above this share of a neuron's variance; without a floor it may run to zero. */
const LEAST_UNIQUE = 1e-3;

/** a·b of row-major a `[n, m]` and b `[m, p]`; `b`'s rows are run through in order. */
function multiply(a: Float64Array, b: Float64Array, n: number, m: number, p: number): Float64Array {
  const c = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < m; k++) {
      const scale = a[i * m + k]!;
      if (scale === 0) continue;
      for (let j = 0; j < p; j++) c[i * p + j]! += scale * b[k * p + j]!;
    }
  return c;
}

function transpose(a: Float64Array, n: number, m: number): Float64Array {
  const t = new Float64Array(a.length);
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) t[j * n + i] = a[i * m + j]!;
  return t;
}

function addIdentity(a: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) a[i * n + i]! += 1;
  return a;
}

/** One EM step for F `[D, r]` and ψ `[D]` towards `covariance` `[D, D]`. */
function improve(
  covariance: Float64Array,
  F: Float64Array,
  psi: Float64Array,
  size: number,
  rank: number,
): { F: Float64Array; psi: Float64Array } {
  const scaled = F.map((value, i) => value / psi[Math.floor(i / rank)]!); // ψ⁻¹·F
  const precision = addIdentity(multiply(transpose(F, size, rank), scaled, rank, size, rank), rank);
  const betaT = multiply(scaled, inverseSPD(precision, rank)!, size, rank, rank); // βᵀ [D, r]
  const beta = transpose(betaT, size, rank);
  const C = multiply(covariance, betaT, size, size, rank);
  const explained = multiply(beta, F, rank, size, rank);
  const H = multiply(beta, C, rank, size, rank).map((value, i) => value - explained[i]!);
  const next = multiply(C, inverseSPD(addIdentity(H, rank), rank)!, size, rank, rank);
  const nextPsi = psi.map((_, i) => {
    const variance = covariance[i * size + i]!;
    let shared = 0;
    for (let f = 0; f < rank; f++) shared += next[i * rank + f]! * C[i * rank + f]!;
    return Math.max(variance - shared, LEAST_UNIQUE * variance);
  });
  return { F: next, psi: nextPsi };
}

/**
 * The factor form of a full mixture: K·D·(rank + 2) numbers instead of K·D·(D + 3)/2. What is
 * lost are the weaker correlations between neurons; the variance of each is kept.
 * @param rank factors a component, 1 … D.
 * @param options.iterations EM steps a component (default 50).
 * @param options.onProgress told the share of the components that are done, 0 … 1.
 * @throws NgcError 'cancelled' once `signal` is aborted.
 */
export async function compactMixture(
  mixture: FullMixture,
  rank: number,
  options: {
    readonly iterations?: number;
    readonly onProgress?: (fraction: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<FactorMixture> {
  const { components, size, weights, means } = mixture;
  const pace = createPace(options.signal, 'Compacting the prior');
  const loadings = new Float32Array(components * size * rank);
  const deviations = new Float32Array(components * size);
  for (let k = 0; k < components; k++) {
    const covariance = covarianceOf(mixture, k);
    const rng = createRng(k); // any start that is not symmetric in the factors will do
    let psi: Float64Array = Float64Array.from(
      { length: size },
      (_, i) => covariance[i * size + i]! / 2,
    );
    let F: Float64Array = Float64Array.from(
      { length: size * rank },
      (_, i) => Math.sqrt(psi[Math.floor(i / rank)]! / rank) * rng.normal(),
    );
    for (let step = 0; step < (options.iterations ?? 50); step++) {
      ({ F, psi } = improve(covariance, F, psi, size, rank));
      await pace();
    }
    options.onProgress?.((k + 1) / components);
    loadings.set(F, k * size * rank);
    deviations.set(psi.map(Math.sqrt), k * size);
  }
  return { kind: 'factor', components, size, rank, weights, means, loadings, deviations };
}
