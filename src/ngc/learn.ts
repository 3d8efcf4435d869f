import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from './config/settings.ts';
import { limitNorms } from '../engine/norms.ts';
import { adamStep, sgdStep } from '../engine/optimizers.ts';
import type { Followed } from './equations/precision.ts';
import {
  exactPrecision,
  newtonSchulz,
  normalisedCovariance,
  RESIDUAL_LIMIT,
  stabilised,
} from './equations/precision.ts';
import type { Model } from './model.ts';
import type { Update } from './settling.ts';

/** η after `imagesSeen` images: it halves every `rateHalfLife` images (0: never). */
export function learningRateAt(model: Model): number {
  const { learningRate, rateHalfLife } = model.config;
  return rateHalfLife > 0 ? learningRate * 2 ** (-model.imagesSeen / rateHalfLife) : learningRate;
}

/** Follows a covariance that has moved: P_l anew from the model's P_l and S′_l. The caller owns the precision. */
export type Follow = (model: Model, l: number, target: Tensor2D) => Promise<Followed>;

const followHere: Follow = (model, l, target) => newtonSchulz(model.precision(l)!, target);

/** What `applyChanges` tells of an update. */
export type Applied = Pick<Update, 'weightChange' | 'warnings'>;

/**
 * Moves every synapse: its change through the optimizer, then the norm limit; the covariances and their precision as
 * ngc.md states. Changes the model; the changes stay the caller's.
 *
 * @param changes `synapticChanges` of the batch, averaged over its `images` images
 * @param follow who makes the Newton–Schulz steps; it is asked for all layers at once, and other synapses move meanwhile
 */
export async function applyChanges(
  model: Model,
  changes: ReadonlyMap<string, Tensor2D>,
  images: number,
  follow: Follow = followHere,
): Promise<Applied> {
  model.optimizer.step++;
  const isCovariance = (name: string) => name.startsWith('Sigma');
  const covariances = Promise.all(
    [...changes]
      .filter(([name]) => isCovariance(name))
      .map(([name, delta]) => learnCovariance(model, name, delta, follow)),
  );
  const lengths: tf.Scalar[] = [];
  for (const [name, delta] of changes) {
    if (isCovariance(name)) continue;
    const before = tf.clone(model.get(name));
    const { normAxis, normMode } = model.config;
    const moved = ascend(model, name, delta, learningRateAt(model));
    model.set(name, limitNorms(moved, normLimit(model.config, name), normAxis, normMode));
    moved.dispose();
    if (name.startsWith('W'))
      lengths.push(tf.tidy(() => tf.sum(tf.squaredDifference(model.get(name), before))));
    before.dispose();
  }
  const warnings = (await covariances).filter((warning) => warning !== null);
  model.imagesSeen += images;
  const total = tf.tidy(() => tf.sqrt(tf.addN(lengths)));
  tf.dispose(lengths);
  const [weightChange = NaN] = await total.data();
  total.dispose();
  return { weightChange, warnings };
}

/** Synapses that reach or read the pixels: all others connect hidden layers. */
const AT_THE_PIXELS = ['W1', 'E1', 'M2'];

/** The norm limit of a parameter: hidden layers may have one of their own (`maxNormAbove`). */
export function normLimit(config: ModelConfig, name: string): number {
  const above = config.maxNormAbove > 0 && !AT_THE_PIXELS.includes(name);
  return above ? config.maxNormAbove : config.maxNorm;
}

/** θ after one optimizer step, before any limit. The caller disposes it. */
function ascend(model: Model, name: string, delta: Tensor2D, rate: number): Tensor2D {
  const theta = model.get(name);
  if (model.config.optimizer === 'sgd') return sgdStep(theta, delta, rate);
  const { moments, step } = model.optimizer;
  const old = moments.get(name);
  const { theta: next, m, v } = adamStep(theta, delta, rate, old, step);
  if (old) tf.dispose([old.m, old.v]);
  moments.set(name, { m, v });
  return next;
}

/** Updates Σ_l and P_l as ngc.md states for the two forms. Returns a warning where a rescue was needed. */
async function learnCovariance(
  model: Model,
  name: string,
  delta: Tensor2D,
  follow: Follow,
): Promise<string | null> {
  const { precision: form, precisionRate } = model.config;
  if (form === 'none') return null;
  const l = Number(name.slice('Sigma'.length));
  const moved =
    form === 'inverse'
      ? sgdStep(model.get(name), delta, precisionRate)
      : ascend(model, name, delta, precisionRate);
  const target = stabilised(moved, form);
  let raisedBy = 0;
  let followed = false;
  if (form === 'inverse') {
    const { precision, residual } = await follow(model, l, target);
    followed = residual <= RESIDUAL_LIMIT; // false for NaN too
    if (followed) model.setPrecision(l, precision);
    else precision.dispose();
  }
  if (!followed) {
    const exact = await exactPrecision(moved, form);
    model.setPrecision(l, exact.precision);
    raisedBy = exact.raisedBy;
  }
  model.set(
    name,
    form === 'inverse' ? normalisedCovariance(target) : limitNorms(target, 1, 0, 'clip'),
  );
  tf.dispose([moved, target]);
  return raisedBy > 0 ? raised(l, raisedBy) : null;
}

/** The warning that the diagonal of layer l's covariance had to be raised to invert it. */
export function raised(l: number, by: number): string {
  return `The covariance of layer ${l} lost definiteness; its diagonal was raised by ${by.toPrecision(2)}.`;
}
