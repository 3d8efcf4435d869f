import { concatenate } from './compression.ts';
import { PIXELS } from './dataset.ts';
import { spriteRows } from './sprite.ts';

/** Rows drawn at a time: a canvas of all 65,000 rows would be larger than browsers allow. */
const ROWS = 4_000;

/**
 * Decodes a PNG, 784 pixels wide, in a browser's worker.
 * @returns rows·784 grey values, the red channel.
 * @throws whatever the browser throws for a broken picture; Error where there is no canvas to draw on.
 */
async function decodeRowsOnCanvas(png: Uint8Array): Promise<Uint8Array> {
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
    return concatenate(chunks, image.height * PIXELS);
  } finally {
    image.close();
  }
}

/** `decodeRowsOnCanvas` where this browser can, else null: what BrowserIo.decodeRows takes. */
export function rowDecoder(): ((png: Uint8Array) => Promise<Uint8Array>) | null {
  return typeof createImageBitmap === 'function' && typeof OffscreenCanvas === 'function'
    ? decodeRowsOnCanvas
    : null;
}
