import * as tf from '@tensorflow/tfjs-core';
import type { FloatArray } from '../../shared/arrays.ts';
import type { Rng } from '../../shared/rng.ts';

/**
 * k-means++ (Arthur & Vassilvitskii 2007): the first centre is any point, each further one a point
 * drawn with probability proportional to its squared distance from the nearest centre so far.
 * Where all points coincide with centres already, any point is taken.
 * @returns centres `[k, D]`.
 */
async function chooseCentres(
  { shape, data }: FloatArray,
  k: number,
  rng: Rng,
  pace: () => Promise<void>,
): Promise<Float32Array> {
  const [count, size] = shape as [number, number];
  const centres = new Float32Array(k * size);
  const nearest = new Float64Array(count).fill(Infinity);
  let chosen = rng.below(count);
  for (let c = 0; c < k; c++) {
    centres.set(data.subarray(chosen * size, (chosen + 1) * size), c * size);
    let total = 0;
    for (let n = 0; n < count; n++) {
      let distance = 0;
      for (let j = 0; j < size; j++)
        distance += (data[n * size + j]! - centres[c * size + j]!) ** 2;
      nearest[n] = Math.min(nearest[n]!, distance);
      total += nearest[n]!;
    }
    chosen = total > 0 ? drawIndex(nearest, rng.uniform() * total) : rng.below(count);
    await pace();
  }
  return centres;
}

/** The first index at which the running sum of `shares` exceeds `target`; never one with no share. */
function drawIndex(shares: Float64Array, target: number): number {
  let last = 0;
  for (let n = 0; n < shares.length; n++) {
    if (shares[n]! === 0) continue;
    last = n;
    target -= shares[n]!;
    if (target < 0) break;
  }
  return last;
}

/** The index of the nearest centre for every point, `[N]`: ‖x − c‖² = ‖x‖² − 2x·c + ‖c‖². */
async function assign(
  { shape, data }: FloatArray,
  centres: Float32Array,
  k: number,
  pace: () => Promise<void>,
): Promise<Int32Array> {
  const [count, size] = shape as [number, number];
  const nearest = new Int32Array(count);
  const rows = 4096;
  for (let start = 0; start < count; start += rows) {
    const n = Math.min(rows, count - start);
    const indices = tf.tidy(() => {
      const x = tf.tensor2d(data.subarray(start * size, (start + n) * size), [n, size]);
      const c = tf.tensor2d(centres, [k, size]);
      const halfNorms = tf.mul(tf.sum(tf.square(c), 1), 0.5); // [k]
      return tf.argMax(tf.sub(tf.matMul(x, tf.transpose(c)), halfNorms), 1); // [n]
    });
    nearest.set(await indices.data(), start);
    indices.dispose();
    await pace();
  }
  return nearest;
}

/** Moves every centre to the mean of its points; one without points stays. */
function moveCentres(
  { shape, data }: FloatArray,
  centres: Float32Array,
  nearest: Int32Array,
): void {
  const size = shape[1]!;
  const sums = new Float64Array(centres.length);
  const counts = new Float64Array(centres.length / size);
  nearest.forEach((c, n) => {
    counts[c]!++;
    for (let j = 0; j < size; j++) sums[c * size + j]! += data[n * size + j]!;
  });
  counts.forEach((points, c) => {
    if (points === 0) return;
    for (let j = 0; j < size; j++) centres[c * size + j] = sums[c * size + j]! / points;
  });
}

/**
 * Divides points into k clusters: k-means++, then Lloyd's iterations until nothing moves or
 * `iterations` are done.
 * @param points `[N, D]`, N ≥ 1.
 * @returns the cluster of every point, `[N]`; a cluster may be empty.
 */
export async function kMeans(
  points: FloatArray,
  k: number,
  rng: Rng,
  iterations: number,
  pace: () => Promise<void>,
): Promise<Int32Array> {
  const centres = await chooseCentres(points, k, rng, pace);
  let nearest = await assign(points, centres, k, pace);
  for (let i = 0; i < iterations; i++) {
    moveCentres(points, centres, nearest);
    const next = await assign(points, centres, k, pace);
    const moved = next.some((c, n) => c !== nearest[n]);
    nearest = next;
    if (!moved) break;
  }
  return nearest;
}
