/**
 * Log densities of a mixture on the TensorFlow.js backend. With Σ_k = R_k·R_kᵀ and the whitened
 * difference y = (x − μ_k)·R_k⁻ᵀ,
 *
 *   log w_k N(x; μ_k, Σ_k) = log w_k − ½ D log 2π − log|R_k| − ½ ‖y‖²
 *
 * Components that cannot matter at a point are found by a bound (the distance over some neurons
 * only) and left out. The sum over components loses at most K·e⁻²⁰ of itself by that.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../shared/arrays.ts';
import type { Gaussian } from './gaussian.ts';
import { createGaussian, disposeGaussian, rowsPerPiece, squaredDistances } from './gaussian.ts';
import type { Mixture } from './mixture.ts';

const NONE = new Float32Array(0);

/** A component this many nats under the best one is left out. */
const MARGIN = 20;

/** Takes, for point `n`, log w_k N(x; μ_k, Σ_k) of every component (−∞ where left out) and log p(x). */
type Visit = (n: number, joint: Float64Array, logDensity: number) => void;

/**
 * Squared distances of chosen points from each Gaussian; what is computed on the backend is read back in one transfer.
 * @param rows for every Gaussian its points of `[N, D]`.
 * @returns for every Gaussian the distances in the order of its rows.
 */
async function readDistances(
  points: FloatArray,
  gaussians: readonly Gaussian[],
  which: 'whole' | 'part',
  rows: readonly ArrayLike<number>[],
  pace: () => Promise<void>,
): Promise<Float32Array[]> {
  const tensors = new Map<number, tf.Tensor1D>();
  const distances: Float32Array[] = [];
  try {
    for (const [k, gaussian] of gaussians.entries()) {
      const found = rows[k]!.length === 0 ? NONE : squaredDistances(points, gaussian[which], rows[k]!); // prettier-ignore
      if (found instanceof Float32Array) distances[k] = found;
      else tensors.set(k, found);
      await pace();
    }
    if (tensors.size === 0) return distances;
    const joined = tf.concat([...tensors.values()]);
    const values = (await joined.data()) as Float32Array;
    joined.dispose();
    let end = 0;
    for (const k of tensors.keys()) distances[k] = values.subarray(end, (end += rows[k]!.length));
    return distances;
  } finally {
    tf.dispose([...tensors.values()]);
  }
}

/**
 * log w_k N(x; μ_k, Σ_k) of `n` points from `start`.
 * @returns `[n, K]`, −∞ where a component is left out.
 */
async function jointDensities(
  points: FloatArray,
  start: number,
  n: number,
  gaussians: readonly Gaussian[],
  pace: () => Promise<void>,
): Promise<Float64Array> {
  const K = gaussians.length;
  const joint = new Float64Array(n * K).fill(-Infinity);
  const evaluate = async (rows: number[][]) => {
    const distances = await readDistances(points, gaussians, 'whole', rows, pace);
    gaussians.forEach(({ constant }, k) =>
      rows[k]!.forEach(
        (row, i) => (joint[(row - start) * K + k] = constant - distances[k]![i]! / 2),
      ),
    );
  };
  const all = Uint32Array.from({ length: n }, (_, i) => start + i);
  const every = gaussians.map(() => all);
  const bounds = await readDistances(points, gaussians, 'part', every, pace);
  const upper = (i: number, k: number) => gaussians[k]!.constant - bounds[k]![i]! / 2;

  // First the component with the highest bound, for a value that the best is at least …
  const likeliest = Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let k = 1; k < K; k++) if (upper(i, k) > upper(i, best)) best = k;
    return best;
  });
  const rows = gaussians.map((): number[] => []);
  likeliest.forEach((k, i) => rows[k]!.push(start + i));
  await evaluate(rows);
  // … then the others that may come within the margin of it.
  const others = gaussians.map((): number[] => []);
  likeliest.forEach((best, i) => {
    const least = joint[i * K + best]! - MARGIN;
    for (let k = 0; k < K; k++) if (k !== best && upper(i, k) > least) others[k]!.push(start + i);
  });
  await evaluate(others);
  return joint;
}

function logSumExp(values: Float64Array): number {
  let largest = -Infinity;
  for (const value of values) if (value > largest) largest = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - largest);
  return largest + Math.log(sum);
}

/** A mixture ready to be evaluated. It owns tensors until it is disposed of. */
export interface Densities {
  /**
   * Evaluates the mixture at every point and gives the results to `visit`, point by point in order.
   * @param points `[N, D]`.
   * @param pace awaited between pieces of work, with the fraction of the whole that is done.
   */
  visit(points: FloatArray, visit: Visit, pace: (fraction: number) => Promise<void>): Promise<void>;
  dispose(): void;
}

/** Factorises every component of a mixture. `pace` is awaited after each. */
export async function prepareDensities(
  mixture: Mixture,
  pace: () => Promise<void>,
): Promise<Densities> {
  const { components: K, size } = mixture;
  const rows = rowsPerPiece(size);
  const gaussians: Gaussian[] = [];
  const dispose = () => gaussians.forEach(disposeGaussian);
  try {
    for (let k = 0; k < K; k++) {
      gaussians.push(createGaussian(mixture, k));
      await pace();
    }
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    async visit(points, visit, pause) {
      const count = points.shape[0]!;
      for (let start = 0; start < count; start += rows) {
        const n = Math.min(rows, count - start);
        const joint = await jointDensities(points, start, n, gaussians, () => pause(start / count));
        for (let i = 0; i < n; i++) {
          const one = joint.subarray(i * K, (i + 1) * K);
          visit(start + i, one, logSumExp(one));
        }
      }
    },
    dispose,
  };
}

/** Evaluates a mixture once: see `Densities.visit`. */
export async function visitDensities(
  mixture: Mixture,
  points: FloatArray,
  visit: Visit,
  pace: (fraction: number) => Promise<void>,
): Promise<void> {
  const densities = await prepareDensities(mixture, () => pace(0));
  try {
    await densities.visit(points, visit, pace);
  } finally {
    densities.dispose();
  }
}
