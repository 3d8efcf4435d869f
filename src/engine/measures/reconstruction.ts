import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../activity.ts';
import { logDeterminants, logLikelihood, totalDiscrepancy } from '../equations/discrepancy.ts';
import type { Model } from '../model.ts';
import type { Images, Work } from './images.ts';
import { settleAll } from './images.ts';

/** Activity above this counts as active (ngc.md, Measures). */
const ACTIVE = 1e-6;

/** What one settled batch says, averaged over its images. */
export interface BatchMeasures {
  /** −log p(x | mu_0), nats an image. */
  readonly bce: number;
  /** ρ_1 … ρ_L: share of neurons with φ(z_l) > 1e-6. */
  readonly sparsity: number[];
  /** False when any state or error is NaN or infinite (activations such as relu can hide it from the pixels). */
  readonly finite: boolean;
}

/** BCE and sparsity of a settled batch. One readback. */
export async function measureBatch(x: Tensor2D, activity: Activity): Promise<BatchMeasures> {
  const packed = tf.tidy(() => {
    const bce = tf.neg(tf.mean(logLikelihood(x, activity.mu[0]!)));
    const shares = activity.phiZ
      .slice(1)
      .map((phi) => tf.mean(tf.cast(tf.greater(phi, ACTIVE), 'float32')));
    const magnitude = tf.addN([...activity.z, ...activity.e].map((t) => tf.sum(tf.square(t))));
    return tf.stack([bce, magnitude, ...shares]);
  });
  const [bce = NaN, magnitude = NaN, ...sparsity] = await packed.data();
  packed.dispose();
  return { bce, sparsity, finite: Number.isFinite(bce) && Number.isFinite(magnitude) };
}

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
    async ({ activity }, x) => {
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
