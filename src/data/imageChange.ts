import { areaSums, normaliseDigit } from '../shared/normaliseDigit.ts';
import { PIXELS, WIDTH } from './dataset.ts';

/*
 * What a person may have done to his images before they are learnt from, in this order: ink and paper exchanged, every pixel made
 * ink or paper, and each picture placed as MNIST's digits are. A network then sees a pixel as on above 127 of 255.
 */

export interface ImageChange {
  /** From this intensity upwards, 0 … 1, a pixel is ink, below it paper; null: greys stay greys. */
  readonly threshold: number | null;
  /** Whether what was paper is ink. */
  readonly invert: boolean;
  /** Whether each picture is fitted to 20×20 and its mass put in the middle (`normaliseDigit`); else it is only scaled to 28×28. */
  readonly centre: boolean;
}

/** Whether 28×28 pictures stay byte for byte as they are. */
export const isNoChange = ({ threshold, invert, centre }: ImageChange): boolean =>
  threshold === null && !invert && !centre;

/**
 * One picture as it is learnt from.
 * @param picture side·side bytes, row-major, 255 = ink
 * @returns 784 bytes
 */
export function changedPicture(
  picture: Uint8Array,
  side: number,
  { threshold, invert, centre }: ImageChange,
): Uint8Array {
  const values = Float32Array.from(picture, (byte) => {
    const value = (invert ? 255 - byte : byte) / 255;
    return threshold === null ? value : value >= threshold ? 1 : 0;
  });
  const fitted = centre ? normaliseDigit(values) : scaled(values, side);
  return Uint8Array.from(fitted, (value) => Math.round(255 * value));
}

/** Pictures one after the other, each as it is learnt from: count·784 bytes. Untouched, 28×28 pictures are handed back as they are. */
export function changedPictures(pixels: Uint8Array, side: number, change: ImageChange): Uint8Array {
  if (side === WIDTH && isNoChange(change)) return pixels;
  const size = side * side;
  const result = new Uint8Array((pixels.length / size) * PIXELS);
  for (let i = 0; i * size < pixels.length; i++)
    result.set(changedPicture(pixels.subarray(i * size, (i + 1) * size), side, change), i * PIXELS);
  return result;
}

/** A square picture on another number of pixels: each the mean of the area that it covers. */
export function scaled(values: Float32Array, side: number, to: number = WIDTH): Float32Array {
  if (side === to) return values;
  const sums = areaSums(values, side);
  const step = side / to;
  return Float32Array.from({ length: to * to }, (_, i) => {
    const [x, y] = [(i % to) * step, Math.floor(i / to) * step];
    const ink = sums(x + step, y + step) - sums(x, y + step) - sums(x + step, y) + sums(x, y);
    return Math.min(1, Math.max(0, ink / step ** 2));
  });
}
