import { fileURLToPath } from 'node:url';

import type { Dataset, DatasetId, Split } from '../data/dataset.ts';
import { DATASET_IDS, PIXELS, slice } from '../data/dataset.ts';
import { loadSynthetic } from '../data/synthetic.ts';
import type { ImageModel } from '../engine/model.ts';
import { holdOut } from '../lab/splits.ts';
import { NgcError } from '../shared/errors.ts';
import { loadDatasetFromDir } from './dataFiles.ts';
import type { Option } from './options.ts';
import { choice, needed, text, whole } from './options.ts';

/** The options by which a command names its pictures. */
export const DATA_OPTIONS = {
  dataset: choice('D', `Which pictures: ${DATASET_IDS.join(', ')}.`, DATASET_IDS),
  'data-dir': text(
    'DIR',
    'The folder with the files as published, packed or unpacked, or a folder of datasets; default public/data/D. Synthetic digits need none.',
  ),
} as const;

/** The same where there is no checkpoint that could name the dataset. */
export const NEEDED_DATA_OPTIONS = {
  ...DATA_OPTIONS,
  dataset: needed(DATA_OPTIONS.dataset),
} as const;

/** How many pictures to use: the first N. */
export function limitOption(meaning: string): Option<number | undefined> {
  return whole('N', meaning, 1);
}

/** Where `npm run data` puts a dataset. */
const defaultFolder = (id: DatasetId) =>
  fileURLToPath(new URL(`../../public/data/${id}`, import.meta.url));

/**
 * Loads a dataset from the folder of its published files, or draws the synthetic one.
 * Throws a data error that says what is missing and how to get it.
 */
export async function loadDataset(id: DatasetId, folder: string | undefined): Promise<Dataset> {
  if (id === 'synthetic') return loadSynthetic();
  try {
    return await (folder === undefined
      ? loadDatasetFromDir(id, defaultFolder(id), 'The folder')
      : loadDatasetFromDir(id, folder));
  } catch (error) {
    if (!(error instanceof NgcError) || error.kind !== 'data') throw error;
    throw new NgcError(
      'data',
      `${error.message} Get it with "npm run data -- ${id}", or name its folder with --data-dir.`,
    );
  }
}

/** The first `limit` pictures of a split (all, where it is undefined). */
export function firstOf(split: Split, limit: number | undefined): Split {
  return limit === undefined || limit >= split.count ? split : slice(split, 0, limit);
}

/** A dataset to make choices on: what the Lab holds out of its training images stands in the place of the test images. */
export function heldOutOf(data: Dataset): Dataset {
  const { rest, validation } = holdOut(data.train);
  return { ...data, train: rest, test: validation };
}

/** Throws a usage error when a model's input is not a picture of the datasets. */
export function checkPixels({ pixels }: ImageModel): void {
  if (pixels !== PIXELS)
    throw new NgcError(
      'usage',
      `The model has ${pixels} inputs; the pictures of a dataset have ${PIXELS} pixels.`,
    );
}
