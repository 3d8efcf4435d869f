import type { Surface } from './canvas.ts';
import { scratchCanvas } from './canvas.ts';
import type { ColourMap } from './colour.ts';
import { colourOf } from './colour.ts';
import type { Box } from './columns.ts';
import { ARROW_STEPS } from './columns.ts';
import type { ValueScale } from './scales.ts';

/** Paints a square picture of side·side values into a box, pixels sharp. */
export function paintPicture(
  { context }: Surface,
  values: ArrayLike<number>,
  side: number,
  map: ColourMap,
  scale: ValueScale,
  box: Box,
): void {
  const rows = Math.ceil(values.length / side);
  const tile = scratchCanvas(side, rows);
  const image = tile.createImageData(side, rows);
  const colours = new Uint32Array(image.data.buffer);
  for (let i = 0; i < values.length; i++) colours[i] = colourOf(values[i]!, scale, map);
  tile.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(tile.canvas, 0, 0, side, rows, box.x, box.y, box.width, box.height);
}

/** Hatches the hidden pixels of a square picture that fills a box. */
export function paintHatching(
  { context }: Surface,
  mask: ArrayLike<number>,
  side: number,
  box: Box,
  line: string,
  fill: string | null,
): void {
  const cell = box.width / side;
  context.save();
  context.beginPath();
  // Runs of hidden pixels in a row become one rectangle: no seams between pixels.
  for (let row = 0; row * side < mask.length; row++) {
    for (let column = 0; column < side;) {
      if (mask[row * side + column] === 1) {
        column++;
        continue;
      }
      const from = column;
      while (column < side && mask[row * side + column] === 0) column++;
      context.rect(box.x + from * cell, box.y + row * cell, (column - from) * cell, cell);
    }
  }
  if (fill !== null) {
    context.fillStyle = fill;
    context.fill();
  }
  context.clip();
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  const step = Math.max(5, box.width / 26);
  for (let d = -box.height; d < box.width; d += step) {
    context.moveTo(box.x + d, box.y + box.height);
    context.lineTo(box.x + d + box.height, box.y);
  }
  context.stroke();
  context.restore();
}

/** The pixel at a point of a square picture that fills a box of the given size, or null outside. */
export function pixelAt(x: number, y: number, size: number, side: number): number | null {
  const column = Math.floor((x / size) * side);
  const row = Math.floor((y / size) * side);
  return column >= 0 && row >= 0 && column < side && row < side ? row * side + column : null;
}

/** The pixel that an arrow key leads to; null for other keys. The first key press begins in the middle. */
export function pixelByKey(side: number, from: number | null, key: string): number | null {
  const by = ARROW_STEPS[key];
  if (by === undefined) return null;
  const middle = Math.floor(side / 2);
  const at = from ?? middle * side + middle;
  const inside = (place: number) => Math.max(0, Math.min(side - 1, place));
  return inside(Math.floor(at / side) + by[1]) * side + inside((at % side) + by[0]);
}

/** Outlines one pixel of a square picture that fills the canvas. */
export function outlinePixel(
  { context, width }: Surface,
  index: number,
  side: number,
  colour: string,
  line: number,
): void {
  const cell = width / side;
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect((index % side) * cell, Math.floor(index / side) * cell, cell, cell);
}

/** Draws a line where seen pixels (mask 1) meet hidden ones (0), so that what is imagined can be told from what is given. */
export function paintBoundary(
  { context, width }: Surface,
  mask: ArrayLike<number>,
  side: number,
  colour: string,
): void {
  const cell = width / side;
  context.beginPath();
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const here = mask[row * side + column];
      if (column + 1 < side && mask[row * side + column + 1] !== here) {
        context.moveTo((column + 1) * cell, row * cell);
        context.lineTo((column + 1) * cell, (row + 1) * cell);
      }
      if (row + 1 < side && mask[(row + 1) * side + column] !== here) {
        context.moveTo(column * cell, (row + 1) * cell);
        context.lineTo((column + 1) * cell, (row + 1) * cell);
      }
    }
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
}
