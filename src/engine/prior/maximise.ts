import type { FloatArray } from '../../shared/arrays.ts';
import type { Rng } from '../../shared/rng.ts';
import { cholesky } from '../linalg/cholesky.ts';
import { packCholesky } from './mixture.ts';
import type { Share } from './moments.ts';
import { massOf, shareCovariance, shareMean, shareVariances } from './moments.ts';

/** One Gaussian of a mixture that is being fitted. */
export interface FittedGaussian {
  /** N_k, the points it answers for. */
  readonly mass: number;
  /** μ_k `[D]`. */
  readonly mean: Float32Array;
  /** R_k as a packed lower triangle, or the standard deviations `[D]` of a diagonal covariance. */
  readonly spread: Float32Array;
  readonly share: Share;
}

export type CollapseCause = 'too few points' | 'covariance not positive definite';

/** What is to be fitted. */
export interface Form {
  readonly kind: 'full' | 'diagonal';
  /** s, how far covariances are moved towards their diagonals, 0 … 1. */
  readonly shrinkage: number;
  /** λ, added to every variance. */
  readonly ridge: number;
  /** The least mass that makes a Gaussian. */
  readonly fewest: number;
}

/**
 * The M step for one component.
 * @param points `[N, D]`.
 * @returns the Gaussian that fits its share of the points best, or why there is none.
 */
export async function maximise(
  points: FloatArray,
  share: Share,
  { kind, shrinkage, ridge, fewest }: Form,
  pace: () => Promise<void>,
): Promise<FittedGaussian | CollapseCause> {
  const size = points.shape[1]!;
  const mass = massOf(share);
  if (!(mass >= fewest)) return 'too few points';
  const mean = shareMean(points, share);
  if (kind === 'diagonal') {
    const variances = shareVariances(points, share, mean);
    const spread = Float32Array.from(variances, (variance) => Math.sqrt(variance + ridge));
    await pace();
    return { mass, mean, spread, share };
  }
  const covariance = await shareCovariance(points, share, mean, pace);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++)
      if (i === j) covariance[i * size + i]! += ridge;
      else covariance[i * size + j]! *= 1 - shrinkage; // the lower triangle is what is read
  const r = cholesky(covariance, size);
  await pace();
  if (!r) return 'covariance not positive definite';
  return { mass, mean, spread: packCholesky(r, size), share };
}

/**
 * Puts a new Gaussian where it is most needed: it takes half the mass of the heaviest one, its
 * spread, and as its mean one of that one's points.
 */
export function splitHeaviest(gaussians: FittedGaussian[], points: FloatArray, rng: Rng): void {
  const size = points.shape[1]!;
  const heaviest = gaussians.reduce(
    (best, { mass }, k) => (mass > gaussians[best]!.mass ? k : best),
    0,
  );
  const { mass, mean, spread, share } = gaussians[heaviest]!;
  const n = share.points[rng.below(share.points.length)]!;
  const elsewhere = points.data.slice(n * size, (n + 1) * size);
  gaussians[heaviest] = { mass: mass / 2, mean, spread, share };
  gaussians.push({ mass: mass / 2, mean: elsewhere, spread, share });
}
