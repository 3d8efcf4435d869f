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
