import type { ScaleLinear } from 'd3';
import { extent, scaleLinear } from 'd3';
import type { PlotArea } from './axis.ts';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import type { LinePoint, LineStyle } from './lines.ts';
import { paintDot, paintLine, yOf } from './lines.ts';
import { formatNumber } from './scales.ts';
import type { StepRange } from './steps.ts';
import { stepScale } from './steps.ts';

/** One neuron's value over the steps of an episode. */
export interface Trace extends LineStyle {
  readonly values: readonly number[];
}

export interface TraceStyle {
  readonly line: string;
  readonly ink: string;
  readonly soft: string;
  readonly font: string;
  readonly fontSize: number;
}

/** The common range of some traces; zero is always in it, and what is not finite does not count. */
export function traceRange(traces: readonly Trace[]): readonly [number, number] {
  const finite = traces.flatMap(({ values }) => values).filter(Number.isFinite);
  const [low = 0, high = 0] = extent([0, ...finite]);
  return low === high ? [0, 1] : [low, high];
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
  const x = stepScale(range, area);
  const y = scaleLinear(traceRange(traces), [area.bottom, area.top]);
  const point = (value: number, i: number): LinePoint => [x(steps[i] ?? 0), yOf(value, y)];
  const markAt = area.top + 4;
  context.font = `${style.fontSize}px ${style.font}`;
  paintAxes(context, area, range, y, style);
  context.lineJoin = 'round';
  for (const trace of traces) paintLine(context, trace.values.map(point), trace, markAt);
  if (shown < 0) return;
  context.fillStyle = style.ink;
  context.fillRect(Math.round(x(steps[shown] ?? 0)), area.top - 3, 1, area.bottom - area.top + 6);
  for (const { values, colour } of traces) {
    const here = values[shown];
    if (here !== undefined) paintDot(context, point(here, shown), colour, 3, markAt);
  }
}

/** How far a number at an end of the value axis is moved in. */
const INSET = 3;

function paintAxes(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  range: StepRange,
  y: ScaleLinear<number, number>,
  style: TraceStyle,
): void {
  const [low = 0, high = 0] = y.domain();
  // An end that is nearer to zero than a line of text gives way.
  const room = style.fontSize * 1.1 + INSET;
  const ends = [high, low].filter((end) => Math.abs(y(end) - y(0)) > room);
  paintAxis(
    context,
    area,
    {
      side: 'left',
      scale: y,
      lines: [0],
      ticks: [...ends, 0],
      format: (tick) => (tick === 0 ? '0' : formatNumber(tick, 2)),
      place: (at, tick) => (tick === 0 ? {} : { at: at + (tick > 0 ? INSET : -INSET) }),
    },
    style,
  );
  paintAxis(
    context,
    area,
    {
      side: 'bottom',
      scale: stepScale(range, area),
      ticks: range,
      place: (_, step) =>
        step === range[0] ? { align: 'left' } : { at: area.right, align: 'right' },
    },
    style,
  );
}
