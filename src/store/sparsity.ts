/** Activity above this counts as active, as the engine counts it. */
const ACTIVE = 1e-6;

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

/** How activity is spread over the neurons of a layer. */
export interface ActivityHistogram {
  /** Neurons that are not active (φ ≤ 1e-6, negative ones of tanh included). */
  readonly silent: number;
  /** Active neurons by activity: bin i holds those from i to i + 1 widths, the last one also all above. */
  readonly counts: readonly number[];
  readonly width: number;
}

/**
 * Sorts activities into `bins` bins from 0 to `most` (their largest, if not given). What is no finite number any more,
 * in a network that diverged, is in none.
 */
export function activityHistogram(
  activity: ArrayLike<number>,
  bins: number,
  most?: number,
): ActivityHistogram {
  const values = Array.from(activity).filter(Number.isFinite);
  const top = most ?? Math.max(0, ...values);
  const width = top > 0 ? top / bins : 1;
  const counts = new Array<number>(bins).fill(0);
  let silent = 0;
  for (const value of values)
    if (value <= ACTIVE) silent++;
    else counts[Math.min(bins - 1, Math.floor(value / width))]!++;
  return { silent, counts, width };
}
