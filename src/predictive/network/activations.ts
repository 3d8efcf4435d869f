import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { ACTIVATIONS } from '../../engine/activations.ts';

/** The activations f of a network: those with a slope. */
export const FORMS = ['identity', 'relu', 'leaky_relu', 'tanh', 'sigmoid', 'softplus'] as const;
export type Form = (typeof FORMS)[number];

/** f and f′, element by element; relu′(0) = leaky_relu′(0) = 1. Whoever asks disposes what comes. */
export interface Activation {
  apply(u: Tensor2D): Tensor2D;
  derivative(u: Tensor2D): Tensor2D;
}

/** f′ of a leaky_relu below zero. */
const LEAK = 0.01;

const leaky: Activation = {
  apply: (u) => tf.leakyRelu(u, LEAK),
  derivative: (u) =>
    tf.tidy(() => {
      const above: Tensor2D = tf.cast(tf.greaterEqual(u, 0), 'float32');
      return tf.add(tf.mul(above, 1 - LEAK), LEAK);
    }),
};

export const activation = (form: Form): Activation =>
  form === 'leaky_relu' ? leaky : ACTIVATIONS[form];
