import type { Surface } from '../canvas.ts';
import type { ColourMap } from '../colour.ts';
import type { Box } from '../columns.ts';
import { paintPicture } from '../picture.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { write } from './words.ts';

/** The side of a picture in pixels. */
export const SIDE = 28;

/** The largest square in a box: in its middle across, at its top. */
export function squareIn({ x, y, width, height }: Box): Box {
  const side = Math.max(1, Math.min(width, height));
  return { x: x + (width - side) / 2, y, width: side, height: side };
}

/** Paints a picture of 28 × 28 pixels from 0 to 1 in a square, with a frame. */
export function paintDigit(
  surface: Surface,
  pixels: ArrayLike<number>,
  map: ColourMap,
  box: Box,
  frame: { readonly colour: string; readonly line: number },
): void {
  paintPicture(surface, pixels, SIDE, map, { low: 0, high: 1 }, box);
  surface.context.strokeStyle = frame.colour;
  surface.context.lineWidth = frame.line;
  surface.context.strokeRect(box.x, box.y, box.width, box.height);
}

/** Paints a picture of 28 × 28 pixels from 0 to 1 over a whole surface. */
export function paintExample(surface: Surface, pixels: ArrayLike<number>, map: ColourMap): void {
  const all = { x: 0, y: 0, width: surface.width, height: surface.height };
  paintPicture(surface, pixels, SIDE, map, { low: 0, high: 1 }, all);
}

/** A line of words over a square, at its left edge. */
export function paintCaption(
  { context }: Surface,
  look: ExhibitLook,
  text: string,
  box: Box,
  colour: string = look.colours.ink,
): void {
  write(context, look, text, [box.x, box.y - 0.45 * look.type], { colour, bold: true });
}

/** Squares of one size in rows that fill a box, as large as they can be: where each lies. */
export function gridOf(box: Box, count: number, gap: number): Box[] {
  let best = { side: 0, across: 1 };
  for (let across = 1; across <= count; across++) {
    const down = Math.ceil(count / across);
    const side = Math.min((box.width - (across - 1) * gap) / across, (box.height - (down - 1) * gap) / down); // prettier-ignore
    if (side > best.side) best = { side, across };
  }
  const { side, across } = best;
  return Array.from({ length: count }, (_, i) => ({
    x: box.x + (i % across) * (side + gap),
    y: box.y + Math.floor(i / across) * (side + gap),
    ...{ width: side, height: side },
  }));
}

/** The place in a square, in pixels of its picture; null: beside it. */
export function placeIn(box: Box, x: number, y: number): readonly [number, number] | null {
  const at = [((x - box.x) / box.width) * SIDE, ((y - box.y) / box.height) * SIDE] as const;
  return at.every((one) => one >= 0 && one < SIDE) ? at : null;
}
