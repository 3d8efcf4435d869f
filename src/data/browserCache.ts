import type { FiledDatasetId } from './load.ts';
import type { Parts } from './download.ts';

/* Where a browser keeps datasets as they were published (the Cache API), and parts of files that were cut off. */

/** What is needed of the browser for that. */
export interface CacheIo {
  /** null where the browser offers none (a page not served securely). */
  readonly caches: Pick<CacheStorage, 'open'> | null;
  /** The address of the page's folder, ending in a slash; data lie under it in `data/`. */
  readonly base: string;
}

export const CACHE = 'ngc-explorer-data-1';
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

/**
 * Parts of files in the browser's cache; null where it has none. A full or forbidden storage is no reason to fail: then the next
 * download begins anew.
 */
export function cacheParts(io: CacheIo): Parts | null {
  const { caches } = io;
  if (!caches) return null;
  const orNull = async <T>(work: (cache: Cache) => Promise<T>): Promise<T | null> => {
    try {
      return await work(await caches.open(CACHE));
    } catch {
      return null;
    }
  };
  return {
    read: (url) =>
      orNull(async (cache) => {
        const kept = await cache.match(partAt(io, url));
        if (!kept) return null;
        const { headers } = kept;
        const bytes = new Uint8Array(await kept.arrayBuffer());
        return { bytes, tag: headers.get(TAG), whole: headers.has(WHOLE) };
      }),
    async write(url, { bytes, tag, whole = false }) {
      const headers = { ...(tag !== null && { [TAG]: tag }), ...(whole && { [WHOLE]: 'yes' }) };
      const response = new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
      await orNull((cache) => cache.put(partAt(io, url), response));
    },
    async remove(url) {
      await orNull((cache) => cache.delete(partAt(io, url)));
    },
  };
}
