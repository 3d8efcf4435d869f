import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../engine/floatArrays.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { sizeOf } from '../shared/arrays.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { Parameter } from './parameters.ts';

/** θ: parameters by name, matrices [inputs, outputs] and biases [outputs]. */
export type Theta = Readonly<NamedTensorMap>;

/** A parameter by its name. */
export function of(theta: Theta, name: string): Tensor {
  const tensor = theta[name];
  if (!tensor) throw new Error(`There is no parameter ${name}.`);
  return tensor;
}

/** Fresh parameters: matrices ~ N(0, sd²), biases 0, from one seed. The caller owns them. */
export function freshTheta(parameters: readonly Parameter[], sd: number, seed: number): Theta {
  const fresh = parameters.map(({ name, shape }, stream) => {
    if (shape.length === 1) return [name, tf.zeros([...shape])] as const;
    // One stream a parameter, so that a matrix does not depend on which others the kind has.
    const rng = createRng(deriveSeed(seed, stream));
    const values = Float32Array.from({ length: sizeOf(shape) }, () => sd * rng.normal());
    return [name, tf.tensor(values, [...shape])] as const;
  });
  return Object.fromEntries<Tensor>(fresh);
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
