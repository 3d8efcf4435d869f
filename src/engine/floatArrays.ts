import type { DataTypeMap, Tensor } from '@tensorflow/tfjs-core';
import { getBackend } from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';

/** Copies a tensor out of the backend, with its shape. The array is the caller's. */
export async function toFloatArray(tensor: Tensor): Promise<FloatArray> {
  return { shape: [...tensor.shape], data: owned(await tensor.data()) };
}

/** The same at once: only for backends that compute in this thread, where there is nothing to wait for. */
export function toFloatArrayNow(tensor: Tensor): FloatArray {
  return { shape: [...tensor.shape], data: owned(tensor.dataSync()) };
}

/** WASM gives a copy each time; other backends may give the array they compute with. */
function owned(data: DataTypeMap['float32' | 'int32' | 'bool']): Float32Array {
  return getBackend() === 'wasm' && data instanceof Float32Array ? data : new Float32Array(data);
}
