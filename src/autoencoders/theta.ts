import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Theta } from '../engine/theta.ts';
import { sizeOf } from '../shared/arrays.ts';
import { createRng, deriveSeed } from '../shared/rng.ts';
import type { Parameter } from './parameters.ts';

/** Fresh parameters: matrices [inputs, outputs] ~ N(0, sd²), biases [outputs] 0, from one seed. The caller owns them. */
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
