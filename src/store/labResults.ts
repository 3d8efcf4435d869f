import type { CellResult } from '../experiments/result.ts';

/** Results by their experiment. */
export type Grouped = Readonly<Record<string, readonly CellResult[]>>;

export function grouped(results: readonly CellResult[]): Grouped {
  return added({}, results);
}

/** With more results; one of the same cell and budget takes the place of the one before. */
export function added(held: Grouped, results: readonly CellResult[]): Grouped {
  if (results.length === 0) return held;
  const next: Record<string, readonly CellResult[]> = { ...held };
  for (const result of results) {
    const others = (next[result.experiment] ?? []).filter(
      ({ key, origin }) => key !== result.key || origin.budget !== result.origin.budget,
    );
    next[result.experiment] = [...others, result];
  }
  return next;
}

/** A cell's name in the state. */
export const failedKey = (experiment: string, key: string): string => `${experiment}/${key}`;
