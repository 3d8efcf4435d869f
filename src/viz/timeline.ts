import { ascending, max, scaleLinear, scaleSymlog } from 'd3';
import type { PlotArea } from './axis.ts';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import type { LinePoint, LineStyle } from './lines.ts';
import { paintDot, paintLine, yOf } from './lines.ts';
import { formatNumber } from './scales.ts';
import { stepScale, tickSteps } from './steps.ts';

/** The settling episode as curves: one for each layer of error neurons. */
export interface TimelineData {
  /** Settling step of each frame. */
  readonly steps: readonly number[];
  /** energies[layer][frame]: squared length of the layer's error neurons. */
  readonly energies: readonly (readonly number[])[];
  /** Total discrepancy ψ of each frame in nats; empty where it is not known. */
  readonly discrepancy: readonly number[];
  /** The first and the last step of the axis: 0 and T, or the window of a live episode. */
  readonly firstStep: number;
  readonly lastStep: number;
  /** Index of the frame on show. */
  readonly shown: number;
}

export interface TimelineStyle {
  readonly colours: readonly string[];
  readonly dashes: readonly (readonly number[])[];
  readonly names: readonly string[];
  /** The name of the curve of ψ, drawn in ink. */
  readonly discrepancy: string;
  /** Under the names: how the curves are scaled. */
  readonly scale: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly font: string;
  readonly fontSize: number;
}

/**
 * A curve on a scale of its own, 0 at the bottom … 1 at the top: linear near zero, logarithmic above a tenth of its median, because
 * the first steps are often a hundred times what follows. NaN where a value is not finite.
 */
export function normalised(values: readonly number[]): number[] {
  const positive = values.filter((value) => Number.isFinite(value) && value > 0).sort(ascending);
  const high = positive.at(-1) ?? 1;
  const middle = positive[Math.floor(positive.length / 2)] ?? 1;
  const scale = scaleSymlog([0, high], [0, 1])
    .constant(middle / 10)
    .clamp(true);
  return values.map((value) => (Number.isFinite(value) ? scale(value) : NaN));
}

/**
 * ψ on a scale of its own: the best value at the top, what is missing to it on the same kind of scale as `normalised`. It rises while
 * errors fall. Empty where no value is known.
 */
export function normalisedDiscrepancy(values: readonly number[]): number[] {
  const best = max(values.filter(Number.isFinite));
  if (best === undefined) return [];
  return normalised(values.map((value) => best - value)).map((share) => 1 - share);
}

/** Moves labels down and up until none overlap; returns their y in the order given. */
export function spreadLabels(
  wanted: readonly number[],
  height: number,
  low: number,
  high: number,
): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const placed: number[] = [];
  let floor = low;
  for (const entry of order) {
    const y = Math.max(entry.y, floor);
    placed.push(y);
    floor = y + height;
  }
  let ceiling = high;
  for (let k = placed.length - 1; k >= 0; k--) {
    placed[k] = Math.min(placed[k]!, ceiling);
    ceiling = placed[k]! - height;
  }
  const result = new Array<number>(wanted.length);
  order.forEach(({ i }, k) => (result[i] = placed[k]!));
  return result;
}

/** One curve with its label. */
interface Curve extends LineStyle {
  readonly points: readonly LinePoint[];
  readonly name: string;
  /** Its value at the step on show. */
  readonly value: string;
}

/** Between the marks of two curves that are not finite at the same step. */
const MARKS_APART = 9;

/** Paints the curves, the axis of steps, and a label at the end of each curve. */
export function paintTimeline(
  { context }: Surface,
  area: PlotArea,
  data: TimelineData,
  style: TimelineStyle,
): void {
  const { steps, firstStep, lastStep, shown } = data;
  const { line, soft } = style;
  const x = stepScale([firstStep, lastStep], area);
  context.font = `${style.fontSize}px ${style.font}`;
  context.lineJoin = 'round';

  const ticks = tickSteps([firstStep, lastStep], area.right - area.left);
  paintAxis(context, area, { side: 'bottom', scale: x, lines: ticks, ticks, gap: 5 }, style);
  paintAxis(context, area, { side: 'left', scale: sharesScale(area), lines: [0] }, { line });
  context.fillStyle = soft;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(style.scale, area.right + 12, area.bottom + 5);

  const curves = curvesOf(data, style, area);
  // Marks stand at the top, where errors are large: below each other, so that each curve's is seen.
  const markAt = (curve: number) => area.top + 4 + curve * MARKS_APART;
  curves.forEach((curve, i) => paintLine(context, curve.points, curve, markAt(i)));
  paintLabels(context, area, curves, x(steps.at(-1) ?? firstStep), style);
  curves.forEach(({ points, colour }, i) => {
    const here = points[shown];
    if (here !== undefined) paintDot(context, here, colour, 3, markAt(i));
  });
}

const sharesScale = ({ top, bottom }: PlotArea) => scaleLinear([0, 1], [bottom, top]);

/** The curve of each layer's error neurons, and that of ψ where it is known. */
function curvesOf(data: TimelineData, style: TimelineStyle, area: PlotArea): Curve[] {
  const { steps, energies, discrepancy, firstStep, lastStep, shown } = data;
  const x = stepScale([firstStep, lastStep], area);
  const y = sharesScale(area);
  const points = (shares: readonly number[]) =>
    shares.map((share, i): LinePoint => [x(steps[i] ?? firstStep), yOf(share, y)]);
  const curves = energies.map((values, layer): Curve => ({
    points: points(normalised(values)),
    colour: style.colours[layer % style.colours.length] ?? style.ink,
    dash: style.dashes[layer % style.dashes.length] ?? [],
    width: 2,
    name: style.names[layer] ?? '',
    value: formatNumber(values[shown]),
  }));
  const psi = normalisedDiscrepancy(discrepancy);
  if (psi.length === 0) return curves;
  const name = style.discrepancy;
  const value = formatNumber(discrepancy[shown]);
  return [
    ...curves,
    { points: points(psi), colour: style.ink, dash: [], width: 1.25, name, value },
  ];
}

/** Name and value of each curve beside its end; a thin line ties them together where the end is known. */
function paintLabels(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  curves: readonly Curve[],
  endX: number,
  style: TimelineStyle,
): void {
  const ends = curves.map(({ points }) => points.at(-1)?.[1] ?? area.bottom);
  const lineHeight = style.fontSize * 1.22;
  const wanted = ends.map((y) => (Number.isFinite(y) ? y : area.top));
  const labels = spreadLabels(wanted, lineHeight, area.top + lineHeight / 2 - 2, area.bottom - 4);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  curves.forEach(({ name, value, colour }, i) => {
    const at = labels[i] ?? area.top;
    const end = ends[i] ?? NaN;
    context.fillStyle = colour;
    context.font = `600 ${style.fontSize}px ${style.font}`;
    context.fillText(name, area.right + 12, at);
    const nameWidth = context.measureText(`${name} `).width;
    context.font = `${style.fontSize}px ${style.font}`;
    context.fillText(value, area.right + 12 + nameWidth + 3, at);
    if (endX < area.right - 1 || !Number.isFinite(end)) return;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(endX, end);
    context.lineTo(area.right + 9, at);
    context.stroke();
    context.globalAlpha = 1;
  });
}
