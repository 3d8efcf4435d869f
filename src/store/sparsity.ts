/** Activity above this counts as active, as the engine counts it. */
const ACTIVE = 1e-6;

/** ρ: the share of neurons that are active. NaN for none. */
export function activeShare(activity: ArrayLike<number>): number {
  let active = 0;
  for (let i = 0; i < activity.length; i++) if (activity[i]! > ACTIVE) active++;
  return active / activity.length;
}
