import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { sign } from './sign.ts';

export const ACTIVATION_NAMES = [
  'identity',
  'relu',
  'tanh',
  'sigmoid',
  'softplus',
  'sign',
  'heaviside',
] as const;

export type ActivationName = (typeof ACTIVATION_NAMES)[number];

/**
 * An elementwise nonlinearity: its value, its derivative with respect to the input, and the range of its values.
 * The derivative of sign and heaviside is 0 everywhere: only models that do not use φ′ (type 2) learn with them.
 */
interface Activation {
  apply(z: Tensor2D): Tensor2D;
  derivative(z: Tensor2D): Tensor2D;
  readonly range: readonly [number, number];
}

/** 1 where z ≥ 0, else 0. relu′(0) = 1: states start at zero, and must be able to leave it. */
const atLeastZero = (z: Tensor2D): Tensor2D => tf.cast(tf.greaterEqual(z, 0), 'float32');

export const ACTIVATIONS: Record<ActivationName, Activation> = {
  identity: {
    apply: (z) => tf.clone(z),
    derivative: (z) => tf.onesLike(z),
    range: [-Infinity, Infinity],
  },
  relu: { apply: (z) => tf.relu(z), derivative: atLeastZero, range: [0, Infinity] },
  tanh: {
    apply: (z) => tf.tanh(z),
    derivative: (z) => tf.tidy((): Tensor2D => tf.sub(1, tf.square(tf.tanh(z)))),
    range: [-1, 1],
  },
  sigmoid: {
    apply: (z) => tf.sigmoid(z),
    derivative: (z) =>
      tf.tidy((): Tensor2D => {
        const s = tf.sigmoid(z);
        return tf.mul(s, tf.sub(1, s));
      }),
    range: [0, 1],
  },
  softplus: {
    apply: (z) => tf.softplus(z),
    derivative: (z) => tf.sigmoid(z),
    range: [0, Infinity],
  },
  sign: { apply: sign, derivative: (z) => tf.zerosLike(z), range: [-1, 1] },
  heaviside: {
    apply: (z) => tf.cast(tf.greater(z, 0), 'float32'),
    derivative: (z) => tf.zerosLike(z),
    range: [0, 1],
  },
};
