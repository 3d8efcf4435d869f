import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { toFloatArray } from '../engine/floatArrays.ts';
import type { Model } from './model.ts';

/**
 * What training carries from batch to batch beside the synapses: Adam's moments (`m.W1`, `v.W1`, …) and the
 * precisions that Newton–Schulz continues from (`P1`, …). With them a resumed run goes on exactly.
 */
export async function optimizerArrays(model: Model): Promise<Map<string, FloatArray>> {
  const arrays = new Map<string, FloatArray>();
  for (const [name, { m, v }] of model.optimizer.moments) {
    arrays.set(`m.${name}`, await toFloatArray(m));
    arrays.set(`v.${name}`, await toFloatArray(v));
  }
  for (let l = 1; l < model.layers; l++) {
    const precision = model.precision(l);
    if (precision) arrays.set(`P${l}`, await toFloatArray(precision));
  }
  return arrays;
}

/** Puts back what `optimizerArrays` gave. Throws a file error that names an array that does not fit. */
export function restoreOptimizer(
  model: Model,
  arrays: ReadonlyMap<string, FloatArray>,
  step: number,
): void {
  const tensor = (name: string, shape: readonly number[]) => {
    const array = arrays.get(name);
    if (!array || array.shape.join() !== shape.join())
      throw new NgcError('file', `The checkpoint's opt.${name} is missing or does not fit.`);
    return tf.tensor2d(array.data, shape as [number, number]);
  };
  for (const name of model.names)
    if (arrays.has(`m.${name}`)) {
      const { shape } = model.get(name);
      model.optimizer.moments.set(name, {
        m: tensor(`m.${name}`, shape),
        v: tensor(`v.${name}`, shape),
      });
    }
  for (let l = 1; l < model.layers; l++)
    if (arrays.has(`P${l}`)) model.setPrecision(l, tensor(`P${l}`, model.get(`Sigma${l}`).shape));
  model.optimizer.step = step;
}
