import type { FullMixture, Mixture } from '../../../src/engine/prior/mixture.ts';
import { factorCovariance, unpackCholesky } from '../../../src/engine/prior/mixture.ts';
import { logDetFromCholesky, cholesky } from '../../../src/engine/linalg/cholesky.ts';
import { visitDensities } from '../../../src/engine/prior/density.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';

/** A mixture with given weights and spread-out means; its Cholesky factors are dense and random. */
export function randomMixture(
  weights: number[],
  size: number,
  apart: number,
  seed: number,
): FullMixture {
  const rng = createRng(seed);
  const components = weights.length;
  const means = Float32Array.from({ length: components * size }, () => apart * rng.normal());
  const cholesky: number[] = [];
  for (let k = 0; k < components; k++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++)
        cholesky.push(i === j ? 0.5 + rng.uniform() : (0.5 * rng.normal()) / Math.sqrt(size));
  return {
    kind: 'full',
    components,
    size,
    weights: Float32Array.from(weights),
    means,
    cholesky: Float32Array.from(cholesky),
  };
}

/** Σ_k in float64 by the definition of each form. */
export function covarianceOf(mixture: Mixture, k: number): Float64Array {
  const { size } = mixture;
  if (mixture.kind === 'factor') return factorCovariance(mixture, k);
  const covariance = new Float64Array(size * size);
  if (mixture.kind === 'diagonal') {
    for (let i = 0; i < size; i++)
      covariance[i * size + i] = mixture.deviations[k * size + i]! ** 2;
    return covariance;
  }
  const r = unpackCholesky(mixture, k);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      for (let m = 0; m < size; m++)
        covariance[i * size + j]! += r[i * size + m]! * r[j * size + m]!;
  return covariance;
}

/** The solution y of R·y = b by forward substitution; R lower triangular. */
function solveLower(r: Float64Array, b: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let rest = b[i]!;
    for (let j = 0; j < i; j++) rest -= r[i * n + j]! * y[j]!;
    y[i] = rest / r[i * n + i]!;
  }
  return y;
}

/** log p(x) of every point [N, D] as the engine gives it, nats. */
export async function logDensity(mixture: Mixture, points: FloatArray): Promise<Float64Array> {
  const result = new Float64Array(points.shape[0]!);
  const note = (n: number, _: unknown, value: number) => (result[n] = value);
  await visitDensities(mixture, points, note, () => Promise.resolve());
  return result;
}

/** log p(x) in float64 straight from the definition, every component at every point: the oracle. */
export function slowLogDensity(mixture: Mixture, point: ArrayLike<number>): number {
  const { components, size, weights, means } = mixture;
  const terms = Array.from({ length: components }, (_, k) => {
    const r = cholesky(covarianceOf(mixture, k), size)!;
    const difference = Float64Array.from(
      { length: size },
      (_, j) => point[j]! - means[k * size + j]!,
    );
    const squared = solveLower(r, difference, size).reduce((sum, y) => sum + y * y, 0);
    const constant = size * Math.log(2 * Math.PI) + logDetFromCholesky(r, size);
    return Math.log(weights[k]!) - (constant + squared) / 2;
  });
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, t) => sum + Math.exp(t - largest), 0));
}
