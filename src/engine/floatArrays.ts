import type { Tensor } from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';

/** Copies a tensor out of the backend, with its shape. */
export async function toFloatArray(tensor: Tensor): Promise<FloatArray> {
  return { shape: [...tensor.shape], data: new Float32Array(await tensor.data()) };
}
