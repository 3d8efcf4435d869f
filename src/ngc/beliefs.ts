import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Lesions } from './lesions.ts';
import { aliveOf, NO_LESIONS } from './lesions.ts';
import type { Model } from './model.ts';
import { sendDown } from './sample.ts';
import { generativeSynapses } from './wiring.ts';

/**
 * What each layer believes: the picture that its states alone project to the pixels, whatever the layers above and below do
 * (ngc.md, "What single layers believe").
 *
 *   belief_l = mu_0 of φ(z_l) sent down through W_l … W_1, and in PDH M_l … M_2 (sample.ts)
 *
 * So belief_1 is mu_0 where no M reaches the pixels. What is cut or silent on the way passes nothing on.
 *
 * @param phiZ φ(z_l) [B, J_l] at index l (index 0 is not read)
 * @returns of layer l = 1 … L at index l − 1, [B, J0], pixel probabilities. The caller disposes them
 */
export function beliefs(
  model: Model,
  phiZ: readonly Tensor2D[],
  lesions: Lesions = NO_LESIONS,
): Tensor2D[] {
  const { config } = model;
  return tf.tidy(() => {
    const synapses = generativeSynapses(model);
    const alive = config.sizes.map((size, l) => {
      const flags = aliveOf(size, l, lesions);
      return flags && tf.tensor2d(flags, [1, size]);
    });
    const blocks = { topDown: lesions.topDown, alive };
    return phiZ
      .slice(1)
      .map((phi, i) => sendDown(synapses, config.activation, i + 1, phi, blocks)[0]!);
  });
}
