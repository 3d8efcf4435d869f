import { NgcError } from '../shared/errors.ts';
import { PIXELS, createSplit, slice } from './dataset.ts';
import type { Split } from './dataset.ts';

/*
 * MNIST as one tall picture for browsers (TensorFlow.js's "handwritten digit recognition with CNNs" tutorial): each of
 * its 65,000 rows of 784 pixels is one digit, the grey value in every colour channel; the labels are one-hot, ten
 * bytes a digit. The tutorial takes the first 55,000 for training and the last 10,000 for testing.
 */

const SPRITE_COUNT = 65_000;
const TRAIN_COUNT = 55_000;
const CLASSES = 10;
const CHANNELS = 4;

/**
 * The digits in rows of a decoded picture.
 * @param rgba rows·784·4 bytes, as a canvas gives them.
 * @returns rows·784 bytes: the red channel.
 * @throws NgcError('data') when the bytes are not a whole number of such rows.
 */
export function spriteRows(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const pixels = new Uint8Array(rgba.length / CHANNELS);
  if (rgba.length % (CHANNELS * PIXELS) !== 0)
    throw new NgcError(
      'data',
      `The picture of MNIST digits has ${rgba.length} bytes, not a whole number of rows of 784 pixels.`,
    );
  for (let p = 0; p < pixels.length; p++) pixels[p] = rgba[p * CHANNELS]!;
  return pixels;
}

/**
 * Pictures and labels as the tutorial splits them: 55,000 to train, 10,000 to test.
 * @param pixels [65,000 · 784] bytes, from spriteRows.
 * @param oneHot [65,000 · 10] bytes, exactly one 1 in each ten.
 * @throws NgcError('data') when either has another size or a label is not one-hot.
 */
export function decodeSprite(
  pixels: Uint8Array,
  oneHot: Uint8Array,
): { readonly train: Split; readonly test: Split } {
  if (pixels.length !== SPRITE_COUNT * PIXELS)
    throw new NgcError(
      'data',
      `The picture of MNIST digits holds ${pixels.length / PIXELS} rows of 784 pixels; it should hold ${SPRITE_COUNT}.`,
    );
  if (oneHot.length !== SPRITE_COUNT * CLASSES)
    throw new NgcError(
      'data',
      `The one-hot MNIST labels are ${oneHot.length} bytes; they should be ${SPRITE_COUNT * CLASSES}.`,
    );
  const labels = new Uint8Array(SPRITE_COUNT);
  for (let i = 0; i < SPRITE_COUNT; i++) {
    const code = oneHot.subarray(i * CLASSES, (i + 1) * CLASSES);
    const label = code.indexOf(1);
    if (label < 0 || code.some((bit, c) => bit !== (c === label ? 1 : 0)))
      throw new NgcError('data', `One-hot MNIST label ${i + 1} does not have exactly one 1.`);
    labels[i] = label;
  }
  const all = createSplit(pixels, labels, 'MNIST as one picture');
  return { train: slice(all, 0, TRAIN_COUNT), test: slice(all, TRAIN_COUNT, SPRITE_COUNT) };
}
