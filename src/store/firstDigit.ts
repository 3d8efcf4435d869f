import { SIDE } from './occlusion.ts';

/** A five drawn by hand for this page, a row of 28 pixels in each hexadecimal number. */
const ROWS = (
  '0000000 0000000 0000000 0000000 0000000 003ff00 007ff00 0078000 0070000 0070000 0070000 ' +
  '00fe000 00ff800 007fc00 0001e00 0000e00 0000700 0000700 0000700 0000e00 0000e00 00f3c00 ' +
  '00ff800 007f000 0000000 0000000 0000000 0000000'
).split(' ');

/** The picture the page opens with: it needs no dataset, so the network need not wait for one. */
export function firstDigit(): Float32Array {
  return Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const row = parseInt(ROWS[Math.floor(i / SIDE)]!, 16);
    return (row >> (SIDE - 1 - (i % SIDE))) & 1;
  });
}
