import { messageOf, NgcError, printableText } from '../shared/errors.ts';
import type { Locks } from './locks.ts';
import { lockClaims } from './locks.ts';
import type { Shelf } from './shelf.ts';
import { checkName } from './shelf.ts';

const PLACE = 'this browser’s storage';
/** Stands for "/": names of the shelf never have it. */
const SLASH = '~';

/** Why the browser's storage refused, for a person. */
export function storageError(what: string, name: string, error: unknown): NgcError {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  const why = full ? 'there is no room left' : printableText(messageOf(error)).replace(/\.$/, '');
  return new NgcError('file', `${printableText(name)} cannot be ${what} in ${PLACE}: ${why}.`);
}

const missing = (error: unknown) => error instanceof DOMException && error.name === 'NotFoundError';

/**
 * A folder of the browser's own file system (OPFS) as a shelf. What is written takes a file's place when it is closed, whole.
 * @param folder needs handles that have createWritable
 */
export function opfsShelf(folder: FileSystemDirectoryHandle, locks: Locks | null): Shelf {
  const failing = async <T>(what: string, name: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storageError(what, name, error);
    }
  };
  const fileOf = (name: string) => name.replaceAll('/', SLASH);
  return {
    place: PLACE,
    list: (prefix) =>
      failing('listed', prefix, async () => {
        const names: string[] = [];
        for await (const name of folder.keys()) names.push(name.replaceAll(SLASH, '/'));
        return names.filter((name) => name.startsWith(prefix)).sort();
      }),
    read: (name) =>
      failing('read', name, async () => {
        try {
          const file = await (await folder.getFileHandle(fileOf(name))).getFile();
          return new Uint8Array(await file.arrayBuffer());
        } catch (error) {
          if (missing(error)) return null;
          throw error;
        }
      }),
    write: (name, bytes) => {
      checkName(name);
      return failing('written', name, async () => {
        const handle = await folder.getFileHandle(fileOf(name), { create: true });
        const writable = await handle.createWritable();
        try {
          await writable.write(Uint8Array.from(bytes));
          await writable.close();
        } catch (error) {
          await writable.abort().catch(() => undefined);
          throw error;
        }
      });
    },
    remove: (name) =>
      failing('removed', name, async () => {
        try {
          await folder.removeEntry(fileOf(name));
        } catch (error) {
          if (!missing(error)) throw error;
        }
      }),
    claim: lockClaims(locks, 'ngc-explorer.lab'),
  };
}
