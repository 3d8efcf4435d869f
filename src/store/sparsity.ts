import { ACTIVE } from '../engine/constants.ts';

/** ρ: the share of neurons that are active. NaN without neurons, and where the activity of one is no number any more. */
export function activeShare(activity: ArrayLike<number>): number {
  let active = 0;
  for (let i = 0; i < activity.length; i++) {
    const value = activity[i] ?? NaN;
    if (Number.isNaN(value)) return NaN;
    if (value > ACTIVE) active++;
  }
  return active / activity.length;
}
