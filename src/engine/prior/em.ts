/**
 * One round of expectation–maximisation for a Gaussian mixture, and where it starts.
 *
 *   E  r_nk = w_k N(x_n; μ_k, Σ_k) / Σ_i w_i N(x_n; μ_i, Σ_i)
 *   M  N_k = Σ_n r_nk,  w_k = N_k / N,  μ_k = Σ_n r_nk x_n / N_k,
 *      S_k = Σ_n r_nk (x_n − μ_k)ᵀ(x_n − μ_k) / N_k
 *      Σ_k = (1 − s)·S_k + s·diag(S_k) + λ·I
 *
 * λ (`ridge`) and s (`shrinkage`) keep neurons that are silent in a cluster, and clusters of fewer
 * points than neurons, from a singular covariance.
 */
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Rng } from '../../shared/rng.ts';
import { visitDensities } from './density.ts';
import { kMeans } from './kmeans.ts';
import type { CollapseCause, FittedGaussian, Form } from './maximise.ts';
import { maximise, splitHeaviest } from './maximise.ts';
import type { DiagonalMixture, FullMixture } from './mixture.ts';
import type { Share } from './moments.ts';

/** A mixture as EM makes it. */
export type EmMixture = FullMixture | DiagonalMixture;

const KMEANS_ITERATIONS = 10;
/** Responsibilities under this are left out of the M step. */
const NEGLIGIBLE = 1e-8;

const TOO_LARGE = 'The mixture cannot be fitted: the numbers are too large for 32-bit floats.';

type Pace = () => Promise<void>;

/** The mean over neurons of their variance; also refuses numbers that are not finite. */
async function meanVariance({ shape, data }: FloatArray, pace: Pace): Promise<number> {
  const [count, size] = shape as [number, number];
  const sums = new Float64Array(size);
  let squares = 0;
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < size; j++) {
      const value = data[n * size + j]!;
      sums[j]! += value;
      squares += value * value;
    }
    if (n % 1024 === 0) await pace();
  }
  if (!Number.isFinite(squares))
    throw new NgcError('data', 'The mixture cannot be fitted: some numbers are not finite.');
  const squaredMeans = sums.reduce((total, sum) => total + (sum / count) ** 2, 0);
  return Math.max(0, squares / count - squaredMeans) / size;
}

function assemble(
  gaussians: readonly FittedGaussian[],
  size: number,
  kind: 'full' | 'diagonal',
): EmMixture {
  const total = gaussians.reduce((sum, { mass }) => sum + mass, 0);
  const join = (arrays: Float32Array[]) => {
    const all = new Float32Array(arrays.length * arrays[0]!.length);
    arrays.forEach((array, k) => all.set(array, k * array.length));
    return all;
  };
  const base = {
    components: gaussians.length,
    size,
    weights: Float32Array.from(gaussians, ({ mass }) => mass / total),
    means: join(gaussians.map(({ mean }) => mean)),
  };
  const spreads = join(gaussians.map(({ spread }) => spread));
  return kind === 'full'
    ? { kind, ...base, cholesky: spreads }
    : { kind, ...base, deviations: spreads };
}

/**
 * What the M step is to make of these points, with a ridge that 32-bit products can resolve: at least a millionth of the mean
 * variance. Throws a data error where a point is not finite.
 * @param points `[N, D]`.
 * @param K the most Gaussians.
 */
export async function formFor(
  points: FloatArray,
  K: number,
  { kind, shrinkage, ridge }: Omit<Form, 'fewest'>,
  pace: Pace,
): Promise<Form> {
  return {
    kind,
    shrinkage,
    ridge: Math.max(ridge, 1e-6 * (await meanVariance(points, pace)), 1e-12),
    fewest: Math.min(2, points.shape[0]! / (2 * K)),
  };
}

const noShares = (K: number) =>
  Array.from({ length: K }, (): Share => ({ points: [], responsibilities: [] }));

/** Where EM starts: every point belongs to its cluster by k-means. */
export async function clusterShares(
  points: FloatArray,
  K: number,
  rng: Rng,
  pace: Pace,
): Promise<readonly Share[]> {
  const shares = noShares(K);
  (await kMeans(points, K, rng, KMEANS_ITERATIONS, pace)).forEach((k, n) => {
    shares[k]!.points.push(n);
    shares[k]!.responsibilities.push(1);
  });
  return shares;
}

/**
 * The E step: what each Gaussian answers for.
 * @param pace awaited between pieces of work, with the share of the step that is done.
 * @returns the shares, and the mean log-likelihood of a point under the mixture, nats.
 * @throws NgcError 'diverged' when numbers overflow.
 */
export async function expectation(
  mixture: EmMixture,
  points: FloatArray,
  pace: (fraction: number) => Promise<void>,
): Promise<{ readonly shares: readonly Share[]; readonly logLikelihood: number }> {
  const shares = noShares(mixture.components);
  let sum = 0;
  const visit = (n: number, joint: Float64Array, logDensity: number) => {
    sum += logDensity;
    joint.forEach((value, k) => {
      const r = Math.exp(value - logDensity);
      if (r < NEGLIGIBLE) return;
      shares[k]!.points.push(n);
      shares[k]!.responsibilities.push(r);
    });
  };
  await visitDensities(mixture, points, visit, pace);
  if (!Number.isFinite(sum)) throw new NgcError('diverged', TOO_LARGE);
  return { shares, logLikelihood: sum / points.shape[0]! };
}

/** A Gaussian that lost its points or its definiteness, and what became of it. */
export interface Collapse {
  readonly cause: CollapseCause;
  readonly action: 'reseeded' | 'dropped';
}

/**
 * The M step: the mixture that fits the shares best. A Gaussian that nothing can be made of is put where one is most needed, or
 * dropped once that was done `reseeds` times.
 * @throws NgcError 'diverged' when no Gaussian is left.
 */
export async function maximisation(
  points: FloatArray,
  shares: readonly Share[],
  form: Form,
  { rng, reseeds }: { readonly rng: Rng; readonly reseeds: number },
  pace: Pace,
): Promise<{ readonly mixture: EmMixture; readonly collapses: readonly Collapse[] }> {
  const gaussians: FittedGaussian[] = [];
  const causes: CollapseCause[] = [];
  for (const share of shares) {
    const fitted = await maximise(points, share, form, pace);
    if (typeof fitted === 'string') causes.push(fitted);
    else gaussians.push(fitted);
  }
  if (gaussians.length === 0) throw new NgcError('diverged', TOO_LARGE);
  const collapses = causes.map((cause, i): Collapse => {
    const reseed = i < reseeds;
    if (reseed) splitHeaviest(gaussians, points, rng);
    return { cause, action: reseed ? 'reseeded' : 'dropped' };
  });
  return { mixture: assemble(gaussians, points.shape[1]!, form.kind), collapses };
}
