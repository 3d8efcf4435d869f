/**
 * How well a score tells strangers from what is known: the probability that a stranger scores higher than something known, ties counting
 * half (AUROC, by ranks). 1: always; ½: by chance; NaN where there are none of either, or a score is no number.
 */
export function auroc(known: ArrayLike<number>, strange: ArrayLike<number>): number {
  const scores = [
    ...Array.from(known, (score) => ({ score, stranger: false })),
    ...Array.from(strange, (score) => ({ score, stranger: true })),
  ];
  if (scores.some(({ score }) => Number.isNaN(score))) return NaN;
  scores.sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < scores.length;) {
    let to = from;
    while (to < scores.length && scores[to]!.score === scores[from]!.score) to++;
    // Those that are equal share the mean of the ranks from + 1 … to.
    for (let i = from; i < to; i++) if (scores[i]!.stranger) ranks += (from + 1 + to) / 2;
    from = to;
  }
  const n = strange.length;
  return (ranks - (n * (n + 1)) / 2) / (n * known.length);
}
