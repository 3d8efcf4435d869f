import { fromBase64 } from '../shared/bytes.ts';
import type { StoredArray } from './result.ts';

/** The numbers of a stored array, in the order of its shape; bytes become 0 … 1. */
export function numbersOf({ type, data }: StoredArray): Float32Array {
  const bytes = fromBase64(data);
  if (type === 'u8') return Float32Array.from(bytes, (byte) => byte / 255);
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getFloat32(4 * i, true));
}
