import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Model } from '../ngc/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import type { Synapses } from './messages.ts';

/** A matrix as a tensor of its own. */
export function tensorOf({ data, shape }: FloatArray): Tensor2D {
  return tf.tensor2d(data, shape as [number, number]);
}

/**
 * What settling and learning read of a network, by name: its parameters, the precisions P1 … as they are (computed anew,
 * they would differ by what Newton–Schulz left), and V1 … where the user gave them.
 */
export function synapsesOf(model: Model): Map<string, Tensor2D> {
  const synapses = new Map<string, Tensor2D>();
  for (const name of model.names) synapses.set(name, model.get(name));
  for (let l = 1; l <= model.layers; l++) {
    const precision = model.precision(l);
    if (precision) synapses.set(`P${l}`, precision);
    const V = model.lateralMatrix(l);
    if (V) synapses.set(`V${l}`, V);
  }
  return synapses;
}

/** Puts synapses into a replica of the network they were copied from. */
export function giveSynapses(replica: Model, synapses: Synapses): void {
  for (const [name, array] of synapses) {
    const l = Number(name.slice(1));
    if (name.startsWith('P')) replica.setPrecision(l, tensorOf(array));
    else if (name.startsWith('V')) replica.setLateralMatrix(l, tensorOf(array));
    else replica.set(name, tensorOf(array));
  }
}

/** The synapses of which a holder has none or others, by the ids of the tensors it has copies of. */
export function missing(
  synapses: ReadonlyMap<string, Tensor2D>,
  held: ReadonlyMap<string, number>,
): string[] {
  return [...synapses]
    .filter(([name, { id }]) =>
      // Of a covariance a member needs to know that there is one: what it computes with is the precision.
      name.startsWith('Sigma') ? !held.has(name) : held.get(name) !== id,
    )
    .map(([name]) => name);
}
