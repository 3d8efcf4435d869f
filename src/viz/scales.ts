import { ACTIVE } from '../engine/constants.ts';
import { format } from 'd3';

/** What a heatmap's colours mean: from `low` to `high`. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
}

/** The level (0 … 255) of a value on a scale; values outside take the end's colour. */
export function levelOf(value: number, { low, high }: ValueScale): number {
  if (!(high > low)) return value > high ? 255 : 0;
  const share = (value - low) / (high - low);
  return share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255);
}

/** The largest absolute value, 0 for none. Values that are not finite do not count. */
export function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/** Whether any value is clearly below zero. */
export function hasNegative(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i]! < -ACTIVE) return true;
  return false;
}

/**
 * Limits that neither flicker nor stay wide after one strong moment: from frame to frame a limit follows the largest value up at
 * once and comes down by a sixth at most. Kept for every frame, so that an earlier one looks again as it did.
 */
export interface RunningLimits {
  /** Adds the largest value of the next frame of the episode. */
  add(size: number): void;
  /** Keeps `count` frames from index `from` on: what came before is forgotten, what came later is made again. */
  keep(from: number, count: number): void;
  /** A new episode: its first limits go on from the last one's. */
  begin(): void;
  /** The limit at frame `index`, or the latest. */
  at(index: number): number;
}

const FALL = 5 / 6;

export function createRunningLimits(): RunningLimits {
  let limits: number[] = [];
  let last = 0;
  return {
    add(size) {
      last = Math.max(size, last * FALL);
      limits.push(last);
    },
    keep(from, count) {
      limits = limits.slice(from, from + count);
      last = limits.at(-1) ?? last;
    },
    begin: () => void (limits = []),
    at: (index) => limits[index] ?? last,
  };
}

const MINUS = '\u2212';
const EXPONENTIAL = format('.1e');
/** By the decimals they write. */
const fixed: ((value: number) => string)[] = [];

/** A short number for people: three significant digits, a true minus sign, an em dash for none. */
export function formatNumber(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return EXPONENTIAL(value).replace('-', MINUS);
  const wanted = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const decimals = Math.min(wanted, digits);
  // d3 writes a true minus sign, and none before a zero.
  const write = (fixed[decimals] ??= format(`.${decimals}f`));
  return write(value);
}
