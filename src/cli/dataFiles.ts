import type { Stats } from 'node:fs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { assemble } from '../data/assemble.ts';
import type { NamedBytes } from '../data/assemble.ts';
import { CATALOGUE } from '../data/catalogue.ts';
import type { FileRole } from '../data/catalogue.ts';
import type { Dataset } from '../data/dataset.ts';
import type { FiledDatasetId } from '../data/load.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { fileReason } from '../io/fileReason.ts';
import { lookAt, named, readBytes } from './files.ts';

/** What a dataset's folder may be called inside a folder of several datasets, best first. */
const FOLDERS: Readonly<Record<FiledDatasetId, readonly string[]>> = {
  mnist: ['mnist', 'MNIST/raw'],
  fmnist: ['fmnist', 'fashion-mnist', 'fashion-mnist-part', 'FashionMNIST/raw'],
  kmnist: ['kmnist', 'KMNIST/raw'],
  caltech101: ['caltech101', 'caltech101-silhouettes'],
};

/** The published files of a dataset as they lie on a disk. */
interface DataFolder {
  readonly dir: string;
  readonly paths: ReadonlyMap<FileRole, string>;
}

/**
 * Finds a dataset's files, packed or unpacked, in a folder of that dataset's name inside `dir`, or in `dir` itself.
 * A named folder comes first: the four files are called the same in every relative of MNIST.
 * @param option how the folder was given ("--from"), for the message
 * @throws NgcError('data') naming the folder, and the file that is missing there.
 */
export function findDataFolder(id: FiledDatasetId, dir: string, option: string): DataFolder {
  const { title, files } = CATALOGUE[id];
  const wrong = (why: string) => new NgcError('data', `${named(option, dir)}: ${why}.`);
  let found: Stats | null;
  try {
    found = lookAt(dir);
  } catch (error) {
    throw wrong(fileReason(error));
  }
  if (!found) throw wrong('there is no such folder');
  if (!found.isDirectory()) throw wrong('it is not a folder');
  for (const folder of [...FOLDERS[id].map((name) => join(dir, name)), dir]) {
    const paths = new Map<FileRole, string>();
    let missing: string | null = null;
    for (const { role, name } of files) {
      const path = [name, name.replace(/\.gz$/, '')]
        .map((file) => join(folder, file))
        .find((candidate) => existsSync(candidate));
      if (path === undefined) missing ??= name;
      else paths.set(role, path);
    }
    if (missing === null) return { dir: folder, paths };
    if (paths.size > 0)
      throw new NgcError(
        'data',
        `${printableText(folder)} lacks ${missing}, one of the files of ${title}.`,
      );
  }
  throw new NgcError(
    'data',
    `${named(option, dir)} holds no ${title}: neither ${files[0]!.name} nor a folder ${FOLDERS[id][0]!} with it.`,
  );
}

/** Reads what `findDataFolder` found. @throws NgcError('file') naming a file that cannot be read. */
export async function readDataFolder(
  found: DataFolder,
  option: string,
): Promise<Map<FileRole, NamedBytes>> {
  const files = new Map<FileRole, NamedBytes>();
  for (const [role, path] of found.paths)
    files.set(role, { name: path, bytes: await readBytes(option, path) });
  return files;
}

/**
 * Loads a dataset from a folder on a disk: IDX (packed or not) or .mat, directly in `dir` or in a folder named after it.
 * @throws NgcError('data' | 'file') naming the folder or the file and what is wrong.
 */
export async function loadDatasetFromDir(
  id: FiledDatasetId,
  dir: string,
  option = '--data-dir',
): Promise<Dataset> {
  const found = findDataFolder(id, dir, option);
  return assemble(id, await readDataFolder(found, option), found.dir);
}
