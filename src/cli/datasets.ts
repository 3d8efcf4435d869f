import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { assemble } from '../data/assemble.ts';
import type { NamedBytes } from '../data/assemble.ts';
import { CATALOGUE } from '../data/catalogue.ts';
import type { FileRole } from '../data/catalogue.ts';
import type { Dataset, DatasetId, Split } from '../data/dataset.ts';
import { DATASET_IDS, slice } from '../data/dataset.ts';
import { loadSynthetic } from '../data/synthetic.ts';
import { NgcError } from '../shared/errors.ts';
import { readBytes } from './files.ts';
import type { Option } from './options.ts';
import { choice, text, whole } from './options.ts';

/** The options by which a command names its pictures. */
export const DATA_OPTIONS = {
  dataset: choice('D', `Which pictures: ${DATASET_IDS.join(', ')}.`, DATASET_IDS),
  'data-dir': text(
    'DIR',
    'The folder with the files as published, packed or unpacked; default public/data/D. Synthetic digits need none.',
  ),
} as const;

/** How many pictures to use: the first N. */
export function limitOption(meaning: string): Option<number | undefined> {
  return whole('N', meaning, 1);
}

/** Where `npm run data` puts a dataset. */
const defaultFolder = (id: DatasetId) =>
  fileURLToPath(new URL(`../../public/data/${id}`, import.meta.url));

/**
 * Loads a dataset from the folder of its published files. Throws a data error that says what is missing and how to get it.
 */
export async function loadDataset(id: DatasetId, folder: string | undefined): Promise<Dataset> {
  if (id === 'synthetic') return loadSynthetic();
  const dir = folder ?? defaultFolder(id);
  if (!existsSync(dir))
    throw new NgcError(
      'data',
      `There is no folder ${dir} with ${CATALOGUE[id].title}: get it with "npm run data -- ${id}", or name another folder with --data-dir.`,
    );
  const files = new Map<FileRole, NamedBytes>();
  for (const { role, name } of CATALOGUE[id].files) {
    const found = [name, name.replace(/\.gz$/, '')].find((file) => existsSync(join(dir, file)));
    if (found === undefined)
      throw new NgcError(
        'data',
        `The folder ${dir} lacks ${name}: get it with "npm run data -- ${id}", or name another folder with --data-dir.`,
      );
    files.set(role, { name: found, bytes: await readBytes('--data-dir', join(dir, found)) });
  }
  return assemble(id, files, dir);
}

/** The first `limit` pictures of a split (all, where it is undefined). */
export function firstOf(split: Split, limit: number | undefined): Split {
  return limit === undefined || limit >= split.count ? split : slice(split, 0, limit);
}
