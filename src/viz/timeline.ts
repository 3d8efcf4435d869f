import type { Surface } from './canvas.ts';
import { formatNumber } from './scales.ts';

/** The settling episode as curves: one for each layer of error neurons. */
export interface TimelineData {
  /** Settling step of each frame. */
  readonly steps: readonly number[];
  /** energies[layer][frame]: squared length of the layer's error neurons. */
  readonly energies: readonly (readonly number[])[];
  /** T */
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

/** Step numbers worth writing: about one every 70 pixels, at round numbers. */
export function tickSteps(lastStep: number, width: number): number[] {
  const most = Math.max(1, Math.floor(width / 70));
  const nice = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500];
  const every = nice.find((n) => lastStep / n <= most) ?? 500;
  return Array.from({ length: Math.floor(lastStep / every) + 1 }, (_, i) => i * every);
}

/** Paints the curves, the axis of steps, and a label at the end of each curve. */
export function paintTimeline(
  { context }: Surface,
  area: PlotArea,
  data: TimelineData,
  style: TimelineStyle,
): void {
  const { steps, energies, lastStep, shown } = data;
  const x = (step: number) => stepX(step, lastStep, area);
  const y = (share: number) => area.bottom - share * (area.bottom - area.top);
  context.font = `${style.fontSize}px ${style.font}`;
  context.lineJoin = 'round';

  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const step of tickSteps(lastStep, area.right - area.left)) {
    context.fillStyle = style.line;
    context.fillRect(Math.round(x(step)), area.top, 1, area.bottom - area.top);
    context.fillStyle = style.soft;
    context.fillText(String(step), x(step), area.bottom + 5);
  }
  context.fillStyle = style.line;
  context.fillRect(area.left, area.bottom, area.right - area.left, 1);

  const shares = energies.map(normalised);
  shares.forEach((curve, layer) => {
    context.strokeStyle = style.colours[layer % style.colours.length]!;
    context.lineWidth = 2;
    context.setLineDash([...(style.dashes[layer % style.dashes.length] ?? [])]);
    context.beginPath();
    curve.forEach((share, i) => context.lineTo(x(steps[i]!), y(share)));
    context.stroke();
  });
  context.setLineDash([]);

  const ends = shares.map((curve) => y(curve.at(-1) ?? 0));
  const lineHeight = style.fontSize * 1.2;
  const labels = spreadLabels(ends, lineHeight, area.top + lineHeight / 2, area.bottom - 2);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  labels.forEach((at, layer) => {
    const colour = style.colours[layer % style.colours.length]!;
    const value = energies[layer]?.[shown];
    context.fillStyle = colour;
    context.font = `600 ${style.fontSize}px ${style.font}`;
    const name = style.names[layer] ?? '';
    context.fillText(name, area.right + 12, at);
    const nameWidth = context.measureText(`${name} `).width;
    context.font = `${style.fontSize}px ${style.font}`;
    context.fillText(formatNumber(value), area.right + 12 + nameWidth + 3, at);
    // A short stroke in the curve's own dash ties label and curve together.
    context.strokeStyle = colour;
    context.setLineDash([]);
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    context.beginPath();
    const lastX = x(steps.at(-1) ?? 0);
    context.moveTo(Math.max(lastX, area.left), ends[layer]!);
    context.lineTo(area.right + 9, at);
    if (steps.at(-1) === lastStep) context.stroke();
    context.globalAlpha = 1;
  });

  const here = steps[shown];
  if (here === undefined) return;
  shares.forEach((curve, layer) => {
    context.fillStyle = style.colours[layer % style.colours.length]!;
    context.beginPath();
    context.arc(x(here), y(curve[shown] ?? 0), 3, 0, 2 * Math.PI);
    context.fill();
  });
}
