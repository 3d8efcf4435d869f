import { CATALOGUE } from './catalogue.ts';
import type { FiledDatasetId } from './load.ts';

/* The public mirrors that a page may read from: other people's hosts, which are asked only when the user has said so. */

/** What the user is asked: from where, and how much about (bytes; null where that is not published). */
export interface Mirror {
  readonly host: string;
  readonly bytes: number | null;
}

/** The folders on other hosts that a page may fetch a dataset from, each ending in a slash; best first. */
export function mirrorFolders(id: FiledDatasetId): string[] {
  const { crossOriginMirrors, sprite } = CATALOGUE[id];
  const ofSprite = sprite
    ? [sprite.image, sprite.labels].map((file) => new URL('.', file).href)
    : [];
  return [...new Set([...crossOriginMirrors, ...ofSprite])];
}

/** The mirror of a dataset; null where no page may read from one. */
export function mirrorOf(id: FiledDatasetId): Mirror | null {
  const [folder] = mirrorFolders(id);
  return folder === undefined ? null : { host: new URL(folder).host, bytes: CATALOGUE[id].size };
}
