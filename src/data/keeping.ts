import { NgcError } from '../shared/errors.ts';
import type { BrowserIo } from './browserReaders.ts';
import { mayBeHad, sourceReaders } from './browserReaders.ts';
import type { CacheIo } from './browserCache.ts';
import { cacheParts, keptAt, openCache, storedAt } from './browserCache.ts';
import { CATALOGUE, SPRITE_IMAGE, SPRITE_LABELS } from './catalogue.ts';
import type { Dataset } from './dataset.ts';
import { loadDataset } from './load.ts';
import type { FiledDatasetId, LoadOptions } from './load.ts';

/* Published datasets that a browser keeps, so that they are there without a network. */

/** How a published dataset stands in this browser. */
export interface Kept {
  /** Bytes of its files; 0: it is not kept. */
  readonly bytes: number;
  /** Bytes of files that were cut off, or that wait for others of the set. */
  readonly part: number;
  /** Whether a page can get it by itself. */
  readonly reachable: boolean;
}

/** The names that files of a dataset may be kept under: those published, or those of the one picture for browsers. */
function namesOf(id: FiledDatasetId): (readonly string[])[] {
  const published = CATALOGUE[id].files.map(({ name }) => name);
  return CATALOGUE[id].sprite ? [published, [SPRITE_IMAGE, SPRITE_LABELS]] : [published];
}

/** Where files of a dataset are fetched from. */
function addressesOf({ base }: CacheIo, id: FiledDatasetId): string[] {
  const { files, crossOriginMirrors, sprite } = CATALOGUE[id];
  const folders = [new URL(`data/${id}/`, base).href, ...crossOriginMirrors];
  return [
    ...folders.flatMap((folder) => files.map(({ name }) => folder + name)),
    ...(sprite ? [sprite.image, sprite.labels] : []),
  ];
}

const sum = (sizes: readonly number[]) => sizes.reduce((a, b) => a + b, 0);

/** How a dataset stands in this browser. */
export async function keptOf(io: BrowserIo, id: FiledDatasetId): Promise<Kept> {
  const reachable = await mayBeHad(io, id);
  const sizeAt = async (address: string) => (await (await keptAt(io, address))?.blob())?.size ?? 0;
  for (const names of namesOf(id)) {
    const sizes = await Promise.all(names.map((name) => sizeAt(storedAt(io, id, name))));
    if (sizes.every((size) => size > 0)) return { bytes: sum(sizes), part: 0, reachable };
  }
  const parts = cacheParts(io);
  const begun = await Promise.all(
    addressesOf(io, id).map(async (url) => (await parts?.read(url))?.bytes.length ?? 0),
  );
  return { bytes: 0, part: sum(begun), reachable };
}

/**
 * Gets a dataset and keeps it: from beside the page, or a public mirror, whose files must be the published ones. What is cut off
 * goes on there the next time.
 * @returns what is kept
 * @throws NgcError('data') where it cannot be had, is not as published, or there is no room; then nothing of it is kept.
 */
export async function keepDataset(
  io: BrowserIo,
  id: FiledDatasetId,
  options: LoadOptions,
): Promise<Dataset> {
  // Who presses the button that leads here asks for it, from wherever it is.
  const asked = { ...io, mayAskMirror: () => true };
  const dataset = await loadDataset(id, sourceReaders(asked), { ...options, verify: true });
  if ((await keptOf(io, id)).bytes > 0) return dataset;
  throw new NgcError(
    'data',
    `${CATALOGUE[id].title} arrived whole, but this browser did not keep it: there is no room, or it keeps nothing for this page.`,
  );
}

/** Deletes a dataset from this browser, and what was begun of it. */
export async function deleteKept(io: BrowserIo, id: FiledDatasetId): Promise<void> {
  const cache = await openCache(io);
  for (const name of namesOf(id).flat()) await cache?.delete(storedAt(io, id, name));
  const parts = cacheParts(io);
  for (const url of addressesOf(io, id)) await parts?.remove(url);
}
