import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Mixture } from '../engine/prior/mixture.ts';
import { sampleMixture } from '../engine/prior/mixture.ts';
import { deriveSeed } from '../shared/rng.ts';

/** The latents that the imaginings of an image start from: of each image others, the same for the same seed. The caller disposes them. */
export function startsOf(prior: Mixture, count: number, seed: number) {
  return (image: number): Tensor2D =>
    tf.tensor2d(sampleMixture(prior, count, deriveSeed(seed, image)).data, [count, prior.size]);
}
