import type { Tensor } from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';

/** Copies a tensor out of the backend, with its shape. */
export async function toFloatArray(tensor: Tensor): Promise<FloatArray> {
  return { shape: [...tensor.shape], data: Float32Array.from(await tensor.data()) };
}
