import type { StoredArray } from '../experiments/result.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { intensityBytes, toBase64 } from '../shared/bytes.ts';

/** Pictures 0 … 1 as bytes 0 … 255. */
export function storedPictures(shape: readonly number[], values: ArrayLike<number>): StoredArray {
  return { shape, type: 'u8', data: toBase64(intensityBytes(values)) };
}

/** Numbers as float32, little-endian. */
export function storedNumbers({ shape, data }: FloatArray): StoredArray {
  const bytes = new Uint8Array(4 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return { shape, type: 'f32', data: toBase64(bytes) };
}
