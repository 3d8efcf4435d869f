import type { StoredArray } from '../experiments/result.ts';
import type { FloatArray } from '../shared/arrays.ts';

/** How many bytes become text at once: more would be too many arguments. */
const RUN = 0x8000;

/** Base64 of bytes, in Node and browsers. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += RUN)
    text += String.fromCharCode(...bytes.subarray(at, at + RUN));
  return btoa(text);
}

/** Pictures 0 … 1 as bytes 0 … 255. */
export function storedPictures(shape: readonly number[], values: ArrayLike<number>): StoredArray {
  const bytes = Uint8Array.from(values, (value) =>
    Math.round(255 * Math.min(1, Math.max(0, value))),
  );
  return { shape, type: 'u8', data: base64(bytes) };
}

/** Numbers as float32, little-endian. */
export function storedNumbers({ shape, data }: FloatArray): StoredArray {
  const bytes = new Uint8Array(4 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return { shape, type: 'f32', data: base64(bytes) };
}
