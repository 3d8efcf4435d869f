import { trainingName } from './cells.ts';
import type { Cell, Training } from './experiment.ts';
import type { CellResult } from './result.ts';

/** Images a training learns from in all, if it runs to its end. */
export const imagesOf = ({ stages }: Training): number => stages.at(-1)?.images ?? 0;

/** What a row costs by what its results say: seconds an image that it learns from, and seconds an image that is measured. */
interface Pace {
  readonly image: number;
  readonly measured: number;
}

/** On how many test images a result was measured; 0 where it says none. */
const measuredOn = ({ numbers }: CellResult): number =>
  Math.max(0, ...Object.entries(numbers).map(([name, n]) => (name.startsWith('n.') ? n : 0)));

function paceOf(results: readonly CellResult[]): Pace | null {
  const told = results.flatMap((result): Pace[] => {
    const { origin, curve, state } = result;
    const images = curve?.images.at(-1) ?? 0;
    if (state !== 'done' || images === 0) return [];
    const measured = measuredOn(result);
    return [
      {
        image: origin.training / images,
        measured: measured > 0 ? origin.measuring / measured : 0,
      },
    ];
  });
  if (told.length === 0) return null;
  const mean = (of: (one: Pace) => number) =>
    told.reduce((sum, one) => sum + of(one), 0) / told.length;
  return { image: mean(({ image }) => image), measured: mean(({ measured }) => measured) };
}

/**
 * About how many seconds cells take, by what results of the same rows took on the machine that they name; models that several
 * cells share are trained once. Null where no row was run yet: then nobody knows.
 */
export function expectedSeconds(
  cells: readonly Cell[],
  results: readonly CellResult[],
): number | null {
  const all = paceOf(results);
  if (!all) return null;
  const paces = new Map<string, Pace>();
  const trained = new Set<string>();
  let seconds = 0;
  for (const { row, training, extent } of cells) {
    const pace = paces.get(row) ?? paceOf(results.filter((one) => one.row === row)) ?? all;
    paces.set(row, pace);
    seconds += pace.measured * extent.test;
    if (!training || trained.has(trainingName(training))) continue;
    trained.add(trainingName(training));
    seconds += Math.min(pace.image * imagesOf(training), training.seconds ?? Infinity);
  }
  return seconds;
}
