import { trainingName } from '../experiments/cells.ts';
import { usedBy, wholeExtent } from '../experiments/extent.ts';
import type { Budget, Cell } from '../experiments/experiment.ts';
import type { CellResult } from '../experiments/result.ts';
import { RESULT_FORMAT, RESULT_VERSION } from '../experiments/result.ts';
import { sealedJson } from '../experiments/sealed.ts';
import { fileError } from '../io/fileError.ts';
import { NgcError } from '../shared/errors.ts';
import type { Shelf } from '../storage/shelf.ts';
import { OtherVersion, readOrPutAside } from './damage.ts';
import type { Tell } from './damage.ts';
import { parseResult } from './resultFiles.ts';

/** Says of a place that it holds results of the Lab, and of which version. */
const MARK = 'lab.json';
const MARK_FORMAT = 'ngc-lab-results';

const encoded = async (value: object): Promise<Uint8Array> =>
  new TextEncoder().encode(`${await sealedJson(value)}\n`);

/**
 * Finds out whether a place may hold results: it does, or it is empty. Throws a file error, and writes nothing, where it holds
 * those of another version.
 */
export async function checkPlace(shelf: Shelf): Promise<void> {
  const bytes = await shelf.read(MARK);
  if (!bytes) return;
  let said: unknown = null;
  try {
    said = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Not JSON: nothing that this program wrote.
  }
  const mark = typeof said === 'object' && said !== null ? said : {};
  if (!('format' in mark) || mark.format !== MARK_FORMAT)
    throw new NgcError(
      'file',
      `${MARK} in ${shelf.place} is not this program’s: choose another folder for results.`,
    );
  const version = 'version' in mark ? mark.version : 'none';
  if (version !== RESULT_VERSION)
    throw new OtherVersion(`What ${shelf.place} holds`, version, RESULT_VERSION);
}

/** The same, and marks a place that is empty. */
export async function preparePlace(shelf: Shelf): Promise<void> {
  await checkPlace(shelf);
  if (await shelf.read(MARK)) return;
  await shelf.write(MARK, await encoded({ format: MARK_FORMAT, version: RESULT_VERSION }));
}

/** What the results of a cell are called, without their ending: budgets of one experiment may share a place. */
export const cellName = ({ experiment, key }: Cell, budget: Budget): string =>
  `cells/${experiment}/${budget}/${key}`;

/**
 * The result of a cell, or null where it is still to be run: one that is damaged, or was made with other settings than those of the
 * cell now, is put aside and told of.
 */
export async function readResult(
  shelf: Shelf,
  cell: Cell,
  budget: Budget,
  tell: Tell,
): Promise<CellResult | null> {
  const name = `${cellName(cell, budget)}.json`;
  const read = async (bytes: Uint8Array) => {
    const { result } = await parseResult(bytes, name);
    const fits = result.experiment === cell.experiment && result.key === cell.key;
    if (!fits) throw fileError(name, `holds ${result.key} of ${result.experiment}.`);
    return result;
  };
  const result = await readOrPutAside(shelf, name, read, tell);
  if (!result || isOf(result, cell)) return result;
  const aside = `${name}.outdated`;
  await shelf.write(aside, await encoded(result));
  await shelf.remove(name);
  tell(
    `${name} in ${shelf.place} was made with other settings than this program’s; it is now ${aside}, and the cell is run again.`,
  );
  return null;
}

/** Whether a result is of the training that the cell asks for, and was measured as it asks. */
function isOf({ training, ...result }: CellResult, cell: Cell): boolean {
  const extent = wholeExtent(result.extent, cell.extent);
  if (usedBy(cell).some((part) => extent[part] !== cell.extent[part])) return false;
  if (!training || !cell.training) return training === cell.training;
  return trainingName(training) === trainingName(cell.training);
}

export async function writeResult(
  shelf: Shelf,
  cell: Cell,
  result: Omit<CellResult, 'format' | 'version'>,
): Promise<CellResult> {
  const whole = { format: RESULT_FORMAT, version: RESULT_VERSION, ...result } as const;
  await shelf.write(`${cellName(cell, result.origin.budget)}.json`, await encoded(whole));
  return whole;
}
