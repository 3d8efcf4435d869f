import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** Classes [B] (whole numbers) as y [B, count], 1 at the class and 0 elsewhere. The caller disposes it. */
export function oneHot(classes: Tensor1D, count: number): Tensor2D {
  // As whole numbers first: asked for floats at once, the WASM backend writes none.
  return tf.tidy(() => tf.cast(tf.oneHot(classes, count), 'float32') as Tensor2D);
}
