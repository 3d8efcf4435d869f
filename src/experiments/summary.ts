import type { Experiment, LabDataset, Quantity } from './experiment.ts';
import { PRINTED_EXCESS } from './printed.ts';
import type { CellResult } from './result.ts';
import type { Spread } from './spread.ts';
import { spreadOf } from './spread.ts';

/** The number of a result that a quantity asks for; null where it was not measured. */
export function valueOf({ numbers }: CellResult, quantity: Quantity): number | null {
  const { key, bestOf, better } = quantity;
  if (bestOf) {
    const found = bestOf.flatMap((name) => numbers[name] ?? []);
    if (found.length === 0) return null;
    return better === 'higher' ? Math.max(...found) : Math.min(...found);
  }
  if (key === 'logpx+17.03') {
    const { logpx } = numbers;
    return logpx === undefined ? null : logpx + PRINTED_EXCESS;
  }
  return numbers[key] ?? null;
}

/** The results of one place of an experiment, in the order of their seeds. */
export function resultsAt(
  results: readonly CellResult[],
  place: { readonly row: string; readonly dataset: LabDataset; readonly point?: number | null },
): readonly CellResult[] {
  return results
    .filter(
      ({ row, dataset, point }) =>
        row === place.row &&
        dataset === place.dataset &&
        (place.point === undefined || point === place.point),
    )
    .sort((a, b) => a.seed - b.seed);
}

/** A quantity at a place of an experiment, over the seeds that are done; null where there is none. */
export function summarise(
  results: readonly CellResult[],
  place: { readonly row: string; readonly dataset: LabDataset; readonly point?: number | null },
  quantity: Quantity,
): Spread | null {
  const values = resultsAt(results, place).flatMap((result) =>
    result.state === 'done' ? (valueOf(result, quantity) ?? []) : [],
  );
  return spreadOf(values);
}

/** Every quantity that an experiment shows: columns, axes, and the numbers under them. */
export function quantitiesOf({ drawing, more = [] }: Experiment): readonly Quantity[] {
  switch (drawing.kind) {
    case 'table':
      return [...drawing.columns, ...more];
    case 'lines':
    case 'curves':
      return [drawing.y, ...more];
    case 'tradeoff':
      return [...drawing.y, ...more];
    case 'by-class':
    case 'map':
    case 'composition':
      return more;
  }
}
