import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { limitNorms } from '../engine/norms.ts';
import { adamStep, sgdStep } from '../engine/optimizers.ts';
import type { Activity } from './activity.ts';
import type { ModelConfig } from './config/settings.ts';
import { RESIDUAL_LIMIT } from './constants.ts';
import type { LearningSetting } from './equations/hebbian.ts';
import { synapticChanges } from './equations/hebbian.ts';
import type { Followed } from './equations/precision.ts';
import {
  exactPrecision,
  newtonSchulz,
  normalisedCovariance,
  stabilised,
} from './equations/precision.ts';
import type { Model } from './model.ts';
import type { Family, Parameter } from './parameters.ts';
import { matrixName } from './parameters.ts';
import type { Applied } from './settling.ts';
import { momentNames } from './synapses.ts';

/** η after `imagesSeen` images: it halves every `rateHalfLife` images (0: never). */
export function learningRateAt(
  { learningRate, rateHalfLife }: Pick<ModelConfig, 'learningRate' | 'rateHalfLife'>,
  imagesSeen: number,
): number {
  return rateHalfLife > 0 ? learningRate * 2 ** (-imagesSeen / rateHalfLife) : learningRate;
}

/** Follows a covariance that has moved: P_l anew from the model's P_l and S′_l. The caller owns the precision. */
export type Follow = (model: Model, l: number, target: Tensor2D) => Promise<Followed>;

const followHere: Follow = (model, l, target) =>
  newtonSchulz(model.synapses.get(matrixName('P', l)), target);

/** What a model's changes depend on beside what its synapses saw. */
export function learningSetting({ config, synapses }: Model): LearningSetting {
  const { errorRate, precision } = config;
  return { errorRate, precision, precisionOf: (l) => synapses.get(matrixName('P', l)) };
}

/** One weight update from a settled batch: Eqs. 16–18 and 3 through the optimizer. Changes the model. */
export async function learnFrom(model: Model, activity: Activity): Promise<Applied> {
  const changes = synapticChanges(model.parameters, activity, learningSetting(model));
  try {
    return await applyChanges(model, changes, activity.phiZ[0]!.shape[0]);
  } finally {
    tf.dispose([...changes.values()]);
  }
}

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
  const { config, synapses, parameters } = model;
  model.updates++;
  const covariances = Promise.all(
    parameters
      .filter(({ family, name }) => family === 'Sigma' && changes.has(name))
      .map((sigma) => learnCovariance(model, sigma, changes.get(sigma.name)!, follow)),
  );
  const rate = learningRateAt(config, model.imagesSeen);
  const lengths: tf.Tensor[] = [];
  for (const parameter of parameters) {
    const { name, family } = parameter;
    const delta = changes.get(name);
    if (family === 'Sigma' || !delta) continue;
    const before = tf.clone(synapses.get(name));
    const moved = ascend(model, name, delta, rate);
    const { normAxis, normMode } = config;
    synapses.set(name, limitNorms(moved, normLimit(config, parameter), normAxis, normMode));
    moved.dispose();
    lengths.push(tf.tidy(() => tf.norm(tf.sub(synapses.get(name), before))));
    before.dispose();
  }
  const changed = tf.stack(lengths);
  tf.dispose(lengths);
  try {
    const warnings = (await covariances).filter((warning) => warning !== null);
    model.imagesSeen += images;
    return { weightChanges: [...(await changed.data())], warnings };
  } finally {
    changed.dispose();
  }
}

/** The lowest layer of each family that connects hidden layers only: W1, E1 and M2 reach or read the pixels. */
const FIRST_ABOVE: Record<Family, number> = { W: 2, E: 2, M: 3, Sigma: 1 };

/** The norm limit of a parameter: hidden layers may have one of their own (`maxNormAbove`). */
export function normLimit(
  { maxNorm, maxNormAbove }: Pick<ModelConfig, 'maxNorm' | 'maxNormAbove'>,
  { family, layer }: Pick<Parameter, 'family' | 'layer'>,
): number {
  return maxNormAbove > 0 && layer >= FIRST_ABOVE[family] ? maxNormAbove : maxNorm;
}

/** θ after one optimizer step, before any limit. The caller disposes it. */
function ascend({ config, synapses, updates }: Model, name: string, delta: Tensor2D, rate: number) {
  const theta = synapses.get(name);
  if (config.optimizer === 'sgd') return sgdStep(theta, delta, rate);
  const at = momentNames(name);
  const old = synapses.has(at.m) ? { m: synapses.get(at.m), v: synapses.get(at.v) } : undefined;
  const { theta: next, m, v } = adamStep(theta, delta, rate, old, updates);
  synapses.set(at.m, m);
  synapses.set(at.v, v);
  return next;
}

/** Updates Σ_l and P_l as ngc.md states for the two forms. Returns a warning where a rescue was needed. */
async function learnCovariance(
  model: Model,
  { name, layer: l }: Parameter,
  delta: Tensor2D,
  follow: Follow,
): Promise<string | null> {
  const { config, synapses } = model;
  const { precision: form, precisionRate } = config;
  if (form === 'none') return null;
  const moved =
    form === 'inverse'
      ? sgdStep(synapses.get(name), delta, precisionRate)
      : ascend(model, name, delta, precisionRate);
  const target = stabilised(moved, form);
  try {
    const { precision, raisedBy } =
      (form === 'inverse' ? await followed(model, l, target, follow) : null) ??
      (await exactPrecision(moved, form));
    synapses.set(matrixName('P', l), precision);
    synapses.set(
      name,
      form === 'inverse' ? normalisedCovariance(target) : limitNorms(target, 1, 0, 'clip'),
    );
    return raisedBy > 0 ? raised(l, raisedBy) : null;
  } finally {
    tf.dispose([moved, target]);
  }
}

/** P_l by Newton–Schulz steps; null where they left more than RESIDUAL_LIMIT, or no numbers at all. */
async function followed(model: Model, l: number, target: Tensor2D, follow: Follow) {
  const { precision, residual } = await follow(model, l, target);
  if (residual <= RESIDUAL_LIMIT) return { precision, raisedBy: 0 };
  precision.dispose();
  return null;
}

/** The warning that the diagonal of layer l's covariance had to be raised to invert it. */
export function raised(l: number, by: number): string {
  return `The covariance of layer ${l} lost definiteness; its diagonal was raised by ${by.toPrecision(2)}.`;
}
