import type { Surface } from '../../src/viz/canvas.ts';

/** A canvas of the least that painters need: filled rectangles become pixels, other calls are counted. */
export interface Raster {
  readonly surface: Surface;
  /** The colour of the pixel at (x, y); "" where nothing was painted. */
  at(x: number, y: number): string;
  /** The texts that were written, in order. */
  readonly texts: readonly string[];
  /** Calls of drawImage: source corner and target box. */
  readonly copies: readonly (readonly number[])[];
}

/** A raster of the given size. Opacity is ignored: what is painted last is what is seen. */
export function raster(width: number, height: number): Raster {
  const pixels = new Array<string>(width * height).fill('');
  const texts: string[] = [];
  const copies: number[][] = [];
  const nothing = () => {};
  const context = {
    fillStyle: '',
    fillRect(x: number, y: number, w: number, h: number) {
      const end = (value: number, most: number) => Math.max(0, Math.min(most, Math.round(value)));
      for (let row = end(y, height); row < end(y + h, height); row++)
        for (let column = end(x, width); column < end(x + w, width); column++)
          pixels[row * width + column] = this.fillStyle;
    },
    fillText: (text: string) => void texts.push(text),
    drawImage: (_: unknown, ...numbers: number[]) => void copies.push(numbers),
    ...{ beginPath: nothing, moveTo: nothing, lineTo: nothing, stroke: nothing, fill: nothing },
    ...{ arc: nothing, setLineDash: nothing, bezierCurveTo: nothing, strokeRect: nothing },
  };
  const surface = { context, width, height, ratio: 1 } as unknown as Surface;
  return { surface, at: (x, y) => pixels[y * width + x] ?? '', texts, copies };
}
