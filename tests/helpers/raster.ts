import type { Surface } from '../../src/viz/canvas.ts';
import { cssOf } from '../../src/viz/colour.ts';

/** A canvas of the least that painters need: filled rectangles and copied colours become pixels, other calls are counted. */
export interface Raster {
  readonly surface: Surface;
  /** The colour of the pixel at (x, y); "" where nothing was painted. */
  at(x: number, y: number): string;
  /** The texts that were written, in order. */
  readonly texts: readonly string[];
  /** Calls of drawImage: source corner and target box. */
  readonly copies: readonly (readonly number[])[];
}

/** What `scratchDocument` makes: a canvas that holds the colours put on it. */
interface Scratch {
  width: number;
  height: number;
  /** The colour of a pixel, packed as ImageData has it. */
  colourAt(x: number, y: number): number;
}

/** Stands in for `document` where painters need a canvas for colours one pixel a value. */
export const scratchDocument = {
  createElement(): Scratch {
    const held = new Map<string, number>();
    const canvas = {
      width: 0,
      height: 0,
      colourAt: (x: number, y: number) => held.get(`${x},${y}`) ?? 0,
    };
    const context = {
      canvas,
      createImageData: (width: number, height: number) => ({
        ...{ width, height, data: new Uint8ClampedArray(4 * width * height) },
      }),
      putImageData(image: ImageData, left: number, top: number) {
        new Uint32Array(image.data.buffer).forEach((colour, i) =>
          held.set(`${left + (i % image.width)},${top + Math.floor(i / image.width)}`, colour),
        );
      },
    };
    return Object.assign(canvas, { getContext: () => context });
  },
};

/** A raster of the given size. Opacity is ignored: what is painted last is what is seen. */
export function raster(width: number, height: number): Raster {
  const pixels = new Array<string>(width * height).fill('');
  const texts: string[] = [];
  const copies: number[][] = [];
  const nothing = () => {};
  const end = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)));
  const cover = (box: readonly number[], colourAt: (x: number, y: number) => string) => {
    const [x = 0, y = 0, w = 0, h = 0] = box;
    for (let row = end(y, height); row < end(y + h, height); row++)
      for (let column = end(x, width); column < end(x + w, width); column++)
        pixels[row * width + column] = colourAt((column + 0.5 - x) / w, (row + 0.5 - y) / h);
  };
  const context = {
    fillStyle: '',
    fillRect(...box: number[]) {
      cover(box, () => this.fillStyle);
    },
    fillText: (text: string) => void texts.push(text),
    drawImage(source: Partial<Scratch>, ...numbers: number[]) {
      copies.push(numbers);
      const [sx = 0, sy = 0, sw = 0, sh = 0, ...box] = numbers;
      // The nearest pixel of the source, as a canvas that does not smooth copies.
      const { colourAt } = source;
      if (colourAt !== undefined)
        cover(box, (x, y) => cssOf(colourAt(sx + Math.floor(x * sw), sy + Math.floor(y * sh))));
    },
    ...{ beginPath: nothing, moveTo: nothing, lineTo: nothing, stroke: nothing, fill: nothing },
    ...{ arc: nothing, setLineDash: nothing, bezierCurveTo: nothing, strokeRect: nothing },
    ...{ closePath: nothing, roundRect: nothing },
  };
  const surface = { context, width, height, ratio: 1 } as unknown as Surface;
  return { surface, at: (x, y) => pixels[y * width + x] ?? '', texts, copies };
}
