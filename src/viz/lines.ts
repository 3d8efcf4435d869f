import { line } from 'd3';
import { markUnknown } from './unknown.ts';

/** A place in the canvas, in CSS pixels; its y is NaN where the value is not finite. */
export type LinePoint = readonly [x: number, y: number];

/** The y of a value; NaN where the value is not finite. */
export function yOf(value: number, scale: (value: number) => number): number {
  return Number.isFinite(value) ? scale(value) : NaN;
}

export interface LineStyle {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly width: number;
}

const isKnown = ([, y]: LinePoint) => Number.isFinite(y);
const trace = line<LinePoint>(
  ([x]) => x,
  ([, y]) => y,
).defined(isKnown);

/** Paints a line through points. Where a value is not finite it has a gap, and a mark at the height `markAt`. */
export function paintLine(
  context: CanvasRenderingContext2D,
  points: readonly LinePoint[],
  { colour, dash, width }: LineStyle,
  markAt: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash([...dash]);
  context.beginPath();
  trace.context(context)(points);
  context.stroke();
  context.setLineDash([]);
  for (const point of points) if (!isKnown(point)) markUnknown(context, point[0], markAt);
}

/** Paints a dot on a line; the mark at `markAt` where its value is not finite. */
export function paintDot(
  context: CanvasRenderingContext2D,
  [x, y]: LinePoint,
  colour: string,
  radius: number,
  markAt: number,
): void {
  if (!Number.isFinite(y)) return markUnknown(context, x, markAt);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
