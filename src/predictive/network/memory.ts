import type { TensorContainer } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/*
 * TensorFlow.js keeps and frees the tensors of any nested object; its types only know objects that are all tensors.
 */

/** What `make` makes, whose tensors are the caller's; every other tensor that it made is freed. */
export function tidied<T>(make: () => T): T {
  return tf.tidy(() => make() as TensorContainer) as T;
}

/** Frees every tensor of an object, however deep. */
export function release(held: unknown): void {
  tf.dispose(held as TensorContainer);
}
