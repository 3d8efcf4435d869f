/*
 * How large a picture is, by the first bytes of its file: a browser that is asked to decode it takes four bytes a pixel before anybody
 * could say that it is too large.
 */

/** Pixels across and down. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** So many bytes of a file hold the size of nearly every picture; of a photograph it may stand behind a small copy of itself. */
export const IMAGE_HEAD = 1_000_000;

type Read = (view: DataView) => ImageSize | null;

/** Whether text stands at a byte. */
const says = (view: DataView, at: number, text: string): boolean =>
  at + text.length <= view.byteLength &&
  Array.prototype.every.call(text, (letter: string, i) => view.getUint8(at + i) === letter.charCodeAt(0)); // prettier-ignore

/** PNG: its first chunk. */
const png: Read = (view) =>
  says(view, 1, 'PNG') && says(view, 12, 'IHDR') && view.byteLength >= 24
    ? { width: view.getUint32(16), height: view.getUint32(20) }
    : null;

/** GIF: the screen that its pictures are drawn on. */
const gif: Read = (view) =>
  says(view, 0, 'GIF8') && view.byteLength >= 10
    ? { width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : null;

/** BMP: a height below 0 means rows from the top. */
const bmp: Read = (view) =>
  says(view, 0, 'BM') && view.byteLength >= 26
    ? { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
    : null;

/** JPEG: segments, one of which begins a frame (markers C0 … CF but for three). */
const jpeg: Read = (view) => {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
};

/** WebP: lossy, lossless, or extended. */
const webp: Read = (view) => {
  if (!says(view, 0, 'RIFF') || !says(view, 8, 'WEBP') || view.byteLength < 30) return null;
  if (says(view, 12, 'VP8X')) {
    const three = (at: number) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return { width: three(24), height: three(27) };
  }
  if (says(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (!says(view, 12, 'VP8 ')) return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
};

/** AVIF: the largest of the pictures it is made of. */
const avif: Read = (view) => {
  if (!says(view, 4, 'ftyp')) return null;
  let largest: ImageSize | null = null;
  for (let at = 8; at + 16 <= Math.min(view.byteLength, 65_536); at++) {
    if (!says(view, at, 'ispe')) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
};

const READERS: readonly Read[] = [png, jpeg, gif, bmp, webp, avif];

/** The size of a picture by the start of its file; null where that does not say, or it is no picture of a known kind. */
export function imageSize(start: Uint8Array): ImageSize | null {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  for (const read of READERS) {
    const size = read(view);
    if (size) return size;
  }
  return null;
}
