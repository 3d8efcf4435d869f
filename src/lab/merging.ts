import type { Budget } from '../experiments/experiment.ts';
import { BUDGETS } from '../experiments/experiment.ts';
import type { CellResult, ResultFile } from '../experiments/result.ts';
import { RESULT_VERSION } from '../experiments/result.ts';
import { NgcError, printableList, printableText } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';
import type { Tell } from './damage.ts';
import { readOrPutAside } from './damage.ts';
import { checkPlace } from './results.ts';
import { parseResult } from './resultFiles.ts';

/** A place's results of one experiment and budget. */
interface Part {
  readonly shelf: Shelf;
  readonly names: readonly string[];
}

/** Which results to merge, where places hold those of several. */
export interface Wanted {
  readonly experiment?: string | undefined;
  readonly budget?: Budget | undefined;
}

/**
 * Makes one file of the results of one experiment and budget in several places, in the order of their names. Of a cell that was run
 * twice the newer result is taken, and told of. Throws a usage error where it is not clear which are meant, and a file error for a
 * place of another version, or without results.
 */
export async function mergeResults(
  shelves: readonly Shelf[],
  wanted: Wanted,
  tell: Tell,
): Promise<ResultFile> {
  for (const shelf of shelves) await checkPlace(shelf);
  const found = new Map<string, Part[]>();
  for (const shelf of shelves) {
    const names = (await shelf.list('cells/')).filter((name) => name.endsWith('.json'));
    const groups = new Set(names.map((name) => name.split('/').slice(1, 3).join('/')));
    for (const group of groups) {
      const those = names.filter((name) => name.startsWith(`cells/${group}/`));
      found.set(group, [...(found.get(group) ?? []), { shelf, names: those }]);
    }
  }
  const { experiment, parts } = chosenGroup(found, wanted, shelves);
  const results = new Map<string, CellResult>();
  const unsealed: string[] = [];
  for (const { shelf, names } of parts)
    for (const name of names) {
      const read = await readOrPutAside(shelf, name, (bytes) => parseResult(bytes, name), tell);
      if (!read) continue;
      const { result, sealed } = read;
      if (!sealed) unsealed.push(name);
      results.set(result.key, newer(results.get(result.key), result, tell));
    }
  if (unsealed.length > 0)
    tell(
      `Without a digest, so that whether they are as they were written cannot be told: ${printableList(unsealed)}.`,
    );
  const keys = [...results.keys()].sort();
  const all = keys.map((key) => results.get(key)!);
  return { format: 'ngc-lab', version: RESULT_VERSION, experiment, results: all };
}

function chosenGroup(
  found: ReadonlyMap<string, readonly Part[]>,
  wanted: Wanted,
  shelves: readonly Shelf[],
) {
  const fitting = [...found.keys()].filter((group) => {
    const [experiment, budget] = group.split('/');
    return (
      BUDGETS.some((name) => name === budget) &&
      (wanted.experiment === undefined || wanted.experiment === experiment) &&
      (wanted.budget === undefined || wanted.budget === budget)
    );
  });
  const places = shelves.map(({ place }) => place).join(', ');
  const [group, another] = fitting;
  if (group === undefined)
    throw new NgcError('file', `There are no such results in ${places}; "ngc lab run" makes some.`);
  if (another !== undefined)
    throw new NgcError(
      'usage',
      `There are results of ${printableList(fitting, 12)}; say which with --experiment and --budget.`,
    );
  return { experiment: group.split('/')[0]!, parts: found.get(group) ?? [] };
}

function newer(before: CellResult | undefined, now: CellResult, tell: Tell): CellResult {
  if (!before || JSON.stringify(before) === JSON.stringify(now)) return now;
  const [older, newest] = before.origin.date <= now.origin.date ? [before, now] : [now, before];
  tell(
    `${printableText(now.key)} was run twice, on ${older.origin.date} and ${newest.origin.date}: the newer is taken.`,
  );
  return newest;
}
