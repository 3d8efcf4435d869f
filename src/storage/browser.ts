import { indexedDbShelf } from './indexedDb.ts';
import { memoryShelf } from './memory.ts';
import { opfsShelf } from './opfs.ts';
import type { Shelf } from './shelf.ts';

const NAME = 'ngc-explorer-lab';

/** What this browser keeps results in: its file system, else a database, else only memory (a private window may allow neither). */
export async function browserShelf(): Promise<Shelf> {
  const locks = (navigator.locks as LockManager | undefined) ?? null;
  try {
    const root = await navigator.storage.getDirectory();
    if ('createWritable' in FileSystemFileHandle.prototype)
      return opfsShelf(await root.getDirectoryHandle(NAME, { create: true }), locks);
  } catch {
    // None here, or not allowed: the next best.
  }
  try {
    return await indexedDbShelf(indexedDB, NAME, locks);
  } catch {
    return memoryShelf();
  }
}
