import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import { PROBABILITY_FLOOR } from '../constants.ts';
import { logProbabilities } from '../likelihood.ts';
import type { Proposal } from '../proposal.ts';
import type { Images, Work } from './images.ts';
import type { Draw } from './likelihood.ts';

/** How many draws an image the importance bound takes, unless it is said otherwise (baselines.md, Measures). */
export const IMPORTANCE_DRAWS = 500;

/** Draws decoded together: what bounds the memory. */
const TOGETHER = 500;

/** The bound of each image. */
interface ImportanceBounds {
  /** Nats [count]; in expectation not above log p(x), whatever the proposals. */
  readonly bounds: Float64Array;
  /** (Σ_j w_j)² / Σ_j w_j² of w_j = p(x|z_j) p(z_j) / q(z_j|x), [count]: how many of the draws count. */
  readonly effective: Float64Array;
}

/** log p(x | z_j) of one image x [J0] for all draws, nats [n]; mu_0 is clipped to [1e-6, 1 − 1e-6]. */
async function logLikelihoods(
  draw: Draw,
  x: Float32Array,
  { shape, data }: FloatArray,
): Promise<Float64Array> {
  const [n, width] = shape as [number, number];
  const values = new Float64Array(n);
  for (let from = 0; from < n; from += TOGETHER) {
    const to = Math.min(from + TOGETHER, n);
    const piece = tf.tidy(() => {
      const z = tf.tensor2d(data.subarray(from * width, to * width), [to - from, width]);
      const { on, off } = logProbabilities(draw(z), 1 - PROBABILITY_FLOOR);
      const pixels = tf.tensor2d(x, [x.length, 1]);
      return tf.add(tf.matMul(on, pixels), tf.matMul(off, tf.sub(1, pixels))); // [to − from, 1]
    });
    values.set(await piece.data(), from);
    piece.dispose();
  }
  return values;
}

/**
 * An importance-weighted bound on log p(x) of each image (Burda, Grosse & Salakhutdinov 2016, Eq. 8; here baselines.md and the
 * last section of ngc.md):
 *
 *   log p(x) ≥ E log 1/n Σ_j p(x | z_j) p(z_j) / q(z_j | x),   z_j ~ q(z | x)
 *
 * Where q is the prior it is the paper's Monte Carlo estimate. Pictures on the backend in float32, the sum over draws in float64.
 *
 * @param draw the pictures mu_0 [S, J0] of latents [S, D]
 * @param propose the draws of image i, pixels x [J0], and their weights; asked once an image, in order
 */
export async function importanceBounds(
  draw: Draw,
  images: Images,
  propose: (i: number, x: Float32Array) => Proposal | Promise<Proposal>,
  { onProgress }: Work = {},
): Promise<ImportanceBounds> {
  const bounds = new Float64Array(images.count);
  const effective = new Float64Array(images.count);
  for (let i = 0; i < images.count; i++) {
    const x = images.read(i, i + 1);
    const { draws, logWeights } = await propose(i, x);
    const logs = await logLikelihoods(draw, x, draws);
    logs.forEach((log, j) => (logs[j] = log + logWeights[j]!));
    const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
    let sum = 0;
    let squares = 0;
    for (const log of logs) {
      const w = Math.exp(log - largest);
      sum += w;
      squares += w * w;
    }
    bounds[i] = largest + Math.log(sum / logs.length);
    effective[i] = sum ** 2 / squares;
    await onProgress?.((i + 1) / images.count);
  }
  return { bounds, effective };
}
