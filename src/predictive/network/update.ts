import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../../engine/floatArrays.ts';
import { adamStep, sgdStep } from '../../engine/optimizers.ts';
import type { Theta } from '../../engine/theta.ts';
import { of } from '../../engine/theta.ts';
import { lifted } from './covariance.ts';
import { release } from './memory.ts';
import type { NetworkSettings } from './settings.ts';

/** Parameters, and what the optimizer remembers of them. */
export interface Learnt {
  readonly theta: Theta;
  /** Adam's `m.NAME` and `v.NAME`; empty at first, and of plain ascent. */
  readonly moments: Theta;
}

const isCovariance = (name: string): boolean => name.startsWith('Sigma');
const isMatrix = (name: string): boolean => name.startsWith('W');

/**
 * One update: θ ← θ + optimizer(Δθ), of matrices (1 − η·wd)·W + optimizer(ΔW); covariances by plain steps, made symmetric and lifted
 * to their floor (B5). The caller owns what comes; what was before stays as it is.
 *
 * @param step the number of this update, from 1
 */
export async function updated(
  settings: NetworkSettings,
  { theta, moments }: Learnt,
  changes: Theta,
  step: number,
): Promise<Learnt> {
  const next: NamedTensorMap = {};
  const remembered: NamedTensorMap = {};
  for (const name of Object.keys(theta)) {
    const before = of(theta, name);
    const change = changes[name];
    if (!change) next[name] = tf.clone(before);
    else if (isCovariance(name)) next[name] = await covarianceStep(settings, before, change);
    else {
      const known = moments[`m.${name}`];
      const both = known && { m: known, v: of(moments, `v.${name}`) };
      const { theta: moved, ...kept } = synapseStep(settings, name, { before, change, both }, step);
      next[name] = moved;
      for (const [letter, moment] of Object.entries(kept)) remembered[`${letter}.${name}`] = moment;
    }
  }
  return { theta: next, moments: remembered };
}

function synapseStep(
  { optimizer, learningRate, weightDecay }: NetworkSettings,
  name: string,
  {
    before,
    change,
    both,
  }: { before: Tensor; change: Tensor; both: { m: Tensor; v: Tensor } | undefined },
  step: number,
): { theta: Tensor; m?: Tensor; v?: Tensor } {
  return tf.tidy(() => {
    const from = isMatrix(name) && weightDecay > 0 ? tf.mul(before, 1 - learningRate * weightDecay) : before; // prettier-ignore
    if (optimizer === 'sgd') return { theta: sgdStep(from, change, learningRate) };
    return adamStep(from, change, learningRate, both, step);
  });
}

async function covarianceStep(
  { sigmaRate, sigmaFloor }: NetworkSettings,
  before: Tensor,
  change: Tensor,
): Promise<Tensor> {
  const moved = sgdStep(before, change, sigmaRate);
  const { shape, data } = lifted(await toFloatArray(moved), sigmaFloor);
  release(moved);
  return tf.tensor(data, [...shape]);
}
