import * as tf from '@tensorflow/tfjs-core';

import { logDeterminants, totalDiscrepancy } from '../../ngc/equations/discrepancy.ts';
import type { Model } from '../../ngc/model.ts';
import type { BatchMeasures } from '../../ngc/batch.ts';
import { measureBatch } from '../../ngc/batch.ts';
import type { Images, Work } from './images.ts';
import { settleAll } from './images.ts';

/** BCE, sparsity and total discrepancy over a set of images (the paper's reconstruction measures). */
export interface Reconstruction extends Omit<BatchMeasures, 'finite'> {
  /** Total discrepancy ψ, nats an image (higher is better). */
  readonly discrepancy: number;
}

/** Settles every image whole and measures how well it is reconstructed. */
export async function measureReconstruction(
  model: Model,
  images: Images,
  options: Work & { batch?: number } = {},
): Promise<Reconstruction> {
  const logDets = await logDeterminants(model);
  let bce = 0;
  let discrepancy = 0;
  const sparsity = new Array<number>(model.layers).fill(0);
  await settleAll(
    model,
    images,
    async (activity, x) => {
      const rows = x.shape[0];
      const measures = await measureBatch(x, activity);
      bce += measures.bce * rows;
      measures.sparsity.forEach((share, i) => (sparsity[i]! += share * rows));
      const psi = tf.tidy(() => tf.sum(totalDiscrepancy(model, activity, logDets)));
      discrepancy += (await psi.data())[0]!;
      psi.dispose();
    },
    options,
  );
  const n = images.count;
  return { bce: bce / n, discrepancy: discrepancy / n, sparsity: sparsity.map((sum) => sum / n) };
}
