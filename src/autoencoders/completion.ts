import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import './rules.ts';
import { adamStep } from '../engine/optimizers.ts';
import type { CompletionOptions } from '../engine/model.ts';
import { NgcError, printable } from '../shared/errors.ts';
import { decode, encode } from './equations.ts';
import { crossEntropies } from './losses.ts';
import type { Theta } from '../engine/theta.ts';

/*
 * How an autoencoder fills in what a mask hides (baselines.md, Measures; m = 1 where a pixel is seen):
 *
 *   once       mu_0 = decode(encode(x⊙m)), in the hidden part: taken to be the paper's
 *   iterated   the completed picture is put back, 50 times
 *   inferred   z starts as encode(x⊙m) and descends BCE over the seen pixels + ½‖z‖² (RAE: without), 100 steps of Adam: the
 *              rival of Eq. 19, with which NGC settles on what is seen
 */
export const COMPLETIONS = ['inferred', 'once', 'iterated'] as const;
type CompletionRule = (typeof COMPLETIONS)[number];

/** Times that a picture is put back; steps of Adam, and how long they are. */
export const ITERATIONS = 50;
export const INFERENCE_STEPS = 100;
const INFERENCE_RATE = 0.05;

/** The rule of that name. Throws a usage error that lists those there are. */
function completionRule(how: string): CompletionRule {
  const rule = COMPLETIONS.find((name) => name === how);
  if (rule) return rule;
  throw new NgcError(
    'usage',
    `Hidden pixels are filled in by ${COMPLETIONS.join(', ')}, not by ${printable(how)}.`,
  );
}

/** An autoencoder that is not learning. */
interface Fixed {
  readonly theta: Theta;
  readonly layers: number;
  /** Whether ½‖z‖² counts: whether codes are to lie about the origin. */
  readonly centred: boolean;
}

/** A code z [B, J_L] that fits what is seen. */
type Work = Pick<CompletionOptions, 'steps' | 'onProgress'>;

const filled = (x: Tensor2D, mask: Tensor2D, mu0: Tensor2D): Tensor2D =>
  tf.where(tf.cast(mask, 'bool'), x, mu0);

const meanOf = ({ theta, layers }: Fixed, picture: Tensor2D): Tensor2D =>
  encode(theta, picture, layers).mean;

const pictureOf = ({ theta, layers }: Fixed, z: Tensor2D): Tensor2D =>
  tf.sigmoid(decode(theta, z, layers));

/** The code after the picture was completed and put back `steps` − 1 times. */
async function iterated(
  model: Fixed,
  x: Tensor2D,
  mask: Tensor2D,
  { steps = ITERATIONS, onProgress }: Work,
): Promise<Tensor2D> {
  let z = tf.tidy(() => meanOf(model, tf.mul(x, mask)));
  try {
    for (let step = 1; step < steps; step++) {
      await onProgress?.(step / steps);
      const before = z;
      z = tf.tidy(() => meanOf(model, filled(x, mask, pictureOf(model, before))));
      before.dispose();
    }
    return z;
  } catch (error) {
    z.dispose();
    throw error;
  }
}

/** Σ over the batch of BCE over seen pixels + ½‖z‖²: images do not share anything, so each descends its own. */
function misfit(model: Fixed, x: Tensor2D, mask: Tensor2D, z: Tensor2D): tf.Scalar {
  const { theta, layers, centred } = model;
  const logits = decode(theta, z, layers);
  const bce: tf.Scalar = tf.sum(tf.mul(crossEntropies(x, logits), mask));
  return centred ? tf.add(bce, tf.mul(tf.sum(tf.square(z)), 0.5)) : bce;
}

/** The code after `steps` steps of Adam down the misfit. */
async function inferred(
  model: Fixed,
  x: Tensor2D,
  mask: Tensor2D,
  { steps = INFERENCE_STEPS, onProgress }: Work,
): Promise<Tensor2D> {
  let z = tf.tidy(() => meanOf(model, tf.mul(x, mask)));
  let moments: { readonly m: Tensor2D; readonly v: Tensor2D } | undefined;
  try {
    for (let step = 1; step <= steps; step++) {
      await onProgress?.((step - 1) / steps);
      const [from, before] = [z, moments];
      const next = tf.tidy(() => {
        const [rise] = tf.grads(() => misfit(model, x, mask, from))([from]);
        const fall: Tensor2D = tf.mul(rise!, -1);
        return adamStep(from, fall, INFERENCE_RATE, before, step);
      });
      tf.dispose([from, before?.m, before?.v]);
      z = next.theta;
      moments = next;
    }
    return z;
  } catch (error) {
    z.dispose();
    throw error;
  } finally {
    tf.dispose([moments?.m, moments?.v]);
  }
}

/**
 * The code z [B, J_L] that a rule finds for what `mask` [B, J0] shows of x [B, J0], and the pictures that follow: mu_0 [B, J0], and
 * x where it is seen. The caller disposes all three. Throws a usage error for a rule that there is not.
 */
export async function completed(
  model: Fixed,
  x: Tensor2D,
  mask: Tensor2D,
  { how = COMPLETIONS[0], ...work }: CompletionOptions = {},
): Promise<{ readonly z: Tensor2D; readonly predicted: Tensor2D; readonly picture: Tensor2D }> {
  const rule = completionRule(how);
  const z =
    rule === 'inferred'
      ? await inferred(model, x, mask, work)
      : await iterated(model, x, mask, rule === 'once' ? { ...work, steps: 1 } : work);
  return tf.tidy(() => {
    const predicted = pictureOf(model, z);
    return { z: tf.keep(z), predicted, picture: filled(x, mask, predicted) };
  });
}
