import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Place } from '../../engine/parameters.ts';
import { fitting } from '../../engine/parameters.ts';
import type { Theta } from '../../engine/theta.ts';
import { tensorsOf } from '../../engine/theta.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { sizeOf } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { createRng, deriveSeed } from '../../shared/rng.ts';
import { inverseOf } from './covariance.ts';
import type { NetworkSettings } from './settings.ts';
import { isClassifying } from './settings.ts';

/** A network: what is set, and what is learnt. It computes nothing; `wire` makes ready for that. */
export interface Network {
  readonly settings: NetworkSettings;
  /** W_l [n_{l−1}, n_l], b_l [n_l], perhaps b0 [n_0] and Sigma_l [n_l, n_l] or [n_l]. */
  readonly theta: Theta;
}

/** L, the number of the last layer. */
export const lastLayer = ({ sizes }: NetworkSettings): number => sizes.length - 1;

/** 1 … L. */
export const layersOf = (settings: NetworkSettings): readonly number[] =>
  Array.from({ length: lastLayer(settings) }, (_, i) => i + 1);

/** Whether a fresh network has a prior of its z_0, whose mean b0 is learnt. */
const hasPrior = ({ system, priorPrecision }: NetworkSettings): boolean =>
  !isClassifying(system) && priorPrecision > 0;

/** Everything that a network learns, in file order; b0, the mean of the prior of a free z_0, where it has one. */
export function placesOf(
  settings: NetworkSettings,
  withPrior = hasPrior(settings),
): readonly Place[] {
  const { sizes, sigma } = settings;
  const synapses = layersOf(settings).flatMap((l): Place[] => {
    const [from, to] = [sizes[l - 1]!, sizes[l]!];
    const covariance = { name: `Sigma${l}`, shape: sigma === 'full' ? [to, to] : [to] };
    return [
      { name: `W${l}`, shape: [from, to] },
      { name: `b${l}`, shape: [to] },
      ...(sigma === 'none' ? [] : [covariance]),
    ];
  });
  return withPrior ? [...synapses, { name: 'b0', shape: [sizes[0]!] }] : synapses;
}

/** W ~ U(±√(6/(n_{l−1} + n_l))), b = 0, Σ = I, from one seed (B1). The caller owns them. */
export function freshTheta(settings: NetworkSettings, seed: number): Theta {
  const fresh = placesOf(settings).map(({ name, shape }, stream): [string, Tensor] => {
    const [rows = 0, columns = 0] = shape;
    if (name.startsWith('Sigma'))
      return [name, shape.length === 2 ? tf.eye(rows) : tf.ones([rows])];
    if (name.startsWith('b')) return [name, tf.zeros([rows])];
    const rng = createRng(deriveSeed(seed, stream));
    const most = Math.sqrt(6 / (rows + columns));
    const draw = () => most * (2 * rng.uniform() - 1);
    return [name, tf.tensor(Float32Array.from({ length: sizeOf(shape) }, draw), [...shape])];
  });
  return Object.fromEntries(fresh);
}

/**
 * The parameters that a file holds. Throws a file error that names the tensor that is missing, unknown, misshapen, not finite, or,
 * of a covariance, not symmetric and positive definite. A free z_0 may lack b0: its prior is about 0 then. The caller owns them.
 */
export function storedTheta(
  settings: NetworkSettings,
  arrays: ReadonlyMap<string, FloatArray>,
): Theta {
  const places = placesOf(settings, !isClassifying(settings.system) && arrays.has('b0'));
  const fit = fitting(places, arrays, settings.variant);
  for (const [name, { data, shape }] of fit) {
    if (!data.every(Number.isFinite))
      throw new NgcError('file', `${name} must hold finite numbers only.`);
    if (name.startsWith('Sigma') && !inverseOf({ data, shape }))
      throw new NgcError(
        'file',
        shape.length === 2
          ? `${name} must be symmetric and positive definite.`
          : `${name} must hold variances above 0 only.`,
      );
  }
  return tensorsOf(fit);
}
