import { grouped } from '../shared/grouped.ts';
import type { Budget, Experiment, LabDataset, Quantity, Row } from './experiment.ts';
import { PRINTED, printedAt } from './printed.ts';
import type { CellResult } from './result.ts';
import type { Spread } from './spread.ts';
import { quantitiesOf, resultsAt, summarise } from './summary.ts';

const NOTHING: Known = { shipped: [], own: [] };

/** A place of an experiment: a model on a set, over all its seeds (and points). */
export interface Place {
  readonly row: string;
  readonly dataset: LabDataset;
}

/** How a place stands: what it shows best. */
export type PlaceState = 'paper' | 'shipped' | 'running' | 'done' | 'failed' | 'not-run';

/** The three numbers of a quantity at a place, the first of them claimed by the paper or whoever else: they are never mixed. */
export interface Layers {
  readonly paper: { readonly mean: number; readonly deviation: number | null } | null;
  readonly shipped: Spread | null;
  readonly own: Spread | null;
}

/** Who computed a number. */
export type Layer = keyof Layers;

/** What the Lab knows of an experiment: what it is shipped with, and what was run here. */
export interface Known {
  readonly shipped: readonly CellResult[];
  readonly own: readonly CellResult[];
}

export const samePlace = (one: Place, other: Place): boolean =>
  one.row === other.row && one.dataset === other.dataset;

/** The results that were run here under a budget: those of two budgets are never averaged. */
export function ownUnder(own: readonly CellResult[], budget: Budget): readonly CellResult[] {
  return own.filter(({ origin }) => origin.budget === budget);
}

/** A column of numbers: a quantity, at a point of the figure's axis where it has one. */
export interface Column extends Quantity {
  readonly point: number | null;
}

/** The three numbers of a column at a place. */
export function layersAt(
  { id }: Experiment,
  { row, dataset }: Place,
  column: Column,
  { shipped, own }: Known,
): Layers {
  const place = { row, dataset, ...(column.point !== null && { point: column.point }) };
  return {
    paper: printedAt(id, place, column.key),
    shipped: summarise(shipped, place, column),
    own: summarise(own, place, column),
  };
}

/** The columns of a table, or those of the numbers under a figure: there every point has its own. */
export function columnsOf(
  experiment: Experiment,
  { shipped, own }: Known = NOTHING,
): readonly Column[] {
  const { drawing } = experiment;
  const quantities = drawing.kind === 'table' ? drawing.columns : quantitiesOf(experiment);
  const claimed = PRINTED.filter(({ experiment: id }) => id === experiment.id);
  const found = [...claimed, ...shipped, ...own].flatMap(({ point }) => point ?? []);
  const points = [...new Set(found)].sort((a, b) => a - b);
  if (points.length === 0) return quantities.map((quantity) => ({ ...quantity, point: null }));
  return quantities.flatMap((quantity) =>
    points.map((point) => {
      const title = `${quantity.title}, ${grouped(point)}`;
      return { ...quantity, title, point };
    }),
  );
}

/** How a place stands. `running`: whether one of its cells is being run; `failed`: whether one could not be. */
export function stateOf(
  experiment: Experiment,
  place: Place,
  known: Known,
  { running, failed }: { readonly running: boolean; readonly failed: boolean },
): PlaceState {
  if (running) return 'running';
  const own = resultsAt(known.own, place);
  if (failed || own.some(({ state }) => state === 'diverged')) return 'failed';
  if (own.length > 0) return 'done';
  if (resultsAt(known.shipped, place).length > 0) return 'shipped';
  const printed = columnsOf(experiment).some(
    (column) => printedAt(experiment.id, { ...place, point: column.point }, column.key) !== null,
  );
  return printed ? 'paper' : 'not-run';
}

/** A number of a table, and in which layers it is one of the best two of its column. */
export interface TableNumber extends Layers {
  readonly best: readonly Layer[];
}

/** A model on a set: a number for each column. */
export interface TableCell {
  readonly row: Row;
  readonly dataset: LabDataset;
  readonly numbers: readonly TableNumber[];
}

export const LAYERS: readonly Layer[] = ['paper', 'shipped', 'own'];

/** What a table shows, row by row: everything but how it looks. */
export function tableOf(
  experiment: Experiment,
  known: Known,
  columns = columnsOf(experiment, known),
): readonly (readonly TableCell[])[] {
  const plain = experiment.rows.map((row) =>
    experiment.datasets.map((dataset) => ({
      row,
      dataset,
      numbers: columns.map((quantity) =>
        layersAt(experiment, { row: row.key, dataset }, quantity, known),
      ),
    })),
  );
  return plain.map((cells, r) =>
    cells.map((cell, d) => ({
      ...cell,
      numbers: cell.numbers.map((number, c) => {
        const column = plain.map((others) => others[d]!.numbers[c]!);
        const best = LAYERS.filter((layer) => bestTwo(column, layer, columns[c]!).has(r));
        return { ...number, best };
      }),
    })),
  );
}

/** The rows whose number is one of the best two of a column, as the paper prints them in bold: never of fewer than three. */
function bestTwo(
  column: readonly Layers[],
  layer: Layer,
  { better }: Quantity,
): ReadonlySet<number> {
  if (better === 'neither') return new Set();
  const sign = better === 'lower' ? 1 : -1;
  const found = column.flatMap(({ [layer]: number }, row) =>
    number ? [{ row, value: sign * number.mean }] : [],
  );
  if (found.length < 3) return new Set();
  found.sort((a, b) => a.value - b.value);
  return new Set(found.slice(0, 2).map(({ row }) => row));
}

/** Whether any number of a table is one of the best two of its column: of some quantities neither more nor less is better. */
export const isRanked = (table: ReturnType<typeof tableOf>): boolean =>
  table.some((cells) => cells.some(({ numbers }) => numbers.some(({ best }) => best.length > 0)));

/** Whether any number of an experiment is claimed. */
export function isPrinted(experiment: Experiment): boolean {
  return tableOf(experiment, NOTHING).some((cells) =>
    cells.some(({ numbers }) => numbers.some(({ paper }) => paper !== null)),
  );
}
