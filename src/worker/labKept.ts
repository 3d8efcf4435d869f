import type { CellResult } from '../experiments/result.ts';
import { parseResult } from '../lab/resultFiles.ts';
import { messageOf } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';

const RESULTS = 'cells/';
const ENDING = '.json';

/** A file that was taken off the shelf, as it was. */
interface Removed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The results that a shelf holds. What cannot be read is left where it is, and told of. */
export async function keptResults(
  shelf: Shelf,
  tell: (sentence: string) => void,
  prefix = RESULTS,
): Promise<readonly CellResult[]> {
  const results: CellResult[] = [];
  for (const name of await shelf.list(prefix)) {
    if (!name.endsWith(ENDING)) continue;
    const bytes = await shelf.read(name);
    if (!bytes) continue;
    try {
      results.push((await parseResult(bytes, name)).result);
    } catch (error) {
      tell(`A result that was kept here is not shown: ${messageOf(error)} It is made anew when its cell is run.`); // prettier-ignore
    }
  }
  return results;
}

/** Takes all results of an experiment off the shelf, and the models that no other result has; answers with what it took. */
export async function removeKept(shelf: Shelf, experiment: string): Promise<readonly Removed[]> {
  const silently = () => undefined;
  const prefix = `${RESULTS}${experiment}/`;
  const all = await keptResults(shelf, silently);
  const modelsOf = (mine: boolean) =>
    all.flatMap(({ experiment: of, model }) => ((of === experiment) === mine ? (model ?? []) : []));
  const others = new Set(modelsOf(false));
  const models = new Set(modelsOf(true).filter((name) => !others.has(name)));
  const removed: Removed[] = [];
  for (const name of [...(await shelf.list(prefix)), ...models]) {
    const bytes = await shelf.read(name);
    if (!bytes) continue;
    removed.push({ name, bytes });
    await shelf.remove(name);
  }
  return removed;
}

/** Puts files back as they were. */
export async function putBack(shelf: Shelf, removed: readonly Removed[]): Promise<void> {
  for (const { name, bytes } of removed) await shelf.write(name, bytes);
}
