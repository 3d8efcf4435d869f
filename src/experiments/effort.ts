import { mean } from '../shared/arrays.ts';
import { EXTENTS } from './budgets.ts';
import { trainingName } from './cells.ts';
import type { Cell, Extent, Training } from './experiment.ts';
import { usedBy, wholeExtent } from './extent.ts';
import type { CellResult } from './result.ts';

/** Images a training learns from in all, if it runs to its end. */
export const imagesOf = ({ stages }: Training): number => stages.at(-1)?.images ?? 0;

/** Images that a result's model learnt from. */
const learntFrom = ({ curve }: CellResult): number => curve?.images.at(-1) ?? 0;

/** Of all results those that tell most of a cell: of its row and its dataset; else of its row; else all. */
function nearestTo(cell: Cell, all: readonly CellResult[]): readonly CellResult[] {
  const ofRow = all.filter(({ row }) => row === cell.row);
  const ofSet = ofRow.filter(({ dataset }) => dataset === cell.dataset);
  return [ofSet, ofRow, all].find(({ length }) => length > 0) ?? [];
}

/**
 * Seconds that training takes at the pace of results: of each row at that of its quickest, for the clock of the others counts what
 * stood still, or learnt beside something else; over rows the mean.
 */
function secondsToTrain(training: Training, told: readonly CellResult[]): number {
  const quickest = new Map<string, number>();
  for (const result of told) {
    const pace = result.origin.training / learntFrom(result);
    quickest.set(result.row, Math.min(pace, quickest.get(result.row) ?? Infinity));
  }
  const pace = mean([...quickest.values()]);
  return Math.min(pace * imagesOf(training), training.seconds ?? Infinity);
}

/** The pieces of work in measuring a cell, each by what it grows with: images, and for a prior its codes times its Gaussians. */
function piecesOf(cell: Cell, extent: Extent): readonly number[] {
  const used = usedBy(cell);
  const fits = used.includes('components');
  return used
    .filter((part) => part !== 'components')
    .map((part) => extent[part] * (part === 'codes' && fits ? extent.components : 1));
}

/** Seconds that measuring takes as results did, each measured as much more thoroughly as its extent is the greater. */
function secondsToMeasure(cell: Cell, told: readonly CellResult[]): number {
  const pieces = piecesOf(cell, cell.extent);
  const shareOf = ({ extent, origin }: CellResult): number => {
    const then = piecesOf(cell, wholeExtent(extent, EXTENTS[origin.budget]));
    const shares = pieces.flatMap((piece, i) => (then[i]! > 0 ? piece / then[i]! : []));
    return shares.length === 0 ? 1 : mean(shares);
  };
  return mean(told.map((result) => result.origin.measuring * shareOf(result)));
}

/**
 * About how many seconds cells take, by what results of the same rows took on the machine that they name; models that several
 * cells share are trained once. Null where nothing like them was run yet: then nobody knows.
 */
export function expectedSeconds(
  cells: readonly Cell[],
  results: readonly CellResult[],
): number | null {
  const measured = results.filter(({ state }) => state === 'done');
  const learnt = measured.filter((result) => learntFrom(result) > 0);
  const trainings = new Map(cells.flatMap((cell) => cell.training ? [[trainingName(cell.training), { cell, training: cell.training }]] : [])); // prettier-ignore
  if (measured.length === 0 || (learnt.length === 0 && trainings.size > 0)) return null;
  const toTrain = [...trainings.values()].map(({ cell, training }) =>
    secondsToTrain(training, nearestTo(cell, learnt)),
  );
  const toMeasure = cells.map((cell) => secondsToMeasure(cell, nearestTo(cell, measured)));
  return [...toTrain, ...toMeasure].reduce((sum, seconds) => sum + seconds, 0);
}
