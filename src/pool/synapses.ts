import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Model } from '../ngc/model.ts';
import { lateralsOf, parametersOf, precisionsOf } from '../ngc/parameters.ts';
import type { FloatArray } from '../shared/arrays.ts';

/** A matrix as a tensor of its own. */
export function tensorOf({ data, shape }: FloatArray): Tensor2D {
  return tf.tensor2d(data, shape as [number, number]);
}

/** What settling and learning read of a network, by name: its parameters, its precisions, and V1 … where the user gave them. */
export type SharedSynapses = ReadonlyMap<
  string,
  { readonly family: string; readonly tensor: Tensor2D }
>;

/**
 * The synapses to share with the holders of replicas. Precisions go as they are: computed anew, they would differ by what
 * Newton–Schulz left.
 */
export function synapsesOf({ config, synapses }: Model): SharedSynapses {
  const places = [...parametersOf(config), ...precisionsOf(config), ...lateralsOf(config)];
  return new Map(
    places
      .filter(({ name }) => synapses.has(name))
      .map(({ name, family }) => [name, { family, tensor: synapses.get(name) }]),
  );
}

/** The synapses of which a holder has none or others, by the ids of the tensors it has copies of. */
export function missing(synapses: SharedSynapses, held: ReadonlyMap<string, number>): string[] {
  return [...synapses]
    .filter(([name, { family, tensor }]) =>
      // Of a covariance a member needs to know that there is one: what it computes with is the precision.
      family === 'Sigma' ? !held.has(name) : held.get(name) !== tensor.id,
    )
    .map(([name]) => name);
}
