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
  /** A z with φ(z) = value, of a value in the range; next to an end that no z reaches, that of one OFF_THE_ENDS away. */
  inverse(value: Tensor2D): Tensor2D;
  readonly range: readonly [number, number];
}

/** How far a value that is inverted is kept from an end that φ only approaches. */
const OFF_THE_ENDS = 1e-3;

/** 1 where z ≥ 0, else 0. relu′(0) = 1: states start at zero, and must be able to leave it. */
const atLeastZero = (z: Tensor2D): Tensor2D => tf.cast(tf.greaterEqual(z, 0), 'float32');

export const ACTIVATIONS: Record<ActivationName, Activation> = {
  identity: {
    apply: (z) => tf.clone(z),
    derivative: (z) => tf.onesLike(z),
    inverse: (value) => tf.clone(value),
    range: [-Infinity, Infinity],
  },
  relu: {
    apply: (z) => tf.relu(z),
    derivative: atLeastZero,
    inverse: (value) => tf.clone(value),
    range: [0, Infinity],
  },
  tanh: {
    apply: (z) => tf.tanh(z),
    derivative: (z) => tf.tidy((): Tensor2D => tf.sub(1, tf.square(tf.tanh(z)))),
    // ½ log((1 + v) / (1 − v)): not every backend has atanh.
    inverse: (value) =>
      tf.tidy((): Tensor2D => {
        const v = tf.clipByValue(value, OFF_THE_ENDS - 1, 1 - OFF_THE_ENDS);
        return tf.mul(tf.log(tf.div(tf.add(1, v), tf.sub(1, v))), 0.5);
      }),
    range: [-1, 1],
  },
  sigmoid: {
    apply: (z) => tf.sigmoid(z),
    derivative: (z) =>
      tf.tidy((): Tensor2D => {
        const s = tf.sigmoid(z);
        return tf.mul(s, tf.sub(1, s));
      }),
    inverse: (value) =>
      tf.tidy((): Tensor2D => {
        const v = tf.clipByValue(value, OFF_THE_ENDS, 1 - OFF_THE_ENDS);
        return tf.log(tf.div(v, tf.sub(1, v)));
      }),
    range: [0, 1],
  },
  softplus: {
    apply: (z) => tf.softplus(z),
    derivative: (z) => tf.sigmoid(z),
    // log(eᵛ − 1), so written that eᵛ need not be held.
    inverse: (value) =>
      tf.tidy((): Tensor2D => {
        const v = tf.maximum<Tensor2D>(value, OFF_THE_ENDS);
        return tf.add(v, tf.log(tf.sub(1, tf.exp(tf.neg(v)))));
      }),
    range: [0, Infinity],
  },
  sign: {
    apply: sign,
    derivative: (z) => tf.zerosLike(z),
    inverse: (value) => tf.clone(value),
    range: [-1, 1],
  },
  heaviside: {
    apply: (z) => tf.cast(tf.greater(z, 0), 'float32'),
    derivative: (z) => tf.zerosLike(z),
    inverse: (value) => tf.clone(value),
    range: [0, 1],
  },
};
