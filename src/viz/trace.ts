import { scaleLinear } from 'd3';
import type { Surface } from './canvas.ts';
import { formatNumber } from './scales.ts';
import type { PlotArea } from './timeline.ts';
import { stepX } from './timeline.ts';

/** One neuron's value over the steps of an episode. */
export interface Trace {
  readonly values: readonly number[];
  readonly colour: string;
  readonly dash: readonly number[];
  /** Line width in CSS pixels. */
  readonly width: number;
}

export interface TraceStyle {
  readonly line: string;
  readonly ink: string;
  readonly soft: string;
  readonly font: string;
  readonly fontSize: number;
}

/** The steps that a plot spans, from its left edge to its right one. */
export type StepRange = readonly [first: number, last: number];

/** The common range of some traces; zero is always in it. */
export function traceRange(traces: readonly Trace[]): readonly [number, number] {
  const all = traces.flatMap(({ values }) => values).filter(Number.isFinite);
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  return low === high ? [0, 1] : [low, high];
}

/** The settling step under a point of the plot. */
export function stepUnder(x: number, { left, right }: PlotArea, [first, last]: StepRange): number {
  const share = (x - left) / Math.max(1, right - left);
  return Math.round(first + Math.max(0, Math.min(1, share)) * (last - first));
}

/**
 * Paints traces over settling steps: the range of values to the left, the steps below, a line at zero and one at the step on
 * show.
 */
export function paintTraces(
  { context }: Surface,
  area: PlotArea,
  steps: readonly number[],
  range: StepRange,
  shown: number,
  traces: readonly Trace[],
  style: TraceStyle,
): void {
  const [low, high] = traceRange(traces);
  const x = (i: number) => stepX((steps[i] ?? 0) - range[0], range[1] - range[0], area);
  const y = scaleLinear([low, high], [area.bottom, area.top]);
  context.font = `${style.fontSize}px ${style.font}`;
  paintAxes(context, area, range, [low, high], y(0), style);
  context.lineJoin = 'round';
  for (const { values, colour, dash, width } of traces) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.beginPath();
    values.forEach((value, i) => context.lineTo(x(i), y(value)));
    context.stroke();
    context.setLineDash([]);
  }
  if (shown < 0) return;
  context.fillStyle = style.ink;
  context.fillRect(Math.round(x(shown)), area.top - 3, 1, area.bottom - area.top + 6);
  for (const { values, colour } of traces) {
    const here = values[shown];
    if (here === undefined) continue;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x(shown), y(here), 3, 0, 2 * Math.PI);
    context.fill();
  }
}

function paintAxes(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  [first, last]: StepRange,
  [low, high]: readonly [number, number],
  zero: number,
  style: TraceStyle,
): void {
  context.fillStyle = style.line;
  context.fillRect(area.left, Math.round(zero), area.right - area.left, 1);
  context.fillStyle = style.soft;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const apart = style.fontSize * 1.1;
  const [top, bottom] = [area.top + 3, area.bottom - 3];
  // An end that is nearer to zero than a line of text gives way.
  if (zero - top > apart) context.fillText(formatNumber(high, 2), area.left - 4, top);
  if (bottom - zero > apart) context.fillText(formatNumber(low, 2), area.left - 4, bottom);
  context.fillText('0', area.left - 4, zero);
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(String(first), area.left, area.bottom + 4);
  context.textAlign = 'right';
  context.fillText(String(last), area.right, area.bottom + 4);
}
