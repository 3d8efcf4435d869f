/** The index of the largest activity. Null where there is none, as in a network whose numbers are no longer finite. */
export function strongest(activity: ArrayLike<number>): number | null {
  let found: number | null = null;
  let most = -Infinity;
  for (let i = 0; i < activity.length; i++) {
    const value = activity[i] ?? NaN;
    if (!(value > most)) continue;
    most = value;
    found = i;
  }
  return found;
}
