import { claimantOf } from './claimants.ts';
import type { Experiment } from './experiment.ts';
import type { Known } from './layers.ts';
import { PRINTED } from './printed.ts';
import type { CellResult } from './result.ts';

type Line = readonly (string | number)[];

const HEAD: Line = ['whose', 'experiment', 'row', 'dataset', 'point', 'seed', 'budget', 'state', 'name', 'value', 'deviation', 'images']; // prettier-ignore

const quoted = (value: string | number) =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

function linesOf(whose: string, results: readonly CellResult[]): readonly Line[] {
  return results.flatMap((result) => {
    const { experiment, row, dataset, point, seed, state, numbers, origin } = result;
    const place = [whose, experiment, row, dataset, point ?? '', seed, origin.budget, state];
    const named = Object.entries(numbers).filter(([name]) => !name.startsWith('n.'));
    return named.map(([name, value]) => [...place, name, value, '', numbers[`n.${name}`] ?? '']);
  });
}

/** Every number that is known of an experiment, a line each, with whose it is: the claimant's, ours, the reader's own. */
export function knownAsCsv(experiment: Experiment, { shipped, own }: Known): string {
  const { id } = experiment;
  const { word } = claimantOf(experiment);
  const printed = PRINTED.filter(({ experiment }) => experiment === id).map(
    ({ row, dataset, point, quantity, mean, deviation }): Line => [
      ...[word, id, row, dataset, point ?? '', '', '', 'printed'],
      ...[quantity, mean, deviation ?? '', ''],
    ],
  );
  const lines = [HEAD, ...printed, ...linesOf('shipped', shipped), ...linesOf('own', own)];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}
