import type { Surface } from './canvas.ts';
import type { Box, ColumnLayout } from './columns.ts';
import { cellBox } from './columns.ts';

/** Crosses out silent neurons of a layer. */
export function paintSilenced(
  { context }: Surface,
  layout: ColumnLayout,
  silent: readonly number[],
  style: { readonly ink: string; readonly ground: string },
): void {
  for (const index of silent) {
    if (index >= layout.size) continue;
    const box = cellBox(layout, index);
    context.fillStyle = style.ground;
    context.fillRect(box.x, box.y, box.width, box.height);
    cross(context, box, style.ink, Math.max(1.5, box.width * 0.16));
  }
}

/** Dims a whole tile and crosses it out. */
export function paintCut(
  { context, width, height }: Surface,
  style: { readonly ink: string; readonly ground: string },
): void {
  context.fillStyle = style.ground;
  context.globalAlpha = 0.72;
  context.fillRect(0, 0, width, height);
  context.globalAlpha = 0.55;
  cross(context, { x: 0, y: 0, width, height }, style.ink, 1.5);
  context.globalAlpha = 1;
}

function cross(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
  colour: string,
  line: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.beginPath();
  context.moveTo(x + 1, y + 1);
  context.lineTo(x + width - 1, y + height - 1);
  context.moveTo(x + width - 1, y + 1);
  context.lineTo(x + 1, y + height - 1);
  context.stroke();
}
