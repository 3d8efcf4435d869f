import type { Surface } from '../canvas.ts';
import { snap } from '../canvas.ts';
import type { ColourMap } from '../colour.ts';
import { colourOf, cssOf } from '../colour.ts';
import type { Box } from '../columns.ts';
import type { ValueScale } from '../scales.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { write } from './words.ts';

/** A table of cells that fills a box, row by row. */
export interface Cells {
  readonly box: Box;
  readonly rows: number;
  readonly columns: number;
}

/** The box of one cell. */
export function cellOf({ box, rows, columns }: Cells, index: number): Box {
  const [width, height] = [box.width / columns, box.height / rows];
  const x = box.x + (index % columns) * width;
  return { x, y: box.y + Math.floor(index / columns) * height, width, height };
}

/** The cell at a place; null beside them. */
export function cellAt({ box, rows, columns }: Cells, x: number, y: number): number | null {
  const column = Math.floor(((x - box.x) / box.width) * columns);
  const row = Math.floor(((y - box.y) / box.height) * rows);
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : null;
}

/** Paints a value each as a colour; where cells are large enough, apart from each other. */
export function paintCells(
  { context, ratio }: Surface,
  cells: Cells,
  values: ArrayLike<number>,
  { map, scale }: { readonly map: ColourMap; readonly scale: ValueScale },
): void {
  const gap = Math.min(cellOf(cells, 0).width, cellOf(cells, 0).height) >= 5 ? 1 : 0;
  for (let i = 0; i < values.length; i++) {
    const { x, y, width, height } = cellOf(cells, i);
    const [left, top] = [snap(x, ratio), snap(y, ratio)];
    context.fillStyle = cssOf(colourOf(values[i]!, scale, map));
    context.fillRect(
      left,
      top,
      snap(x + width, ratio) - left - gap,
      snap(y + height, ratio) - top - gap,
    );
  }
}

/** How many colours a legend shows. */
const STOPS = 24;

/** What colours mean: a strip of them from the least to the most, the values of its ends beside it. */
export function paintScale(
  { context }: Surface,
  box: Box,
  {
    colourAt,
    ends,
  }: { readonly colourAt: (share: number) => string; readonly ends: readonly [string, string] },
  look: ExhibitLook,
): void {
  const middle = box.y + box.height / 2;
  const style = { colour: look.colours.soft, baseline: 'middle' } as const;
  const left = write(context, look, ends[0], [box.x, middle], style) + 6;
  const right =
    write(context, look, ends[1], [box.x + box.width, middle], { ...style, align: 'right' }) + 6;
  const step = (box.width - left - right) / STOPS;
  for (let i = 0; i < STOPS; i++) {
    context.fillStyle = colourAt((i + 0.5) / STOPS);
    context.fillRect(
      box.x + left + i * step,
      box.y + 0.2 * box.height,
      step + 0.5,
      0.6 * box.height,
    );
  }
}
