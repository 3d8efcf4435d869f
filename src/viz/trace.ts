import type { Surface } from './canvas.ts';
import type { PlotArea } from './timeline.ts';
import { stepX } from './timeline.ts';

/** One neuron's value over the steps of an episode. */
export interface Trace {
  readonly values: readonly number[];
  readonly colour: string;
  readonly dash: readonly number[];
}

/** The common range of some traces; zero is always in it. */
export function traceRange(traces: readonly Trace[]): readonly [number, number] {
  const all = traces.flatMap(({ values }) => values).filter(Number.isFinite);
  const low = Math.min(0, ...all);
  const high = Math.max(0, ...all);
  return low === high ? [0, 1] : [low, high];
}

/** Paints traces over settling steps with a line at zero and one at the step on show. */
export function paintTraces(
  { context }: Surface,
  area: PlotArea,
  steps: readonly number[],
  lastStep: number,
  shown: number,
  traces: readonly Trace[],
  style: { readonly line: string; readonly ink: string },
): void {
  const [low, high] = traceRange(traces);
  const x = (i: number) => stepX(steps[i] ?? 0, lastStep, area);
  const y = (value: number) =>
    area.bottom - ((value - low) / (high - low)) * (area.bottom - area.top);
  context.fillStyle = style.line;
  context.fillRect(area.left, Math.round(y(0)), area.right - area.left, 1);
  context.lineJoin = 'round';
  for (const { values, colour, dash } of traces) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.beginPath();
    values.forEach((value, i) => context.lineTo(x(i), y(value)));
    context.stroke();
    context.setLineDash([]);
    const here = values[shown];
    if (here === undefined) continue;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x(shown), y(here), 3, 0, 2 * Math.PI);
    context.fill();
  }
  if (shown < 0) return;
  context.fillStyle = style.ink;
  context.globalAlpha = 0.4;
  context.fillRect(Math.round(x(shown)), area.top, 1, area.bottom - area.top);
  context.globalAlpha = 1;
}

/** Paints a column's competitors as bars; the pinned one stands out. */
export function paintContestBars(
  { context, width, height }: Surface,
  values: readonly number[],
  pinned: number,
  names: readonly string[],
  style: {
    readonly side: string;
    readonly soft: string;
    readonly line: string;
    readonly font: string;
    readonly fontSize: number;
  },
): void {
  const foot = style.fontSize + 5;
  const high = Math.max(...values.map(Math.abs), 1e-9);
  const low = Math.min(0, ...values);
  const plot = height - foot;
  const zero = low < 0 ? plot / 2 : plot;
  const pitch = width / values.length;
  context.font = `${Math.min(style.fontSize, pitch * 0.55)}px ${style.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  values.forEach((value, i) => {
    const length = (value / high) * (low < 0 ? plot / 2 : plot - 2);
    context.fillStyle = style.side;
    context.globalAlpha = i === pinned ? 1 : 0.42;
    context.fillRect(
      i * pitch + pitch * 0.14,
      zero - Math.max(length, 0),
      pitch * 0.72,
      Math.abs(length),
    );
    context.globalAlpha = 1;
    context.fillStyle = i === pinned ? style.side : style.soft;
    context.fillText(names[i] ?? '', (i + 0.5) * pitch, height);
  });
  context.fillStyle = style.line;
  context.fillRect(0, Math.round(zero), width, 1);
}
