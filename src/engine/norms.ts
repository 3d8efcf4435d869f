import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Limits the Euclidean norm of synapses that belong together (the paper: "normalized such that the Euclidean norms of
 * their columns are" at most 1).
 *
 * @param axis the axis the norm runs over: 0 = what reaches one neuron below, 1 = what one neuron sends
 * @param mode "clip" scales only what is over the limit; "force" scales everything to it (zeros stay zero)
 */
export function limitNorms(
  weights: Tensor2D,
  maxNorm: number,
  axis: 0 | 1,
  mode: 'clip' | 'force',
): Tensor2D {
  return tf.tidy(() => {
    const norms = euclideanNorms(weights, axis);
    const floor = mode === 'clip' ? maxNorm : 1e-12;
    return tf.mul(weights, tf.div(maxNorm, tf.maximum(norms, floor)));
  });
}

/** The Euclidean norms along an axis, kept as an axis of one. As a product with ones: on WASM ten times as fast as tf.norm. */
export function euclideanNorms(matrix: Tensor2D, axis: 0 | 1): Tensor2D {
  return tf.tidy(() => {
    const [rows, columns] = matrix.shape;
    const squares = tf.square(matrix);
    return tf.sqrt<Tensor2D>(
      axis === 0
        ? tf.matMul(tf.ones([1, rows]), squares)
        : tf.matMul(squares, tf.ones([columns, 1])),
    );
  });
}
