import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import type { Model } from './model.ts';
import { optimizerArrays } from './optimizerState.ts';
import { momentNames } from './synapses.ts';

/** All that learning changes of a network, as it was: copies, outside the backend. */
export interface Memento {
  readonly parameters: ReadonlyMap<string, FloatArray>;
  /** Adam's moments and the precisions, as far as there were any. */
  readonly optimizer: ReadonlyMap<string, FloatArray>;
  readonly updates: number;
  readonly imagesSeen: number;
}

/** Copies what learning changes. */
export async function remember(model: Model): Promise<Memento> {
  const { updates, imagesSeen } = model;
  const parameters = await model.toArrays();
  return { parameters, optimizer: await optimizerArrays(model), updates, imagesSeen };
}

/** Puts everything back, to the last bit; what there was none of is forgotten. */
export function restore(model: Model, memento: Memento): void {
  const { parameters, optimizer, updates, imagesSeen } = memento;
  for (const { name } of model.parameters)
    for (const moment of Object.values(momentNames(name)))
      if (!optimizer.has(moment)) model.synapses.drop(moment);
  for (const [name, { shape, data }] of [...parameters, ...optimizer])
    model.synapses.set(name, tf.tensor2d(data, [shape[0]!, shape[1]!]));
  Object.assign(model, { updates, imagesSeen });
}

/** How far one matrix was moved: ‖θ′ − θ‖ and ‖θ‖ (Euclidean, over all entries), θ as it was before. */
export interface MatrixChange {
  readonly name: string;
  readonly change: number;
  readonly length: number;
}

/** How far each parameter moved between two copies of one network, norm limits included. */
export function changesBetween(
  before: ReadonlyMap<string, FloatArray>,
  after: ReadonlyMap<string, FloatArray>,
): MatrixChange[] {
  return [...before].flatMap(([name, { data }]) => {
    const now = after.get(name)?.data;
    if (!now) return [];
    let moved = 0;
    let whole = 0;
    data.forEach((theta, i) => {
      moved += (now[i]! - theta) ** 2;
      whole += theta ** 2;
    });
    return [{ name, change: Math.sqrt(moved), length: Math.sqrt(whole) }];
  });
}
