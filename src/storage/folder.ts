import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { fileReason } from '../io/fileReason.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { claimFile } from './claims.ts';
import type { Shelf } from './shelf.ts';
import { checkName } from './shelf.ts';
import { PART, writeWholeFile } from './wholeFile.ts';

/** What a name ends in that claims a file: like one that is written beside it, no file of the shelf. */
const CLAIM = '.claim';

const missing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** A folder as a shelf, made when it is first written to. Several processes, on several machines too, may share it. */
export function folderShelf(folder: string): Shelf {
  const pathOf = (name: string) => {
    checkName(name);
    return join(folder, ...name.split('/'));
  };
  const failing = async <T>(name: string, what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const path = printableText(join(folder, name));
      throw new NgcError('file', `${path} cannot be ${what}: ${fileReason(error)}.`);
    }
  };
  return {
    place: `the folder ${printableText(folder)}`,
    list: (prefix) =>
      failing('', 'read', async () => {
        const under = prefix.slice(0, prefix.lastIndexOf('/') + 1);
        const names = await namesUnder(join(folder, under), under);
        return names.filter((name) => name.startsWith(prefix)).sort();
      }),
    read: (name) =>
      failing(name, 'read', async () => {
        try {
          return await readFile(pathOf(name));
        } catch (error) {
          if (missing(error)) return null;
          throw error;
        }
      }),
    write: (name, bytes) =>
      failing(name, 'written', async () => {
        const path = pathOf(name);
        await mkdir(dirname(path), { recursive: true });
        await writeWholeFile(path, bytes);
      }),
    remove: (name) => failing(name, 'removed', () => rm(pathOf(name), { force: true })),
    claim: (name) =>
      failing(name, 'claimed', async () => {
        const path = `${pathOf(name)}${CLAIM}`;
        await mkdir(dirname(path), { recursive: true });
        return claimFile(path);
      }),
  };
}

/** The files under a folder, by their names on the shelf; none where there is no such folder. */
async function namesUnder(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (missing(error)) return [];
    throw error;
  });
  const names = entries.map(async (entry) => {
    const { name } = entry;
    if (entry.isDirectory()) return namesUnder(join(folder, name), `${prefix}${name}/`);
    return name.endsWith(PART) || name.endsWith(CLAIM) ? [] : [`${prefix}${name}`];
  });
  return (await Promise.all(names)).flat();
}
