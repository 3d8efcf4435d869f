import { NgcError } from '../shared/errors.ts';
import { claimFile } from '../storage/claims.ts';
import type { Release } from '../storage/shelf.ts';
import { checkWritable, lookAt, named, placeOf, startOf } from './files.ts';
import { flag } from './options.ts';

/** What a command may write over without being told to: what it has written itself, or nothing. */
export type Kind = 'model' | 'result' | 'log' | 'picture' | 'file of results' | 'file of a dataset';

export const FORCE_OPTION = {
  force: flag('Writes over a file that holds something else than what this command writes.'),
} as const;

/**
 * Finds out before long work whether what lies at `path` may be replaced by what a command writes there: something of the same kind, or
 * nothing. Throws a file error naming the option.
 * @param force whether anything may
 */
export function checkReplaceable(option: string, path: string, kind: Kind, force: boolean): void {
  checkWritable(option, path);
  if (force || lookAt(path)?.isFile() !== true || holds(path, kind)) return;
  throw new NgcError('file', `${named(option, path)} holds something else than a ${kind}: name another file, or give --force to write over it.`); // prettier-ignore
}

/** Whether a file is empty, or holds what is of a kind, as far as its beginning tells. */
export function holds(path: string, kind: Kind): boolean {
  return startOf(path, 1).length === 0 || KINDS[kind](path);
}

const begins = (text: string) => (path: string) =>
  startOf(path, text.length).toString('latin1') === text;
const GZIP = '\x1f\x8b';
const IDX = '\0\0\x08';
const formatted = (format: RegExp) => (path: string) => format.test(formatOf(path));

const KINDS: Readonly<Record<Kind, (path: string) => boolean>> = {
  model: formatted(/^ngc$/),
  result: formatted(/^ngc-/),
  log: begins('{"epoch":'),
  picture: begins('\x89PNG'),
  'file of results': begins('{"format":"ngc-lab"'),
  'file of a dataset': (path) => [GZIP, IDX, 'MATLAB'].some((start) => begins(start)(path)),
};

/** No header of ours is longer. */
const MAX_HEADER = 100_000_000;

/** The format in the metadata of a safetensors file; '' where there is none. */
function formatOf(path: string): string {
  const start = startOf(path, 8);
  const length = start.length < 8 ? 0 : Number(start.readBigUInt64LE());
  if (length === 0 || length > Math.min(MAX_HEADER, lookAt(path)?.size ?? 0)) return '';
  try {
    const header = JSON.parse(startOf(path, 8 + length).toString('utf8', 8)) as { __metadata__?: { format?: unknown } }; // prettier-ignore
    const { format } = header.__metadata__ ?? {};
    return typeof format === 'string' ? format : '';
  } catch {
    return ''; // None of ours, or damaged.
  }
}

/**
 * Makes files this process's while it works: whoever else wants to write them is refused. What a killed process had claimed is free.
 * Throws a "busy" error where another process is at one of them.
 * @param places options and what they name; what is no file belongs to all
 */
export async function claimPlaces(
  places: readonly (readonly [string, string])[],
): Promise<Release> {
  const held: Release[] = [];
  const release = async () => {
    await Promise.all(held.map((give) => give()));
  };
  try {
    for (const [option, path] of places) {
      if (lookAt(path)?.isFile() === false) continue;
      const given = await claimFile(`${placeOf(path)}.claim`);
      if (!given) throw new NgcError('busy', `${named(option, path)} is being written by another run: wait for it, stop it, or name another file.`); // prettier-ignore
      held.push(given);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}
