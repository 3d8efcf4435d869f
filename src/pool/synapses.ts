import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { Model } from '../engine/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import type { Synapses } from './messages.ts';

/** A matrix as a tensor of its own. */
export function tensorOf({ data, shape }: FloatArray): tf.Tensor2D {
  return tf.tensor2d(data, shape as [number, number]);
}

/** Copies everything that settling and learning read of a network out of the backend. */
export async function copySynapses(model: Model): Promise<Synapses> {
  const parameters: [string, FloatArray][] = [];
  const precisions: [number, FloatArray][] = [];
  const lateral: [number, FloatArray][] = [];
  for (const name of model.names) parameters.push([name, await toFloatArray(model.get(name))]);
  for (let l = 1; l <= model.layers; l++) {
    const precision = model.precision(l);
    if (precision) precisions.push([l, await toFloatArray(precision)]);
    const V = model.lateralMatrix(l);
    if (V) lateral.push([l, await toFloatArray(V)]);
  }
  return { parameters, precisions, lateral };
}

/** Puts synapses into a replica of the network they were copied from. */
export function giveSynapses(replica: Model, synapses: Synapses): void {
  for (const [name, array] of synapses.parameters) replica.set(name, tensorOf(array));
  for (const [l, array] of synapses.precisions) replica.setPrecision(l, tensorOf(array));
  for (const [l, array] of synapses.lateral) replica.setLateralMatrix(l, tensorOf(array));
}

/** All arrays of synapses. */
export function arraysOf({ parameters, precisions, lateral }: Synapses): FloatArray[] {
  return [...parameters, ...precisions, ...lateral].map(([, array]) => array);
}
