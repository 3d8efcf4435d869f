import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import { toFloatArray } from './floatArrays.ts';

/** θ: what a model learns, by the names that files use. */
export type Theta = Readonly<NamedTensorMap>;

/** A parameter by its name. */
export function of(theta: Theta, name: string): Tensor {
  const tensor = theta[name];
  if (!tensor) throw new Error(`There is no parameter ${name}.`);
  return tensor;
}

/** Tensors of arrays. The caller owns them. */
export function tensorsOf(arrays: ReadonlyMap<string, FloatArray>): Theta {
  const entries = [...arrays].map(
    ([name, { shape, data }]) => [name, tf.tensor(data, [...shape])] as const,
  );
  return Object.fromEntries<Tensor>(entries);
}

/** Copies of tensors, in their order. */
export async function arraysOf(theta: Theta): Promise<Map<string, FloatArray>> {
  const arrays = new Map<string, FloatArray>();
  for (const [name, tensor] of Object.entries(theta)) arrays.set(name, await toFloatArray(tensor));
  return arrays;
}
