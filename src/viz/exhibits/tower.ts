import type { Box } from '../columns.ts';
import { inset } from './panes.ts';

/** A layer of the tower: its value neurons, and beside them its error neurons; the picture has none. */
export interface Storey {
  readonly layer: number;
  readonly values: Box;
  readonly errors: Box | null;
}

/** Room of the parts of a tower, in the size of type. */
const NAMES = 5.8;
const NUMBERS = 4.6;
const HEAD = 3.6;
const GAP = 1.7;
const LABEL = 2.2;

/**
 * Where the layers of a network stand, the label on top and the picture, largest of all, at the bottom: so errors travel down.
 *
 * @param last L
 * @param type the size of type, CSS pixels; 0 where nothing is written
 */
export function towerOf(box: Box, last: number, type: number): Storey[] {
  const unit = type > 0 ? type : Math.min(box.width, box.height) / 40;
  const { x, y, width, height } = inset(box, {
    left: type > 0 ? NAMES * unit : 0,
    right: type > 0 ? NUMBERS * unit : 0,
    top: type > 0 ? HEAD * unit : 0,
    bottom: 0.3 * unit,
  });
  const half = (width - 1.5 * unit) / 2;
  const right = x + half + 1.5 * unit;
  const gap = GAP * unit;
  const label = Math.min(LABEL * unit, 0.12 * height);
  const room = height - label - gap * last;
  const picture = Math.min(0.42 * room, half);
  const hidden = (room - picture) / Math.max(1, last - 1);
  const storeys: Storey[] = [];
  let top = y;
  for (let layer = last; layer >= 0; layer--) {
    const high = layer === last ? label : layer === 0 ? picture : hidden;
    const at = (left: number, wide: number): Box => ({
      x: left,
      y: top,
      width: wide,
      height: high,
    });
    storeys.unshift(
      layer === 0
        ? { layer, values: at(x, picture), errors: null }
        : { layer, values: at(x, half), errors: at(right, half) },
    );
    top += high + gap;
  }
  return storeys;
}

/** Rows and columns in which a layer of n neurons fills a box with cells that are nearly squares. */
export function tableOf(
  { width, height }: Pick<Box, 'width' | 'height'>,
  n: number,
): { readonly rows: number; readonly columns: number } {
  let best = { rows: 1, columns: n };
  let squarest = Infinity;
  for (let rows = 1; rows * rows <= n; rows++) {
    if (n % rows !== 0) continue;
    const columns = n / rows;
    const off = Math.abs(Math.log(width / columns / (height / rows)));
    if (off < squarest) [squarest, best] = [off, { rows, columns }];
  }
  return best;
}
