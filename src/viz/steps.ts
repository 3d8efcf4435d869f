import type { ScaleLinear } from 'd3';
import { scaleLinear, tickStep, ticks } from 'd3';
import type { PlotArea } from './axis.ts';

/** The settling steps that a plot spans, from its left edge to its right one. */
export type StepRange = readonly [first: number, last: number];

/** The frames of an episode, as far as an axis of steps needs them. */
export interface EpisodeSteps {
  /** `live`: it has no end; else it ends at step `steps`. */
  readonly info: { readonly live: boolean; readonly steps: number } | null;
  readonly count: number;
  stepAt(index: number): number;
}

/** A live episode has no end: the timeline shows at least so many of its last steps, and twice as many at most. */
const WINDOW = 40;

/** The frames of an episode, and which of them is on show. */
export interface EpisodeOnShow extends EpisodeSteps {
  readonly shown: number;
  /** Whether the newest frame is shown as it comes. */
  readonly following: boolean;
}

/**
 * What the timeline spans: all steps to come, of a live episode the last ones. Whoever looks at an earlier step of a live episode keeps
 * the window he has, while it goes on; it moves only as far as he leaves it.
 *
 * @param held what it spanned of this episode before; null at first
 */
export function timelineRange(
  { info, count, shown, following, stepAt }: EpisodeOnShow,
  held: StepRange | null = null,
): StepRange {
  if (info === null) return [0, 0];
  if (!info.live) return [0, info.steps];
  const first = count > 0 ? stepAt(0) : 0;
  const last = count > 0 ? stepAt(count - 1) : 0;
  if (following || held === null || shown < 0)
    return [Math.max(first, last - 2 * WINDOW), Math.max(last, first + WINDOW)];
  const step = stepAt(shown);
  const by = Math.min(0, step - held[0]) + Math.max(0, step - held[1]);
  return [held[0] + by, held[1] + by];
}

/** The steps held, up to the last one to come. */
export function heldRange({ info, count, stepAt }: EpisodeSteps): StepRange {
  const last = count > 0 ? stepAt(count - 1) : 0;
  return [count > 0 ? stepAt(0) : 0, info?.live ? last : Math.max(last, info?.steps ?? 0)];
}

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
