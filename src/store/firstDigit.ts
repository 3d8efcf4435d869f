import { SIDE } from './occlusion.ts';

/** A three drawn by hand for this page, a row of 28 pixels in each hexadecimal number. */
const ROWS = (
  '0000000 0000000 0000000 0000000 001e000 007f800 00ffc00 00c1c00 0000c00 0001c00 0001c00 ' +
  '000f800 001f000 001f800 000fc00 0000e00 0000e00 0000600 0000e00 0180e00 01c1c00 00ffc00 ' +
  '007f800 003e000 0000000 0000000 0000000 0000000'
).split(' ');

/** The picture the page opens with: it needs no dataset, so the network need not wait for one. */
export function firstDigit(): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const row = parseInt(ROWS[Math.floor(i / SIDE)]!, 16);
    return (row >> (SIDE - 1 - (i % SIDE))) & 1;
  });
}
