import { SIDE } from './occlusion.ts';

/** A nine drawn for this page, a row of 28 pixels in each hexadecimal number. */
const ROWS = (
  '0000000 0000000 0000000 0000000 0000000 0000000 000c000 003f000 007f800 0061c00 00e0e00 00e0c00 ' +
  '00e1c00 00e1c00 007fc00 003f800 000f800 0003800 0003800 0003000 0003000 0007000 0006000 0006000 ' +
  '000e000 000c000 0000000 0000000'
).split(' ');

/** The picture the page opens with: it needs no dataset, so the network need not wait for one. */
export function firstDigit(): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const row = parseInt(ROWS[Math.floor(i / SIDE)]!, 16);
    return (row >> (SIDE - 1 - (i % SIDE))) & 1;
  });
}
