/** A point of the curve: the share of what is known that scores above a threshold, and the share of strangers that do. */
export interface RocPoint {
  readonly falseAlarms: number;
  readonly found: number;
}

/**
 * The receiver operating characteristic of a score that is to be higher for strangers, from (0, 0) to (1, 1), a point at each score: the
 * area under it is what `auroc` says. Empty where there are none of either.
 */
export function roc(known: ArrayLike<number>, strange: ArrayLike<number>): RocPoint[] {
  const [many, strangers] = [known.length, strange.length];
  if (many === 0 || strangers === 0) return [];
  const scores = [
    ...Array.from(known, (score) => ({ score, isStranger: false })),
    ...Array.from(strange, (score) => ({ score, isStranger: true })),
  ].sort((a, b) => b.score - a.score);
  const points: RocPoint[] = [{ falseAlarms: 0, found: 0 }];
  let [alarms, found] = [0, 0];
  scores.forEach(({ score, isStranger }, i) => {
    if (isStranger) found++;
    else alarms++;
    // Those that score the same are told apart by no threshold: one point for all of them.
    if (scores[i + 1]?.score !== score) points.push({ falseAlarms: alarms / many, found: found / strangers }); // prettier-ignore
  });
  return points;
}
