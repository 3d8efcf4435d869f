import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { Model } from './model.ts';
import { precisionsOf } from './parameters.ts';
import { momentNames } from './synapses.ts';

/** A matrix that training carries; `pair` is the other moment of the same parameter. */
interface Carried {
  readonly name: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly pair?: string;
}

/** What training carries from batch to batch beside the synapses, by its names in the store. */
function carried(model: Model): readonly Carried[] {
  return [
    ...model.parameters.flatMap(({ name, shape }) => {
      const { m, v } = momentNames(name);
      return [
        { name: m, shape, pair: v },
        { name: v, shape, pair: m },
      ];
    }),
    ...precisionsOf(model.config),
  ];
}

/**
 * What training carries from batch to batch beside the synapses: Adam's moments (`m.W1`, `v.W1`, …) and the
 * precisions that Newton–Schulz continues from (`P1`, …). With them a resumed run goes on exactly.
 */
export async function optimizerArrays(model: Model): Promise<Map<string, FloatArray>> {
  const arrays = new Map<string, FloatArray>();
  for (const { name } of carried(model))
    if (model.synapses.has(name)) arrays.set(name, await toFloatArray(model.synapses.get(name)));
  return arrays;
}

/** Puts back what `optimizerArrays` gave. Throws a file error that names an array that does not fit, and changes nothing. */
export function restoreOptimizer(
  model: Model,
  arrays: ReadonlyMap<string, FloatArray>,
  updates: number,
): void {
  const found = carried(model).flatMap(({ name, shape, pair }) => {
    const array = arrays.get(name);
    if (!array && !(pair !== undefined && arrays.has(pair))) return []; // neither moment of a parameter, or no precision
    if (array?.shape.join() !== shape.join())
      throw new NgcError('file', `The checkpoint's opt.${name} is missing or does not fit.`);
    return [{ name, shape, data: array.data }];
  });
  for (const { name, shape, data } of found)
    model.synapses.set(name, tf.tensor2d(data, [...shape]));
  model.updates = updates;
}
