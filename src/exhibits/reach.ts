import type { Control } from './exhibit.ts';

/** A number as a control can have it: within its range, on its steps where they are even. */
export function inReach(controls: readonly Control[], key: string, value: number): number {
  const control = controls.find((one) => one.key === key);
  if (control?.kind !== 'range') throw new TypeError(`${key} is no range of this exhibit.`);
  const { min, max, step, scale } = control;
  const within = Math.min(max, Math.max(min, value));
  // What is moved by ratios keeps three digits instead.
  return scale === 'logarithmic'
    ? Number(within.toPrecision(3))
    : Number((min + Math.round((within - min) / step) * step).toFixed(6));
}
