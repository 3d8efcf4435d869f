import type { ScaleLinear } from 'd3';
import { scaleLinear, tickStep, ticks } from 'd3';
import type { PlotArea } from './axis.ts';

/** The settling steps that a plot spans, from its left edge to its right one. */
export type StepRange = readonly [first: number, last: number];

/** Where a settling step lies in a plot, in CSS pixels; a plot of one step has it at the left. */
export function stepScale(
  [first, last]: StepRange,
  { left, right }: Pick<PlotArea, 'left' | 'right'>,
): ScaleLinear<number, number> {
  return scaleLinear([first, Math.max(last, first + 1)], [left, right]);
}

/** The settling step of the range under a point of the plot. */
export function stepUnder(x: number, area: PlotArea, [first, last]: StepRange): number {
  const step = Math.round(stepScale([first, last], area).invert(x));
  return Math.max(first, Math.min(last, step));
}

/** Pixels that a step number needs. */
const ROOM = 70;

/** Step numbers worth writing: round ones, one every 70 pixels at most. */
export function tickSteps([first, last]: StepRange, width: number): number[] {
  const most = Math.max(1, Math.floor(width / ROOM));
  let count = most;
  while (count > 1 && (last - first) / tickStep(first, last, count) > most) count--;
  return ticks(first, last, count).filter(Number.isInteger);
}
