import { UNKNOWN_CSS } from './colour.ts';
import type { Box } from './columns.ts';

/*
 * What is not a finite number is shown as that: drawn as 0 it would look like a neuron at rest or an error that is gone.
 */

const MARK = 3.5;

/** A cross where a curve has no finite value. */
export function markUnknown(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.strokeStyle = UNKNOWN_CSS;
  context.lineWidth = 2;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - MARK, y - MARK);
  context.lineTo(x + MARK, y + MARK);
  context.moveTo(x - MARK, y + MARK);
  context.lineTo(x + MARK, y - MARK);
  context.stroke();
}

const STRIPE = 2;

/** Stripes where a bar has no finite length. */
export function hatchUnknown(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Box,
): void {
  context.fillStyle = UNKNOWN_CSS;
  for (let at = 0; at < width; at += 2 * STRIPE)
    context.fillRect(x + at, y, Math.min(STRIPE, width - at), height);
}
