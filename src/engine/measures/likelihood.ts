import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../../shared/arrays.ts';
import { PROBABILITY_FLOOR } from '../constants.ts';
import { logProbabilities } from '../likelihood.ts';
import type { GenerativeModel } from '../model.ts';
import type { Images, Work } from './images.ts';

/** Samples and images in one product: what bounds the memory (some 10 MB at 784 pixels). */
const SAMPLES = 500;
const IMAGES = 500;

/** How many draws from the prior the paper uses. */
export const MONTE_CARLO_SAMPLES = 5000;

/** The pictures mu_0 [S, J0] of samples [S, D], which stay the caller's; the result is disposed of. */
export type Draw = (samples: Tensor2D) => Tensor2D;

/** The pictures of latents, as a model sees them. */
export const decoded =
  (model: GenerativeModel): Draw =>
  (latents) =>
    model.decode(latents);

/** What a run of samples gives a picture: x·`odds` + `none` is log p(x | z). */
interface Likelihoods {
  /** log mu_0 − log(1 − mu_0) of every pixel, transposed for the product: [J0, S]. */
  readonly odds: Tensor2D;
  /** Σ log(1 − mu_0), of a picture that is off everywhere: [1, S]. */
  readonly none: Tensor2D;
}

function likelihoodsOf(draw: Draw, samples: Tensor2D): Likelihoods {
  return tf.tidy(() => {
    const { on, off } = logProbabilities(draw(samples), 1 - PROBABILITY_FLOOR);
    const pixels = tf.ones([off.shape[1], 1]);
    return {
      odds: tf.transpose(tf.sub<Tensor2D>(on, off)),
      none: tf.transpose(tf.matMul<Tensor2D>(off, pixels)),
    };
  });
}

/**
 * log p(x) of each image, nats [count], by Monte Carlo (ngc.md, Measures):
 *
 *   log p(x) ≈ log 1/n Σ_i exp log p(x | z_i)      log p(x | z_i) = x·log mu_0(z_i) + (1 − x)·log(1 − mu_0(z_i))
 *
 * with mu_0 clipped to [1e-6, 1 − 1e-6]; the latter is x·(log mu_0 − log(1 − mu_0)) + Σ log(1 − mu_0), one product. Products on the backend in float32, the sum over samples streamed in float64.
 * @param samples draws from the prior, [n, D]; `draw` makes pictures of them
 * @param options.weights w [n], summing to 1, in place of 1/n each: then the sum is over all there is, and log p(x) exact
 */
export async function logMarginalLikelihoods(
  draw: Draw,
  images: Images,
  samples: FloatArray,
  options: Work & { readonly weights?: ArrayLike<number> } = {},
): Promise<Float64Array> {
  const [n, width] = samples.shape as [number, number];
  const logs = Float64Array.from({ length: n }, (_, i) => Math.log(options.weights?.[i] ?? 1 / n));
  // Running log-sum-exp of each image: exp(best)·total is the sum so far.
  const best = new Float64Array(images.count).fill(-Infinity);
  const total = new Float64Array(images.count);
  for (let first = 0; first < n; first += SAMPLES) {
    const S = Math.min(SAMPLES, n - first);
    const z = tf.tensor2d(samples.data.subarray(first * width, (first + S) * width), [S, width]);
    const { odds, none } = likelihoodsOf(draw, z);
    const [pixels] = odds.shape;
    z.dispose();
    try {
      for (let from = 0; from < images.count; from += IMAGES) {
        const to = Math.min(from + IMAGES, images.count);
        const block = tf.tidy(() => {
          const x = tf.tensor2d(images.read(from, to), [to - from, pixels]);
          return tf.add(tf.matMul(x, odds), none);
        });
        const values = await block.data(); // [to − from, S]
        block.dispose();
        for (let i = from; i < to; i++) {
          const term = (s: number) => values[(i - from) * S + s]! + logs[first + s]!;
          let largest = best[i]!;
          for (let s = 0; s < S; s++) largest = Math.max(largest, term(s));
          let sum = total[i]! * Math.exp(best[i]! - largest);
          for (let s = 0; s < S; s++) sum += Math.exp(term(s) - largest);
          best[i] = largest;
          total[i] = sum;
        }
        await options.onProgress?.((first + (S * to) / images.count) / n);
      }
    } finally {
      tf.dispose([odds, none]);
    }
  }
  return best.map((largest, i) => largest + Math.log(total[i]!));
}
