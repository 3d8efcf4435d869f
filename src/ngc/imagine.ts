import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Imaginings } from '../engine/imaginings.ts';
import { rankImaginings } from '../engine/imaginings.ts';
import { logLikelihood } from '../engine/likelihood.ts';
import { imaginedStates } from './sample.ts';
import type { Beginning, Running, Settling } from './settling.ts';
import { generativeSynapses } from './wiring.ts';

/** How imaginings are settled. */
export interface ImaginingOptions extends Pick<Beginning, 'lesions'> {
  /** Default the model's T. */
  readonly steps?: number | undefined;
  /** Hears of the states before the first step, and of every step; may return a promise, to let others in between, or throw. */
  readonly onStep?: (settling: Settling) => void | Promise<void>;
}

/**
 * Imagines wholes that fit what is seen of one image (ngc.md, "Completing as inference"): each begins as a sample of the prior sent
 * down (`imaginedStates`), and settles with hidden pixels that send no error; all as one batch.
 *
 * @param x [1, J0], mask [1, J0] (1 = seen)
 * @param topActivity φ(z_L) [N, J_L], draws from the prior: a start each
 */
export async function imagine(
  { model, executor }: Running,
  x: Tensor2D,
  mask: Tensor2D,
  topActivity: Tensor2D,
  { steps = model.config.steps, lesions = null, onStep }: ImaginingOptions = {},
): Promise<Imaginings> {
  const many = (row: Tensor2D) => tf.tile(row, [topActivity.shape[0], 1]);
  const images = many(x);
  const masks = many(mask);
  const states = tf.tidy(() =>
    imaginedStates(generativeSynapses(model), model.config.activation, topActivity),
  );
  let settling: Settling | null = null;
  try {
    const beginning = { mask: masks, how: 'silent', states, lesions, onlyLooks: true } as const;
    settling = await executor.begin(model, images, beginning);
    await onStep?.(settling);
    const stride = onStep ? 1 : executor.strideFor(settling.rows);
    while (settling.steps < steps) {
      await settling.advance(Math.min(stride, steps - settling.steps));
      await onStep?.(settling);
    }
    const { z, mu } = await settling.read();
    const fit = logLikelihood(images, mu[0]!, masks);
    const pictures = Float32Array.from(await z[0]!.data());
    const seen = Float32Array.from(await fit.data());
    fit.dispose();
    return rankImaginings(pictures, seen);
  } finally {
    settling?.dispose();
    tf.dispose([images, masks, ...states]);
  }
}
