import type { Surface } from './canvas.ts';
import { formatNumber } from './scales.ts';

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

/** Where the plot lies in the canvas, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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

/** Screen position of a settling step. */
export function stepX(step: number, lastStep: number, { left, right }: PlotArea): number {
  return left + (right - left) * (lastStep > 0 ? step / lastStep : 0);
}

/**
 * A curve on a scale of its own, 0 at the bottom … 1 at the top: linear near zero, logarithmic above a tenth of its median, because
 * the first steps are often a hundred times what follows.
 */
export function normalised(values: readonly number[]): number[] {
  const finite = values
    .filter((value) => Number.isFinite(value) && value > 0)
    .sort((a, b) => a - b);
  const high = finite.at(-1);
  if (high === undefined) return values.map(() => 0);
  const unit = finite[Math.floor(finite.length / 2)]! / 10;
  const top = Math.log1p(high / unit);
  return values.map((value) => (value > 0 ? Math.log1p(Math.min(value, high) / unit) / top : 0));
}

/**
 * ψ on a scale of its own: the best value at the top, what is missing to it on the same kind of scale as `normalised`. It rises while
 * errors fall.
 */
export function normalisedDiscrepancy(values: readonly number[]): number[] {
  const best = Math.max(...values.filter(Number.isFinite));
  if (!Number.isFinite(best)) return [];
  return normalised(values.map((value) => (Number.isFinite(value) ? best - value : NaN))).map(
    (share) => 1 - share,
  );
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

const NICE = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500];

/** Step numbers worth writing: about one every 70 pixels, at round numbers. */
export function tickSteps(lastStep: number, width: number, firstStep = 0): number[] {
  const most = Math.max(1, Math.floor(width / 70));
  const every = NICE.find((n) => (lastStep - firstStep) / n <= most) ?? 500;
  const from = Math.ceil(firstStep / every);
  return Array.from(
    { length: Math.floor(lastStep / every) - from + 1 },
    (_, i) => (from + i) * every,
  );
}

/** One curve with its label. */
interface Curve {
  readonly shares: readonly number[];
  readonly colour: string;
  readonly dash: readonly number[];
  readonly name: string;
  /** Its value at the step on show. */
  readonly value: string;
}

/** Paints the curves, the axis of steps, and a label at the end of each curve. */
export function paintTimeline(
  { context }: Surface,
  area: PlotArea,
  data: TimelineData,
  style: TimelineStyle,
): void {
  const { steps, energies, discrepancy, firstStep, lastStep, shown } = data;
  const x = (step: number) => stepX(step - firstStep, lastStep - firstStep, area);
  const y = (share: number) => area.bottom - share * (area.bottom - area.top);
  context.font = `${style.fontSize}px ${style.font}`;
  context.lineJoin = 'round';

  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const step of tickSteps(lastStep, area.right - area.left, firstStep)) {
    context.fillStyle = style.line;
    context.fillRect(Math.round(x(step)), area.top, 1, area.bottom - area.top);
    context.fillStyle = style.soft;
    context.fillText(String(step), x(step), area.bottom + 5);
  }
  context.fillStyle = style.line;
  context.fillRect(area.left, area.bottom, area.right - area.left, 1);
  context.fillStyle = style.soft;
  context.textAlign = 'left';
  context.fillText(style.scale, area.right + 12, area.bottom + 5);

  const curves: Curve[] = energies.map((values, layer) => ({
    shares: normalised(values),
    colour: style.colours[layer % style.colours.length]!,
    dash: style.dashes[layer % style.dashes.length] ?? [],
    name: style.names[layer] ?? '',
    value: formatNumber(values[shown]),
  }));
  const psi = normalisedDiscrepancy(discrepancy);
  if (psi.length > 0)
    curves.push({
      shares: psi,
      colour: style.ink,
      dash: [],
      name: style.discrepancy,
      value: formatNumber(discrepancy[shown]),
    });
  for (const { shares, colour, dash } of curves) {
    context.strokeStyle = colour;
    context.lineWidth = colour === style.ink ? 1.25 : 2;
    context.setLineDash([...dash]);
    context.beginPath();
    shares.forEach((share, i) => context.lineTo(x(steps[i]!), y(share)));
    context.stroke();
  }
  context.setLineDash([]);
  paintLabels(context, area, curves, x(steps.at(-1) ?? firstStep), style);

  const here = steps[shown];
  if (here === undefined) return;
  for (const { shares, colour } of curves) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x(here), y(shares[shown] ?? 0), 3, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Name and value of each curve beside its end; a thin line ties them together. */
function paintLabels(
  context: CanvasRenderingContext2D,
  area: PlotArea,
  curves: readonly Curve[],
  endX: number,
  style: TimelineStyle,
): void {
  const ends = curves.map(
    ({ shares }) => area.bottom - (shares.at(-1) ?? 0) * (area.bottom - area.top),
  );
  const lineHeight = style.fontSize * 1.22;
  const labels = spreadLabels(ends, lineHeight, area.top + lineHeight / 2 - 2, area.bottom - 4);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  labels.forEach((at, i) => {
    const { name, value, colour } = curves[i]!;
    context.fillStyle = colour;
    context.font = `600 ${style.fontSize}px ${style.font}`;
    context.fillText(name, area.right + 12, at);
    const nameWidth = context.measureText(`${name} `).width;
    context.font = `${style.fontSize}px ${style.font}`;
    context.fillText(value, area.right + 12 + nameWidth + 3, at);
    if (endX < area.right - 1) return;
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(endX, ends[i]!);
    context.lineTo(area.right + 9, at);
    context.stroke();
    context.globalAlpha = 1;
  });
}
