/** UMAP of codes (McInnes, Healy & Melville 2018): a map of the plane on which near ones stay near. */
import { UMAP } from 'umap-js';

import type { FloatArray } from '../../shared/arrays.ts';
import { createRng } from '../../shared/rng.ts';
import type { Work } from '../measures/images.ts';
import { nearestRows } from './neighbours.ts';

/** How many neighbours an image should stay near, and how near dots may come: the authors' own. */
const NEIGHBOURS = 15;
export const LEAST_DISTANCE = 0.1;

export interface UmapLayout {
  /** [N, 2]. */
  readonly points: Float32Array;
  /** How many neighbours counted, an image itself included. */
  readonly neighbours: number;
}

/**
 * Lays codes out in the plane. The same codes and seed give the same map. Neighbours are the exact ones: by products, so that what
 * runs beside is not held up.
 *
 * @param codes φ [N, D], N ≥ 3
 */
export async function layOut(
  codes: FloatArray,
  seed: number,
  { onProgress }: Work = {},
): Promise<UmapLayout> {
  const [count, width] = codes.shape as [number, number];
  const rows = Array.from({ length: count }, (_, n) =>
    Array.from(codes.data.subarray(n * width, (n + 1) * width)),
  );
  const neighbours = Math.min(NEIGHBOURS, count - 1);
  const among = {
    count,
    read: (from: number, to: number) => codes.data.subarray(from * width, to * width),
  };
  const every = Int32Array.from({ length: count }, (_, n) => n);
  const others = neighbours - 1;
  const found = await nearestRows(codes, among, others, {
    not: every,
    onProgress: () => onProgress?.(0),
  });
  // An image is its own first neighbour.
  const near = (n: number, values: ArrayLike<number>, own: number) => [
    own,
    ...Array.from({ length: others }, (_, i) => values[n * others + i]!),
  ];
  const rng = createRng(seed);
  const umap = new UMAP({
    nNeighbors: neighbours,
    minDist: LEAST_DISTANCE,
    random: () => rng.uniform(),
  });
  const distances = found.distances.map(Math.sqrt);
  umap.setPrecomputedKNN(
    rows.map((_, n) => near(n, found.indices, n)),
    rows.map((_, n) => near(n, distances, 0)),
  );
  const epochs = umap.initializeFit(rows);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    await onProgress?.((epoch + 1) / epochs);
  }
  return { points: Float32Array.from(umap.getEmbedding().flat()), neighbours };
}
