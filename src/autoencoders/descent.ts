import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { adamStep, sgdStep } from '../engine/optimizers.ts';
import './rules.ts';
import type { AnyConfig } from './config/settings.ts';
import type { Batch, Loss } from './losses.ts';
import { sumOf } from './losses.ts';
import type { Phase } from './phases.ts';
import type { Theta } from '../engine/theta.ts';
import { of } from '../engine/theta.ts';

/** A loss and its gradient by parameter. */
export interface Slope extends Loss {
  readonly gradients: NamedTensorMap;
}

/** The loss of a phase and where it rises [as each parameter], by TensorFlow.js's automatic differentiation. Belongs in a tidy. */
export function slopeOf({ learns, loss }: Phase, theta: Theta, batch: Batch): Slope {
  const kept: { told: Loss | null } = { told: null };
  const value = (): Scalar => {
    const { terms, shares } = loss(theta, batch);
    // Tensors made under differentiation are freed with it.
    for (const scalar of [...Object.values(terms), ...shares]) tf.keep(scalar);
    kept.told = { terms, shares };
    return sumOf(Object.values(terms));
  };
  const { grads } = tf.valueAndGrads(value)(learns.map(({ name }) => of(theta, name)));
  const { terms, shares } = kept.told ?? { terms: {}, shares: [] };
  const freed = (scalar: Scalar): Scalar => {
    const copy = tf.clone(scalar);
    scalar.dispose();
    return copy;
  };
  return {
    terms: Object.fromEntries(
      Object.entries(terms).map(([name, term]) => [name, freed(term)] as const),
    ),
    shares: shares.map(freed),
    gradients: Object.fromEntries(learns.map(({ name }, i) => [name, grads[i]!] as const)),
  };
}

/** How long a gradient is, as a vector. */
const lengthOf = (gradient: Tensor): Scalar => tf.sqrt(tf.sum(tf.square(gradient)));

/** What turns a gradient round, and shortens it to `clip` where it is longer. */
const downhill = (length: Scalar, clip: number): Scalar => tf.div(-clip, tf.maximum(length, clip));

/** The names under which the moments of a parameter are kept; those of a phase with a letter of its own are its own. */
export const momentNames = ({ letter }: Phase, name: string) => {
  const own = letter === 'd' ? name : `${letter}.${name}`;
  return { m: `m.${own}`, v: `v.${own}` };
};

/** Parameters and moments after one batch, those that moved; and what the batch told. */
export interface Step {
  readonly theta: NamedTensorMap;
  readonly moments: NamedTensorMap;
  /** The slope of every phase, where the phase began. */
  readonly slopes: readonly Slope[];
  /** How long every gradient was before it was clipped. */
  readonly lengths: readonly Scalar[];
}

/**
 * One batch: each phase differentiates its loss at the newest parameters, each gradient is scaled back to `clip` where it is longer,
 * and the optimizer steps. Changes nothing that it is given. Belongs in a tidy.
 *
 * @param step the number of this update, from 1
 */
export function descend(
  phases: readonly Phase[],
  { clip, optimizer }: Pick<AnyConfig, 'clip' | 'optimizer'>,
  before: { readonly theta: Theta; readonly moments: Theta },
  batch: Batch,
  step: number,
): Step {
  const theta: NamedTensorMap = {};
  const moments: NamedTensorMap = {};
  const slopes: Slope[] = [];
  const lengths: Scalar[] = [];
  for (const phase of phases) {
    const slope = slopeOf(phase, { ...before.theta, ...theta }, batch);
    slopes.push(slope);
    for (const [name, gradient] of Object.entries(slope.gradients)) {
      const length = lengthOf(gradient);
      lengths.push(length);
      const turned = downhill(length, clip);
      const newest = theta[name] ?? of(before.theta, name);
      if (optimizer === 'sgd') {
        theta[name] = sgdStep(newest, gradient, tf.mul(turned, phase.rate));
        continue;
      }
      const at = momentNames(phase, name);
      const [m, v] = [before.moments[at.m], before.moments[at.v]];
      const delta = tf.mul(gradient, turned);
      const moved = adamStep(newest, delta, phase.rate, m && v ? { m, v } : undefined, step);
      theta[name] = moved.theta;
      moments[at.m] = moved.m;
      moments[at.v] = moved.v;
    }
  }
  return { theta, moments, slopes, lengths };
}
