import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { settleSoundly } from './divergence.ts';
import { oneHot } from './labels.ts';
import { release, tidied } from './memory.ts';
import type { SettleOptions } from './settling.ts';
import { forwardPass } from './start.ts';
import { freeEnergies, stateOf } from './state.ts';
import type { Wiring } from './wiring.ts';

/*
 * How much an image surprises a network (B10): F, of a decoder after settling on the image, of a classifier with its own answer
 * clamped as one-hot, before and after settling.
 */

/** The surprise of each image [B], which the caller releases. */
export interface Surprise {
  /** F of the forward pass, with the network's own answer as the output. */
  readonly before: Tensor1D;
  /** F after settling. */
  readonly after: Tensor1D;
  /** The largest softmax(u_L): the usual measure of confidence. */
  readonly softmax: Tensor1D;
}

/** A classifier's surprise at x [B, n_0]. */
export async function classifierSurprise(
  wiring: Wiring,
  x: Tensor2D,
  options: SettleOptions = {},
): Promise<Surprise> {
  const { before, softmax, answer } = tidied(() => {
    const chain = forwardPass(wiring, x);
    const mu = chain.at(-1)!;
    const answer = oneHot(tf.argMax(mu, 1), mu.shape[1]);
    const state = stateOf(wiring, [...chain.slice(0, -1), answer]);
    const softmax: Tensor1D = tf.max(tf.softmax(state.predictions.at(-1)!.u), 1);
    return { before: freeEnergies(wiring, state), softmax, answer };
  });
  try {
    const state = await settleSoundly(
      wiring,
      { rows: x.shape[0], input: x, output: answer },
      options,
    );
    const after = freeEnergies(wiring, state);
    release(state);
    return { before, after, softmax };
  } catch (error) {
    release([before, softmax]);
    throw error;
  } finally {
    answer.dispose();
  }
}

/** A decoder's surprise at images x [B, n_L]: F after settling on them [B]. The caller disposes it. */
export async function decoderSurprise(
  wiring: Wiring,
  x: Tensor2D,
  options: SettleOptions = {},
): Promise<Tensor1D> {
  const state = await settleSoundly(wiring, { rows: x.shape[0], output: x }, options);
  const surprise = freeEnergies(wiring, state);
  release(state);
  return surprise;
}
