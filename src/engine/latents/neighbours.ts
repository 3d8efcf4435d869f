/**
 * The nearest rows of one set to rows of another, by squared Euclidean distance, as products on the TensorFlow.js backend:
 *
 *   ‖q − x‖² = ‖q‖² − 2·q·xᵀ + ‖x‖²
 *
 * Where all entries are 0 or 1 the products are exact, and the distance is the number of entries that differ.
 */
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import type { Images, Work } from '../measures/images.ts';

/** Rows of x in one product. */
const BLOCK = 1000;

export interface Neighbours {
  /** The rows of x [Q, k], the nearest of each query first, equals by their number. */
  readonly indices: Int32Array;
  /** ‖q − x‖² [Q, k]. */
  readonly distances: Float32Array;
}

/**
 * The k nearest rows of x to each query.
 *
 * @param queries [Q, D]
 * @param among x [N, D], read in runs of rows
 * @param k at most N − 1
 * @param not a row of x that each query must not find [Q] (itself); absent: none
 */
export async function nearestRows(
  { shape, data: queries }: FloatArray,
  among: Images,
  k: number,
  { not, onProgress }: Work & { readonly not?: ArrayLike<number> } = {},
): Promise<Neighbours> {
  const [Q, D] = shape as [number, number];
  const indices = new Int32Array(Q * k).fill(-1);
  const distances = new Float32Array(Q * k).fill(Infinity);
  const q = tf.tensor2d(queries, [Q, D]);
  try {
    for (let from = 0; from < among.count; from += BLOCK) {
      await onProgress?.(from / among.count);
      const to = Math.min(from + BLOCK, among.count);
      const squares = tf.tidy(() => {
        const x = tf.tensor2d(among.read(from, to), [to - from, D]);
        const lengths = (rows: tf.Tensor2D) => tf.sum(tf.square(rows), 1);
        const own = tf.expandDims(lengths(q), 1);
        // Not transposeB: with WebAssembly that is slow.
        return tf.add(tf.sub(own, tf.mul(2, tf.matMul(q, tf.transpose(x)))), lengths(x));
      });
      const block = await squares.data();
      squares.dispose();
      const width = to - from;
      for (let i = 0; i < Q; i++)
        for (let j = 0; j < width; j++) {
          // Rounding may take the distance of equals below 0.
          const distance = Math.max(0, block[i * width + j]!);
          if (distance < distances[i * k + k - 1]! && from + j !== not?.[i])
            insert(indices, distances, i * k, k, from + j, distance);
        }
    }
  } finally {
    q.dispose();
  }
  return { indices, distances };
}

/** Puts a row where it belongs among the k nearest so far, which begin at `start`. */
function insert(
  indices: Int32Array,
  distances: Float32Array,
  start: number,
  k: number,
  index: number,
  distance: number,
): void {
  let at = start + k - 1;
  for (; at > start && distances[at - 1]! > distance; at--) {
    distances[at] = distances[at - 1]!;
    indices[at] = indices[at - 1]!;
  }
  distances[at] = distance;
  indices[at] = index;
}
