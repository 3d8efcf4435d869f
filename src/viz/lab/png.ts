import { toBase64 } from '../../shared/bytes.ts';
import type { ColourMap } from '../colour.ts';
import { unpack } from '../colour.ts';

/*
 * Pictures inside SVG: a PNG of 256 colours whose pixels are not packed, which takes a few lines and no library.
 */

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const word = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

function chunk(name: string, data: Uint8Array): number[] {
  const named = Uint8Array.from([...new TextEncoder().encode(name), ...data]);
  return [...word(data.length), ...named, ...word(crc32(named))];
}

/** A zlib stream of blocks that are stored as they are (RFC 1950, 1951). */
function stored(bytes: Uint8Array): Uint8Array {
  const out = [0x78, 0x01];
  const most = 65535;
  for (let from = 0; from < bytes.length || from === 0; from += most) {
    const part = bytes.subarray(from, from + most);
    const last = from + most >= bytes.length ? 1 : 0;
    const low = [part.length & 255, part.length >> 8];
    out.push(last, ...low, ...low.map((byte) => byte ^ 255));
    for (const byte of part) out.push(byte);
  }
  out.push(...word(adler32(bytes)));
  return Uint8Array.from(out);
}

/** A picture of intensities (0 … 1), row by row, as the address of a PNG that holds itself. */
export function pngAddress(values: ArrayLike<number>, width: number, map: ColourMap): string {
  const height = Math.ceil(values.length / width);
  const rows = new Uint8Array(height * (width + 1)); // each begins with its filter: none
  for (let i = 0; i < values.length; i++) {
    const level = Math.round(255 * Math.min(1, Math.max(0, values[i]!)));
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = level;
  }
  const palette = Uint8Array.from([...map.packed].flatMap((colour) => [...unpack(colour)]));
  const bytes = Uint8Array.from([
    ...[137, 80, 78, 71, 13, 10, 26, 10],
    ...chunk('IHDR', Uint8Array.from([...word(width), ...word(height), 8, 3, 0, 0, 0])),
    ...chunk('PLTE', palette),
    ...chunk('IDAT', stored(rows)),
    ...chunk('IEND', new Uint8Array()),
  ]);
  return `data:image/png;base64,${toBase64(bytes)}`;
}
