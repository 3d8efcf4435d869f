import { indexedDbShelf } from './indexedDb.ts';
import { memoryShelf } from './memory.ts';
import { orNull } from '../shared/refusable.ts';
import { opfsShelf } from './opfs.ts';
import type { Shelf } from './shelf.ts';

/** What a browser keeps for the page, each in a place of its own: results of the Lab, runs of the theatre, a person's own data. */
type Place = 'lab' | 'runs' | 'data';

/** What this browser keeps things in: its file system, else a database, else only memory (a private window may allow neither). */
export async function browserShelf(of: Place): Promise<Shelf> {
  const name = `ngc-explorer-${of}`;
  const locks = orNull(() => navigator.locks);
  try {
    const root = await navigator.storage.getDirectory();
    if ('createWritable' in FileSystemFileHandle.prototype)
      return opfsShelf(await root.getDirectoryHandle(name, { create: true }), locks);
  } catch {
    // None here, or not allowed: the next best.
  }
  try {
    return await indexedDbShelf(indexedDB, name, locks);
  } catch {
    return memoryShelf();
  }
}
