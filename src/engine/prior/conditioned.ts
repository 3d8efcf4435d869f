/**
 * A mixture prior over codes, given a noisy look at one code: what a model that only settles, or only encodes to a point, can
 * propose latents from (ngc.md, last section). With the code ĉ of an image taken as an observation with noise s²I,
 *
 *   q(z|ĉ) = Σ_k r_k N(z; m_k + (ĉ − m_k)·G_k, S_k)     r_k ∝ w_k N(ĉ; m_k, C_k + s²I)
 *   G_k = C_k·(C_k + s²I)⁻¹ = I − s²·(C_k + s²I)⁻¹      S_k = C_k − G_k·C_k = s²·G_k
 *
 * Only the three largest r_k are kept: q is a density whatever is left out.
 */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { NgcError } from '../../shared/errors.ts';
import type { Rng } from '../../shared/rng.ts';
import { createRng } from '../../shared/rng.ts';
import {
  cholesky,
  inverseLowerTransposed,
  inverseSPD,
  logDetFromCholesky,
} from '../linalg/cholesky.ts';
import type { Proposal } from '../proposal.ts';
import type { Densities } from './density.ts';
import { prepareDensities } from './density.ts';
import type { FullMixture, Mixture } from './mixture.ts';
import { covarianceOf, packCholesky, triangleSize } from './mixture.ts';

/** Components of a proposal. */
const KEPT = 3;

/** A prior that can be asked what it makes of an observed code. It owns tensors until it is disposed of. */
export interface ConditionedPrior {
  /**
   * Draws from q(z|ĉ), weighted against the prior. The same seed gives the same draws.
   * @param observed ĉ `[D]`.
   */
  propose(observed: ArrayLike<number>, count: number, seed: number): Promise<Proposal>;
  dispose(): void;
}

/** S_k = R·Rᵀ and G_k of one component. */
interface Part {
  /** G_k `[D, D]`. */
  readonly gain: Float32Array;
  /** Rᵀ and R⁻ᵀ `[D, D]`. */
  readonly spread: Tensor2D;
  readonly whitener: Tensor2D;
  /** −½ D log 2π − log|R|. */
  readonly constant: number;
}

/** C_k + s²I `[D, D]`. */
function observedCovariance(mixture: Mixture, k: number, noise: number): Float64Array {
  const covariance = covarianceOf(mixture, k);
  for (let i = 0; i < mixture.size; i++) covariance[i * (mixture.size + 1)]! += noise ** 2;
  return covariance;
}

const notPositive = (): NgcError =>
  new NgcError('data', 'The prior cannot be conditioned: a covariance is not positive definite.');

/** The density of what is observed: Σ_k w_k N(ĉ; m_k, C_k + s²I). */
function observedMixture(mixture: Mixture, noise: number): FullMixture {
  const { components, size, weights, means } = mixture;
  const factors = new Float32Array(components * triangleSize(size));
  for (let k = 0; k < components; k++) {
    const r = cholesky(observedCovariance(mixture, k, noise), size);
    if (!r) throw notPositive();
    factors.set(packCholesky(r, size), k * triangleSize(size));
  }
  return { kind: 'full', components, size, weights, means, cholesky: factors };
}

function createPart(mixture: Mixture, k: number, noise: number): Part {
  const { size } = mixture;
  const inverse = inverseSPD(observedCovariance(mixture, k, noise), size);
  if (!inverse) throw notPositive();
  const gain = inverse.map((value, i) => (i % (size + 1) === 0 ? 1 : 0) - noise ** 2 * value);
  const r = cholesky(
    gain.map((value) => noise ** 2 * value),
    size,
  );
  if (!r) throw notPositive();
  const square = (values: Float64Array) => tf.tensor2d(Float32Array.from(values), [size, size]);
  return {
    gain: Float32Array.from(gain),
    spread: tf.tidy(() => tf.transpose(square(r))),
    whitener: square(inverseLowerTransposed(r, size)),
    constant: -(size * Math.log(2 * Math.PI) + logDetFromCholesky(r, size)) / 2,
  };
}

/** How many of `count` draws each component gives. */
function shareOut(count: number, shares: readonly number[], rng: Rng): readonly number[] {
  const counts = shares.map(() => 0);
  for (let j = 0; j < count; j++) {
    let left = rng.uniform();
    let c = 0;
    while (c < shares.length - 1 && left >= shares[c]!) left -= shares[c++]!;
    counts[c]!++;
  }
  return counts;
}

/** A component of q: r_k, its centre `[D]`, and how it spreads. */
interface Component {
  readonly share: number;
  readonly centre: Float32Array;
  readonly part: Part;
}

/** Draws from q `[n, D]`; the caller disposes them. */
function drawFrom(components: readonly Component[], count: number, rng: Rng): Tensor2D {
  const shares = components.map(({ share }) => share);
  const counts = shareOut(count, shares, rng);
  return tf.tidy(() => {
    const pieces = components.map(({ part, centre }, c): Tensor2D => {
      const n = counts[c]!;
      const noise = Float32Array.from({ length: n * centre.length }, () => rng.normal());
      const drawn = tf.matMul(tf.tensor2d(noise, [n, centre.length]), part.spread);
      return tf.add(drawn, tf.tensor1d(centre));
    });
    return tf.concat(pieces.filter((_, c) => counts[c]! > 0));
  });
}

/** log q of points z `[n, D]`, nats. */
async function logDensities(components: readonly Component[], z: Tensor2D): Promise<Float64Array> {
  const logs = new Float64Array(z.shape[0]).fill(-Infinity);
  for (const { share, centre, part } of components) {
    const distances = tf.tidy(() => {
      const away: Tensor2D = tf.sub(z, tf.tensor1d(centre));
      return tf.sum(tf.square(tf.matMul(away, part.whitener)), 1);
    });
    const squared = await distances.data();
    distances.dispose();
    const constant = Math.log(share) + part.constant;
    logs.forEach((log, j) => (logs[j] = logAdd(log, constant - squared[j]! / 2)));
  }
  return logs;
}

class Conditioned implements ConditionedPrior {
  /** Made when they are first asked for: few images are near all of them. */
  private readonly parts = new Map<number, Part>();

  constructor(
    private readonly mixture: Mixture,
    private readonly noise: number,
    private readonly prior: Densities,
    private readonly observation: Densities,
  ) {}

  async propose(observed: ArrayLike<number>, count: number, seed: number): Promise<Proposal> {
    const components = await this.posterior(Float32Array.from(observed));
    const z = drawFrom(components, count, createRng(seed));
    try {
      const draws = { shape: [...z.shape], data: Float32Array.from(await z.data()) };
      const logQ = await logDensities(components, z);
      const logWeights = new Float64Array(count);
      const weigh = (j: number, _: unknown, logP: number) => (logWeights[j] = logP - logQ[j]!);
      await this.prior.visit(draws, weigh, () => Promise.resolve());
      return { draws, logWeights };
    } finally {
      z.dispose();
    }
  }

  /** q(z|ĉ): the components that answer most for what is observed, their shares summing to 1. */
  private async posterior(observed: Float32Array): Promise<readonly Component[]> {
    let logs = new Float64Array(0);
    const point = { shape: [1, observed.length], data: observed };
    const visit = (_: number, joint: Float64Array) => (logs = joint.slice());
    await this.observation.visit(point, visit, () => Promise.resolve());
    const best = [...logs.keys()].sort((a, b) => logs[b]! - logs[a]!).slice(0, KEPT);
    const weights = best.map((k) => Math.exp(logs[k]! - logs[best[0]!]!));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return best
      .map((k, i) => ({ k, share: weights[i]! / total }))
      .filter(({ share }) => share > 0)
      .map(({ k, share }) => ({ share, centre: this.centre(k, observed), part: this.part(k) }));
  }

  /** m_k + (ĉ − m_k)·G_k `[D]`. */
  private centre(k: number, observed: Float32Array): Float32Array {
    const { size, means } = this.mixture;
    const { gain } = this.part(k);
    const mean = means.subarray(k * size, (k + 1) * size);
    const centre = Float64Array.from(mean);
    for (let i = 0; i < size; i++) {
      const away = observed[i]! - mean[i]!;
      for (let j = 0; j < size; j++) centre[j]! += away * gain[i * size + j]!;
    }
    return Float32Array.from(centre);
  }

  private part(k: number): Part {
    const part = this.parts.get(k) ?? createPart(this.mixture, k, this.noise);
    this.parts.set(k, part);
    return part;
  }

  dispose(): void {
    for (const { spread, whitener } of this.parts.values()) tf.dispose([spread, whitener]);
    this.parts.clear();
    this.prior.dispose();
    this.observation.dispose();
  }
}

/** log(eᵃ + eᵇ). */
function logAdd(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
}

/**
 * Makes a prior ready to be conditioned on codes that are seen with noise.
 * @param noise s, in units of the codes, above 0. The bound is valid for any; how tight it is depends on it.
 * @param pace awaited between pieces of work.
 * @throws NgcError 'data' where a covariance is not positive definite in float64.
 */
export async function conditionPrior(
  mixture: Mixture,
  noise: number,
  pace: () => Promise<void>,
): Promise<ConditionedPrior> {
  const observed = observedMixture(mixture, noise);
  const prior = await prepareDensities(mixture, pace);
  try {
    return new Conditioned(mixture, noise, prior, await prepareDensities(observed, pace));
  } catch (error) {
    prior.dispose();
    throw error;
  }
}
