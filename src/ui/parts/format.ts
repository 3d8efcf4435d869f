import { formatNumber } from '../../viz/scales.ts';

/** One decimal, in characters that any program reads as a number; an em dash for none. */
export function fixed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return formatNumber(null);
  return value.toFixed(digits);
}
