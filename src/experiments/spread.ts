/** A number over seeds. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation over the seeds (n − 1); null of a single one. */
  readonly deviation: number | null;
  readonly seeds: number;
}

/** Mean and spread of values; null of none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const seeds = values.length;
  if (seeds === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: seeds > 1 ? Math.sqrt(squares / (seeds - 1)) : null, seeds };
}
