import { extent, range, scaleBand, scaleLinear } from 'd3';
import { paintAxis } from './axis.ts';
import type { Surface } from './canvas.ts';
import { hatchUnknown } from './unknown.ts';

/** One term of a sum. */
export interface Term {
  readonly value: number;
  readonly colour: string;
}

/** Where a term's bar runs: from the sum of the terms before it to the sum with it. */
export interface TermBar {
  readonly from: number;
  readonly to: number;
}

/** Lays terms end to end; one that is not finite moves nothing, so that the others can still be seen. */
export function runningBars(values: readonly number[]): TermBar[] {
  let sum = 0;
  return values.map((value) => {
    const from = sum;
    if (Number.isFinite(value)) sum += value;
    return { from, to: sum };
  });
}

/** How far below and above zero the running sums of some terms reach, both as sizes ≥ 0. */
export function reach(values: readonly number[]): readonly [below: number, above: number] {
  const [low = 0, high = 0] = extent([0, ...runningBars(values).map(({ to }) => to)]);
  return [Math.abs(low), high];
}

export interface WaterfallStyle {
  /** The bar of the sum, and the hairlines that lead to it. */
  readonly sum: string;
  readonly line: string;
}

/** At least this part of the width lies on each side of zero. */
const LEAST_SIDE = 0.12;
const BAR = 0.56;

/**
 * Paints a sum as a waterfall: a row for each term, its bar beginning where the one before ended, and a last row with the sum from
 * zero. Rows have equal heights, so that labels can stand beside them. A term that is not finite is stripes, and so is the sum.
 *
 * @param limits how far the scale reaches below and above zero
 */
export function paintWaterfall(
  { context, width, height }: Surface,
  terms: readonly Term[],
  [below, above]: readonly [number, number],
  style: WaterfallStyle,
): void {
  const span = below + above || 1;
  const low = Math.max(below, LEAST_SIDE * span);
  const high = Math.max(above, LEAST_SIDE * span);
  const x = scaleLinear([-low, high], [1, width - 1]).clamp(true);
  const rows = scaleBand(range(terms.length + 1), [0, height])
    .paddingInner(1 - BAR)
    .paddingOuter((1 - BAR) / 2);
  const bar = rows.bandwidth();
  const top = (index: number) => rows(index) ?? 0;
  const area = { left: 0, right: width, top: 0, bottom: height };
  paintAxis(context, area, { side: 'bottom', scale: x, lines: [0] }, style);
  const draw = (index: number, from: number, to: number, colour: string) => {
    const left = Math.min(x(from), x(to));
    context.fillStyle = colour;
    context.fillRect(left, top(index), Math.max(1, Math.abs(x(to) - x(from))), bar);
  };
  const hatch = (index: number) =>
    hatchUnknown(context, { x: 0, y: top(index), width, height: bar });
  const values = terms.map(({ value }) => value);
  const bars = runningBars(values);
  terms.forEach(({ value, colour }, i) => {
    const { from, to } = bars[i] ?? { from: 0, to: 0 };
    if (Number.isFinite(value)) draw(i, from, to, colour);
    else hatch(i);
    // A hairline leads to where the next bar begins.
    context.fillStyle = style.sum;
    context.globalAlpha = 0.45;
    context.fillRect(Math.round(x(to)), top(i) + bar, 1, rows.step() - bar);
    context.globalAlpha = 1;
  });
  if (values.every(Number.isFinite)) draw(terms.length, 0, bars.at(-1)?.to ?? 0, style.sum);
  else hatch(terms.length);
}
