import { formatNumber } from '../../viz/scales.ts';

/** One decimal, in characters that any program reads as a number; an em dash for none. */
export function fixed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return formatNumber(null);
  return value.toFixed(digits);
}

/** A share as a percentage, with a digit after the point where it is small. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return 'no finite share';
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

/** A time for people: "12 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** A span that is only estimated, in no finer steps than such an estimate deserves: "30 s", "14 min", "1 h 20 min". */
export function roughDuration(seconds: number): string {
  if (seconds < 55) return `${Math.max(10, 10 * Math.round(seconds / 10))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const tens = 10 * Math.round(minutes / 10);
  return tens % 60 === 0 ? `${tens / 60} h` : `${Math.floor(tens / 60)} h ${tens % 60} min`;
}

const DAY = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const TIME = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** A moment (ISO 8601) as people say it: "03:46", on another day "27 Nov, 03:46". */
export function moment(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const time = TIME.format(then);
  return then.toDateString() === now.toDateString() ? time : `${DAY.format(then)}, ${time}`;
}

/** A size in bytes: "850 kB", "12 MB", "2.1 GB". */
export function bytes(count: number): string {
  const [value, unit] = count < 1e6 ? [count / 1e3, 'kB'] : count < 1e9 ? [count / 1e6, 'MB'] : [count / 1e9, 'GB']; // prettier-ignore
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** Four decimals, so that a sum can be checked by eye. */
export function exact(value: number): string {
  return value.toFixed(4).replace('-', '\u2212');
}

/** A whole number as a subscript. */
export function subscript(n: number): string {
  return String(n).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)] ?? digit);
}
