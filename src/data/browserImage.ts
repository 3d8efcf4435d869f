import { NgcError, printableText } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import { concatenate } from './compression.ts';
import { PIXELS } from './dataset.ts';
import { dataError } from './dataError.ts';
import type { InkImage } from './images.ts';
import { IMAGE_HEAD, imageSize } from './imageSize.ts';
import { inkOf } from './images.ts';
import { asDataError } from './load.ts';
import { spriteRows } from './sprite.ts';

/** Rows drawn at a time: a canvas of all 65,000 rows would be larger than browsers allow. */
const ROWS = 4_000;

/**
 * Decodes a PNG, 784 pixels wide, in a browser's worker.
 * @returns rows·784 grey values, the red channel.
 * @throws whatever the browser throws for a broken picture; Error where there is no canvas to draw on.
 */
async function decodeRowsOnCanvas(png: Uint8Array): Promise<Uint8Array> {
  checkDecodable(png, 'The picture of digits');
  const blob = new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' });
  // The bytes as they are: colour management would move values across the threshold of 127.
  const image = await createImageBitmap(blob, {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  try {
    const chunks: Uint8Array[] = [];
    for (let row = 0; row < image.height; row += ROWS) {
      const height = Math.min(ROWS, image.height - row);
      const canvas = new OffscreenCanvas(PIXELS, height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas to draw on');
      context.drawImage(image, 0, row, PIXELS, height, 0, 0, PIXELS, height);
      chunks.push(spriteRows(context.getImageData(0, 0, PIXELS, height).data));
    }
    return concatenate(chunks);
  } finally {
    image.close();
  }
}

/** Pixels that are decoded at most: 256 MB of them. */
const MOST_PIXELS = 64_000_000;

/**
 * Refuses a picture before it is decoded where that would take too much.
 * @param start the first bytes of its file
 * @throws NgcError('data') that names the file, where it is larger than any photograph, or does not say how large it is.
 */
export function checkDecodable(start: Uint8Array, name: string): void {
  const size = imageSize(start);
  if (!size)
    throw new NgcError(
      'data',
      `${name} could not be read: it is no image that this program knows.`,
    );
  const { width, height } = size;
  if (width * height > MOST_PIXELS)
    throw dataError(
      name,
      `${width}×${height} pixels are too many; ${grouped(MOST_PIXELS)} at most can be opened.`,
    );
}

/** Larger images are scaled down to this (pixels on the longer side) before anything is made of them. */
const MOST = 2800;

/**
 * The ink of an image file, in a browser's worker.
 * @throws NgcError('data') that names the file, where the browser cannot read it.
 */
export async function decodeInk(file: File): Promise<InkImage> {
  const name = printableText(file.name);
  if (typeof createImageBitmap !== 'function' || typeof OffscreenCanvas !== 'function')
    throw new NgcError('data', `${name} could not be read: this browser decodes no images here.`);
  checkDecodable(await startOf(file), name);
  let image;
  try {
    image = await createImageBitmap(file);
  } catch {
    throw new NgcError(
      'data',
      `${name} could not be read: it is no image that this browser knows.`,
    );
  }
  try {
    const scale = Math.min(1, MOST / Math.max(image.width, image.height));
    const width = Math.max(1, Math.round(image.width * scale));
    const height = Math.max(1, Math.round(image.height * scale));
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new NgcError('data', `${name} could not be read: there is no canvas.`);
    context.drawImage(image, 0, 0, width, height);
    return inkOf(context.getImageData(0, 0, width, height).data, width, height);
  } finally {
    image.close();
  }
}

/** The first bytes of a file. Throws a data error where it cannot be read any more. */
async function startOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, IMAGE_HEAD).arrayBuffer());
  } catch (error) {
    throw asDataError(error, `${printableText(file.name)} could not be read`);
  }
}

/** `decodeRowsOnCanvas` where this browser can, else null: what BrowserIo.decodeRows takes. */
export function rowDecoder(): ((png: Uint8Array) => Promise<Uint8Array>) | null {
  return typeof createImageBitmap === 'function' && typeof OffscreenCanvas === 'function'
    ? decodeRowsOnCanvas
    : null;
}
