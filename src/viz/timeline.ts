import { extent, scaleLinear } from 'd3';
import type { PlotArea } from './axis.ts';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import { energyScale } from './energyScale.ts';
import { paintEndLabel, spreadLabels } from './labels.ts';
import type { LinePoint, LineStyle } from './lines.ts';
import { paintDot, paintLine, yOf } from './lines.ts';
import { formatNumber } from './scales.ts';
import { stepScale, tickSteps } from './steps.ts';

/** The settling episode as curves: one for each layer of error neurons, and one of ψ. */
export interface TimelineData {
  /** Settling step of each frame. */
  readonly steps: readonly number[];
  /** energies[layer][frame]: squared length of the layer's error neurons. */
  readonly energies: readonly (readonly number[])[];
  /** Total discrepancy ψ of each frame in nats; null: there is no strip for it. */
  readonly discrepancy: readonly number[] | null;
  /** The first and the last step of the axis: 0 and T, or the window of a live episode. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** Where something changed, and the word that stands below it. */
  readonly marks: readonly { readonly step: number; readonly label: string }[];
  /** Index of the frame on show. */
  readonly shown: number;
}

export interface TimelineStyle {
  readonly colours: readonly string[];
  readonly dashes: readonly (readonly number[])[];
  readonly names: readonly string[];
  /** The name of the curve of ψ, drawn in ink, and which way it is to go. */
  readonly discrepancy: string;
  readonly better: string;
  readonly nats: string;
  /** How a step is written below the axis. */
  step(step: number): string;
  /** Whether energies are written: at the axis, and beside the curves. */
  readonly numbers: boolean;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly font: string;
  readonly fontSize: number;
}

/** Where the curves of the energies lie, and below them that of ψ. */
export interface TimelinePlots {
  readonly energies: PlotArea;
  readonly discrepancy: PlotArea | null;
}

/** Between the two plots. */
const GAP = 9;
/** The share of the height that ψ takes, and the lines of type that it needs. */
const PSI_SHARE = 0.3;
const PSI_LINES = 2;

/** Shares an area out between the energies and, where it has a strip, ψ below them. */
export function timelinePlots(
  area: PlotArea,
  lineHeight: number,
  withDiscrepancy: boolean,
): TimelinePlots {
  if (!withDiscrepancy) return { energies: area, discrepancy: null };
  const height = Math.max(PSI_LINES * lineHeight, PSI_SHARE * (area.bottom - area.top));
  const top = area.bottom - height;
  return { energies: { ...area, bottom: top - GAP }, discrepancy: { ...area, top } };
}

/** One curve with its label. */
interface Curve extends LineStyle {
  readonly points: readonly LinePoint[];
  readonly name: string;
  /** Its value at the step on show. */
  readonly value: string;
  /** Where it is marked that it is not finite. */
  readonly markAt: number;
}

/** Between the marks of two curves that are not finite at the same step: each curve's is to be seen. */
const MARKS_APART = 9;
/** From the plot to what stands at its right: the slider's knob comes in between. */
const LABEL_GAP = 14;
/** How much wider bold type is. */
const BOLD = 1.1;
/** From the plot to the step numbers: half the knob. */
const STEP_GAP = 8;

/** Paints the curves, the axes of energies and of steps, what changed, and a label at the end of each curve. */
export function paintTimeline(
  { context }: Surface,
  plots: TimelinePlots,
  data: TimelineData,
  style: TimelineStyle,
): void {
  const { energies, discrepancy } = plots;
  context.font = `${style.fontSize}px ${style.font}`;
  context.lineJoin = 'round';
  const whole = { ...energies, bottom: (discrepancy ?? energies).bottom };
  paintSteps(context, whole, data, style);
  paintEnergies(context, energies, data, style);
  if (discrepancy !== null) paintDiscrepancy(context, discrepancy, data, style);
}

/** The axis of steps, and a line where something changed. */
function paintSteps(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { firstStep, lastStep, marks }: TimelineData,
  style: TimelineStyle,
): void {
  const x = stepScale([firstStep, lastStep], area);
  const ends = firstStep === lastStep ? [firstStep] : [firstStep, lastStep];
  const lines = style.numbers ? tickSteps([firstStep, lastStep], area.right - area.left) : ends;
  const format = (step: number) => style.step(step);
  const half = (text: string) => context.measureText(text).width / 2;
  // The word of a mark begins at its line, in bold: no step number stands there.
  const ticks = lines.filter((tick) =>
    marks.every(({ step, label }) => {
      const from = x(Math.max(step, firstStep));
      const to = from + BOLD * 2 * half(label) + LABEL_GAP;
      return x(tick) + half(format(tick)) < from || x(tick) - half(format(tick)) > to;
    }),
  );
  paintAxis(
    context,
    area,
    {
      ...{ side: 'bottom', scale: x, lines, ticks, format, gap: STEP_GAP },
      // Where more than the number is written, it begins where the number would.
      place: (at, tick) =>
        format(tick) === String(tick) ? {} : { at: at - half(String(tick)), align: 'left' },
    },
    style,
  );
  context.fillStyle = style.ink;
  for (const { step } of marks) {
    if (step < firstStep) continue;
    const at = Math.round(x(step));
    for (let y = area.top; y < area.bottom + STEP_GAP; y += 4) context.fillRect(at, y, 1, 2);
  }
}

/** A curve for each layer on one axis. */
function paintEnergies(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { steps, energies, firstStep, lastStep, shown }: TimelineData,
  style: TimelineStyle,
): void {
  const { line, soft, numbers, fontSize } = style;
  const x = stepScale([firstStep, lastStep], area);
  const y = energyScale(energies, area.bottom, area.top);
  const lines = y.ticks(fontSize * 1.1);
  const ticks = numbers ? lines : [];
  paintAxis(context, area, { side: 'left', scale: y, lines: [0], gap: 6 }, { line });
  if (numbers)
    paintAxis(
      context,
      area,
      { side: 'left', scale: y, lines, ticks, format: (tick) => short(tick), gap: 8 },
      { line, soft },
    );
  const curves = energies.map((values, layer): Curve => ({
    points: values.map((value, i): LinePoint => [x(steps[i] ?? firstStep), yOf(value, y)]),
    colour: style.colours[layer % style.colours.length] ?? style.ink,
    dash: style.dashes[layer % style.dashes.length] ?? [],
    width: 2,
    name: style.names[layer] ?? '',
    value: numbers ? formatNumber(values[shown]) : '',
    // At the top, where errors are large.
    markAt: area.top + 4 + layer * MARKS_APART,
  }));
  for (const curve of curves) paintLine(context, curve.points, curve, curve.markAt);
  paintEnds(context, area, curves, x(steps.at(-1) ?? firstStep), style);
  for (const curve of curves) paintShown(context, curve, shown);
}

/** A tick: a thousand is 1k. */
const short = (tick: number) => (tick >= 1000 ? `${formatTick(tick / 1000)}k` : formatTick(tick));
const formatTick = (tick: number) => String(Number(tick.toPrecision(1)));

function paintShown(context: CanvasRenderingContext2D, curve: Curve, shown: number): void {
  const here = curve.points[shown];
  if (here !== undefined) paintDot(context, here, curve.colour, 3, curve.markAt);
}

/** ψ, from its worst value at the bottom to its best at the top. */
function paintDiscrepancy(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  { steps, discrepancy, firstStep, lastStep, shown }: TimelineData,
  style: TimelineStyle,
): void {
  if (discrepancy === null) return;
  const { ink, soft, line, font, fontSize } = style;
  const x = stepScale([firstStep, lastStep], area);
  const [worst, best] = extent(discrepancy.filter(Number.isFinite));
  const y = scaleLinear([worst ?? 0, best ?? 0], [area.bottom, area.top]);
  const edge = { side: 'left', scale: () => area.bottom, lines: [0] } as const;
  paintAxis(context, area, edge, { line });
  const points = discrepancy.map((psi, i): LinePoint => [x(steps[i] ?? firstStep), yOf(psi, y)]);
  const markAt = area.top + 4;
  paintLine(context, points, { colour: ink, dash: [], width: 1.25 }, markAt);
  const here = points[shown];
  if (here !== undefined) paintDot(context, here, ink, 3, markAt);
  const ends: readonly [number | undefined, number][] = [
    [best, area.top + fontSize / 2 - 1],
    [worst === best ? undefined : worst, area.bottom - fontSize / 2 + 1],
  ];
  context.font = `${fontSize}px ${font}`;
  context.fillStyle = soft;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const [value, at] of ends)
    if (value !== undefined) context.fillText(formatNumber(value), area.left - 8, at);
  const value = `${formatNumber(discrepancy[shown])} ${style.nats}`;
  const label = { name: style.discrepancy, value, colour: ink };
  const middle = (area.top + area.bottom) / 2;
  const [at, below] = [middle - fontSize * 0.6, middle + fontSize * 0.6];
  paintEndLabel(context, area.right + LABEL_GAP, { ...label, y: at }, style);
  context.font = `${fontSize}px ${font}`;
  context.fillStyle = soft;
  context.fillText(style.better, area.right + LABEL_GAP, below);
}

/** Name and value of each curve beside its end; a thin line ties them together where the end is known. */
function paintEnds(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  curves: readonly Curve[],
  endX: number,
  style: TimelineStyle,
): void {
  const ends = curves.map(({ points }) => points.at(-1)?.[1] ?? area.bottom);
  const lineHeight = style.fontSize * 1.2;
  const wanted = ends.map((y) => (Number.isFinite(y) ? y : area.top));
  const [low, high] = [area.top + style.fontSize / 2 - 2, area.bottom - style.fontSize / 2 + 2];
  const labels = spreadLabels(wanted, lineHeight, low, high);
  curves.forEach(({ name, value, colour }, i) => {
    const y = labels[i] ?? area.top;
    const end = ends[i] ?? NaN;
    paintEndLabel(context, area.right + LABEL_GAP, { name, value, colour, y }, style);
    if (endX < area.right - 1 || !Number.isFinite(end)) return;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(endX, end);
    context.lineTo(area.right + LABEL_GAP - 3, y);
    context.stroke();
    context.globalAlpha = 1;
  });
}
