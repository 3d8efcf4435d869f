import type { Surface } from './canvas.ts';
import type { Palette } from './colour.ts';
import { paintPicture } from './picture.ts';
import { largest } from './scales.ts';

/** A grid of square pictures with gaps between them. */
export interface GridLayout {
  readonly across: number;
  readonly down: number;
  /** Side of one picture, and the gap between two. */
  readonly side: number;
  readonly gap: number;
  readonly height: number;
  /** Left edge of the first picture. */
  readonly left: number;
}

/** `count` pictures across a width, each about `wanted` wide. */
export function atlasLayout(count: number, width: number, wanted: number, gap = 2): GridLayout {
  const across = Math.max(1, Math.min(count, Math.round((width + gap) / (wanted + gap))));
  const side = Math.max(4, (width - (across - 1) * gap) / across);
  const down = Math.ceil(count / across);
  return { across, down, side, gap, height: down * (side + gap) - gap, left: 0 };
}

/** `count` pictures in a box, as large as they can be, in its middle. */
export function gridLayout(count: number, width: number, height: number, gap = 6): GridLayout {
  let best: GridLayout = { across: 1, down: count, side: 0, gap, height: 0, left: 0 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const side = Math.floor(
      Math.min((width - (across - 1) * gap) / across, (height - (down - 1) * gap) / down),
    );
    if (side <= best.side) continue;
    const left = Math.floor((width - across * (side + gap) + gap) / 2);
    best = { across, down, side, gap, height: down * (side + gap) - gap, left };
  }
  return best;
}

/** The picture at a point of the grid, or null in a gap and outside. */
export function gridItemAt(
  { across, side, gap, left }: GridLayout,
  count: number,
  pointX: number,
  y: number,
): number | null {
  const x = pointX - left;
  const column = Math.floor(x / (side + gap));
  const row = Math.floor(y / (side + gap));
  const inside = x - column * (side + gap) < side && y - row * (side + gap) < side;
  const item = row * across + column;
  return x >= 0 && y >= 0 && column < across && inside && item < count ? item : null;
}

/** Where picture `item` of the grid lies. */
export function gridBox({ across, side, gap, left }: GridLayout, item: number) {
  return {
    x: left + (item % across) * (side + gap),
    y: Math.floor(item / across) * (side + gap),
    width: side,
    height: side,
  };
}

/** The order in which neurons stand: as they are, or by falling value. */
export function orderBy(values: ArrayLike<number> | null, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  // Equal values stay in the neurons' own order.
  return values === null ? order : order.sort((a, b) => values[b]! - values[a]! || a - b);
}

/** Side of the square that `pixels` pixels make. */
export function sideOf(pixels: number): number {
  return Math.ceil(Math.sqrt(pixels));
}

/** Paints receptive fields, each on its own scale ± its largest weight: fields are about shape. */
export function paintAtlas(
  surface: Surface,
  layout: GridLayout,
  order: readonly number[],
  values: Float32Array,
  pixels: number,
  palette: Palette,
  pinned: number | null,
  ink: string,
): void {
  const side = sideOf(pixels);
  order.forEach((neuron, place) => {
    const field = values.subarray(neuron * pixels, (neuron + 1) * pixels);
    const limit = largest(field);
    paintPicture(
      surface,
      field,
      side,
      palette.signed,
      { low: -limit, high: limit },
      gridBox(layout, place),
    );
  });
  const place = pinned === null ? -1 : order.indexOf(pinned);
  if (place < 0) return;
  const { x, y, width, height } = gridBox(layout, place);
  surface.context.strokeStyle = ink;
  surface.context.lineWidth = 2;
  surface.context.strokeRect(x + 1, y + 1, width - 2, height - 2);
}
