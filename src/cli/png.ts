import { crc32, deflateSync } from 'node:zlib';

/*
 * PNG (W3C recommendation, second edition), 8-bit greyscale only: a signature, then chunks of
 *
 *   length u32 | type, 4 letters | data | CRC-32 of type and data
 *
 * IHDR (size and form), IDAT (rows, each after a filter byte 0, as a zlib stream), IEND.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The bytes of a PNG of `width`·`height` greys, 0 black … 255 white, row by row. */
function encodePng(greys: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits; colour type 0 (grey), compression, filter and interlace methods stay 0
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++)
    rows.set(greys.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Between pictures of a sheet. */
const GAP = 2;
const GAP_GREY = 64;

/**
 * Square pictures [count, side²] of values 0 … 1 on one sheet, as nearly square as can be, white ink on black.
 */
export function contactSheet(pictures: Float32Array, count: number, side: number): Uint8Array {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const width = columns * (side + GAP) + GAP;
  const height = rows * (side + GAP) + GAP;
  const greys = new Uint8Array(width * height).fill(GAP_GREY);
  for (let n = 0; n < count; n++) {
    const left = GAP + (n % columns) * (side + GAP);
    const top = GAP + Math.floor(n / columns) * (side + GAP);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        greys[(top + y) * width + left + x] = Math.round(
          255 * Math.min(1, Math.max(0, pictures[(n * side + y) * side + x]!)),
        );
  }
  return encodePng(greys, width, height);
}
