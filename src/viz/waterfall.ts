import { scaleLinear } from 'd3';
import type { Surface } from './canvas.ts';

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

/** Lays terms end to end. */
export function runningBars(values: readonly number[]): TermBar[] {
  let sum = 0;
  return values.map((value) => {
    const from = sum;
    sum += value;
    return { from, to: sum };
  });
}

/** How far below and above zero the running sums of some terms reach, both as sizes ≥ 0. */
export function reach(values: readonly number[]): readonly [below: number, above: number] {
  const ends = runningBars(values).flatMap(({ from, to }) => [from, to]);
  return [Math.max(0, -Math.min(0, ...ends)), Math.max(0, ...ends)];
}

export interface WaterfallStyle {
  readonly ink: string;
  readonly line: string;
}

/** At least this part of the width lies on each side of zero. */
const LEAST_SIDE = 0.12;
const BAR = 0.56;

/**
 * Paints a sum as a waterfall: a row for each term, its bar beginning where the one before ended, and a last row with the sum from
 * zero. Rows have equal heights, so that labels can stand beside them.
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
  const row = height / (terms.length + 1);
  const bar = row * BAR;
  const top = (index: number) => index * row + (row - bar) / 2;
  context.fillStyle = style.line;
  context.fillRect(Math.round(x(0)), 0, 1, height);
  const draw = (index: number, from: number, to: number, colour: string) => {
    const left = Math.min(x(from), x(to));
    context.fillStyle = colour;
    context.fillRect(left, top(index), Math.max(1, Math.abs(x(to) - x(from))), bar);
  };
  const bars = runningBars(terms.map(({ value }) => value));
  bars.forEach(({ from, to }, i) => {
    draw(i, from, to, terms[i]!.colour);
    // A hairline leads to where the next bar begins.
    context.fillStyle = style.ink;
    context.globalAlpha = 0.45;
    context.fillRect(Math.round(x(to)), top(i) + bar, 1, row - bar);
    context.globalAlpha = 1;
  });
  draw(terms.length, 0, bars.at(-1)?.to ?? 0, style.ink);
}
