/** How many bytes become text at once: more would be too many arguments. */
const RUN = 0x8000;

/** Base64 of bytes, in Node and browsers. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += RUN)
    text += String.fromCharCode(...bytes.subarray(at, at + RUN));
  return btoa(text);
}

/** The bytes of base64. Throws what `atob` throws where it is none. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Bytes in lower-case hexadecimal. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Intensities 0 … 1 as bytes 0 … 255; what lies beyond is brought within. */
export const intensityBytes = (values: ArrayLike<number>): Uint8Array =>
  Uint8Array.from(values, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));
