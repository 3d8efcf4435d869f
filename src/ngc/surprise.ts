import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { logLikelihood } from '../engine/likelihood.ts';
import type { Activity } from './activity.ts';
import type { Beginning, Running } from './settling.ts';

/**
 * How much each image surprises the network, nats [B] (lower is more usual): −log p(x_seen | mu_0), the pixel term of ψ (Eq. 2)
 * over the pixels that are seen. What is imagined says nothing about the picture, and does not count.
 *
 * @param mask 1 where a pixel is seen [B, J0], or null: all are
 */
export function surpriseOf({ z, mu }: Activity, mask: Tensor2D | null): Tensor1D {
  return tf.tidy(() => tf.neg(logLikelihood(z[0]!, mu[0]!, mask)));
}

/**
 * Settles images and says how much each surprised at every step 0 … `steps`, nats [steps + 1, B] row by row.
 *
 * @param x the images [B, J0]; the caller keeps them
 * @param onStep may return a promise, to let other work in between, and may throw to cancel
 */
export async function surpriseByStep(
  { model, executor }: Running,
  x: Tensor2D,
  options: Beginning & { readonly steps: number; onStep?: () => void | Promise<void> },
): Promise<Float32Array> {
  const { steps, onStep, mask = null, ...beginning } = options;
  const settling = await executor.begin(model, x, { ...beginning, mask, onlyLooks: true });
  const values: Tensor1D[] = [];
  try {
    for (;;) {
      values.push(surpriseOf(await settling.read(), mask));
      if (settling.steps >= steps) break;
      await onStep?.();
      await settling.advance();
    }
    const all = tf.stack(values);
    const data = Float32Array.from(await all.data());
    all.dispose();
    return data;
  } finally {
    tf.dispose(values);
    settling.dispose();
  }
}
