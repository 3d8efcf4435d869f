import { orNull } from '../shared/refusable.ts';
import type { FiledDatasetId } from './load.ts';
import type { Parts } from './download.ts';

/* Where a browser keeps datasets as they were published (the Cache API), and parts of files that were cut off. */

/** What is needed of the browser for that. */
export interface CacheIo {
  /** null where the browser offers none (a page not served securely, or one that may store nothing). */
  readonly caches: Pick<CacheStorage, 'open'> | null;
  /** The address of the page's folder, ending in a slash; data lie under it in `data/`. */
  readonly base: string;
}

const CACHE = 'ngc-explorer-data-1';
/** The header that tells the state of a file of which a part is kept. */
const TAG = 'x-part-of';
const WHOLE = 'x-whole';

/** What the Cache API knows a stored file by; nothing is ever fetched from there. */
export function storedAt({ base }: CacheIo, id: FiledDatasetId, name: string): string {
  return new URL(`data-store/${id}/${name}`, base).href;
}

/** And a part of a file from somewhere. */
const partAt = ({ base }: CacheIo, url: string): string =>
  new URL(`data-store/parts/${encodeURIComponent(url)}`, base).href;

/** The browser's own; null where it has none, or the page may not ask. */
export const browserCaches = (): CacheStorage | null => orNull(() => globalThis.caches);

/** Where datasets are kept; null where the browser keeps nothing for this page. */
export async function openCache({ caches }: CacheIo): Promise<Cache | null> {
  try {
    return (await caches?.open(CACHE)) ?? null;
  } catch {
    return null;
  }
}

/** What is kept at an address; null where nothing is, or the browser will not say. */
export async function keptAt(io: CacheIo, address: string): Promise<Response | null> {
  try {
    return (await (await openCache(io))?.match(address)) ?? null;
  } catch {
    return null;
  }
}

/**
 * Parts of files in the browser's cache; null where it has none. A full or forbidden storage is no reason to fail: then the next
 * download begins anew.
 */
export function cacheParts(io: CacheIo): Parts | null {
  if (!io.caches) return null;
  const attempt = async (work: (cache: Cache) => Promise<unknown>): Promise<void> => {
    try {
      const cache = await openCache(io);
      if (cache) await work(cache);
    } catch {
      // There is no room.
    }
  };
  return {
    async read(url) {
      const kept = await keptAt(io, partAt(io, url));
      const bytes = await kept?.arrayBuffer().catch(() => null);
      if (!kept || !bytes) return null;
      const { headers } = kept;
      return { bytes: new Uint8Array(bytes), tag: headers.get(TAG), whole: headers.has(WHOLE) };
    },
    async write(url, { bytes, tag, whole = false }) {
      const headers = { ...(tag !== null && { [TAG]: tag }), ...(whole && { [WHOLE]: 'yes' }) };
      const response = new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
      await attempt((cache) => cache.put(partAt(io, url), response));
    },
    async remove(url) {
      await attempt((cache) => cache.delete(partAt(io, url)));
    },
  };
}
