import { scaleLinear, scaleLog } from 'd3';
import type { PlotArea } from '../axis.ts';
import { paintAxis } from '../axis.ts';
import type { Box } from '../columns.ts';
import type { LinePoint, LineStyle } from '../lines.ts';
import { paintLine, yOf } from '../lines.ts';
import type { ExhibitLook } from './exhibitPicture.ts';
import { inset } from './panes.ts';
import { write } from './words.ts';

/** An axis of a plot. */
export interface PlotAxis {
  /** With its unit; stands above the plot for y, and under it for x. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly scale?: 'linear' | 'logarithmic';
  format?(tick: number): string;
}

/** A plot whose axes are painted: where values lie in it. */
export interface Plot {
  readonly area: PlotArea;
  x(value: number): number;
  y(value: number): number;
}

/** Powers of ten within an axis, not more than fit. */
function decades({ from, to }: PlotAxis, most: number): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  const last = Math.floor(Math.log10(to) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const count = Math.floor((last - first) / every) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => 10 ** (first + i * every));
}

function scaleOf(axis: PlotAxis, range: readonly [number, number], most: number) {
  if (axis.scale !== 'logarithmic') {
    const scale = scaleLinear([axis.from, axis.to], range);
    return { at: (value: number) => scale(value), ticks: scale.ticks(most), format: scale.tickFormat(most) }; // prettier-ignore
  }
  const scale = scaleLog([axis.from, axis.to], range);
  return {
    at: (value: number) => scale(Math.max(value, Number.MIN_VALUE)),
    ticks: decades(axis, most),
    format: powerOfTen,
  };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0.1, 1, 10, 100, 1000 as such; farther ones as powers: 10⁻⁵. */
export function powerOfTen(value: number): string {
  const power = Math.round(Math.log10(value));
  if (power >= -2 && power <= 3) return String(Number((10 ** power).toPrecision(3)));
  const digits = String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);
  return `10${power < 0 ? '⁻' : ''}${digits}`;
}

/** Where a plot lies in its box: with room for the words of its axes, in type of this size; as a miniature without any. */
export const plotBox = (box: Box, type: number, isSmall: boolean): Box =>
  isSmall
    ? inset(box, { left: 2, right: 2, top: 2, bottom: 2 })
    : inset(box, { left: type * 3.4, right: type * 1.4, top: type * 1.8, bottom: type * 3.2 });

/** Paints the axes of a plot in a box, with room for words; as a miniature without any. */
export function paintPlot(
  context: CanvasRenderingContext2D,
  box: Box,
  axes: { readonly x: PlotAxis; readonly y: PlotAxis },
  look: ExhibitLook,
  isSmall: boolean,
): Plot {
  const { type, colours } = look;
  const inner = plotBox(box, type, isSmall);
  const area = { left: inner.x, right: inner.x + inner.width, top: inner.y, bottom: inner.y + inner.height }; // prettier-ignore
  const x = scaleOf(axes.x, [area.left, area.right], Math.max(2, Math.floor(inner.width / (type * 5)))); // prettier-ignore
  const y = scaleOf(axes.y, [area.bottom, area.top], Math.min(8, Math.max(2, Math.floor(inner.height / (type * 3.5))))); // prettier-ignore
  const style = { line: colours.faint, soft: colours.soft };
  context.font = `${Math.max(11, type * 0.92)}px ${look.font}`;
  const words = (axis: PlotAxis, scale: typeof x) =>
    isSmall ? {} : { ticks: scale.ticks, format: axis.format ?? scale.format };
  paintAxis(context, area, { side: 'left', scale: y.at, lines: y.ticks, gap: 6, ...words(axes.y, y) }, style); // prettier-ignore
  paintAxis(context, area, { side: 'bottom', scale: x.at, lines: x.ticks, gap: 6, ...words(axes.x, x) }, style); // prettier-ignore
  if (!isSmall) {
    write(context, look, axes.y.title, [box.x, box.y + type], { colour: colours.soft });
    write(context, look, axes.x.title, [area.right, box.y + box.height - 3], { colour: colours.soft, align: 'right' }); // prettier-ignore
  }
  return { area, x: x.at, y: y.at };
}

/** Paints a line through values, within the plot: what leaves it is cut off at its edge. */
export function paintValues(
  context: CanvasRenderingContext2D,
  { area, x, y }: Plot,
  at: ArrayLike<number>,
  values: ArrayLike<number>,
  style: LineStyle,
): void {
  const points = Array.from(values, (value, i): LinePoint => [x(at[i]!), yOf(value, y)]);
  context.save();
  context.beginPath();
  context.rect(area.left - 2, area.top - 2, area.right - area.left + 4, area.bottom - area.top + 4);
  context.clip();
  paintLine(context, points, style, area.top + 6);
  context.restore();
}
