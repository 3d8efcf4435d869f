import { messageOf, NgcError, printableText } from '../shared/errors.ts';
import type { Locks } from './locks.ts';
import { lockClaims } from './locks.ts';
import type { Shelf } from './shelf.ts';
import { checkName } from './shelf.ts';

const PLACE = 'this browser’s storage';
/** Stands for "/": names of the shelf never have it. */
const SLASH = '~';

const isFull = (error: unknown) =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/** Why the browser's storage refused, for a person. */
export function storageError(what: string, name: string, error: unknown): NgcError {
  const why = isFull(error)
    ? 'there is no room left'
    : printableText(messageOf(error)).replace(/\.$/, '');
  return new NgcError('file', `${printableText(name)} cannot be ${what} in ${PLACE}: ${why}.`);
}

const missing = (error: unknown) => error instanceof DOMException && error.name === 'NotFoundError';

/**
 * So many bytes are written at a time. Chromium, out of room in the middle of more than it takes in at once (a mebibyte), says of every
 * third write "Failed to write data to data pipe" and not that its storage is full; its estimate of the room does not say so either.
 */
export const PIECE_BYTES = 2 ** 18;

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
  /** Removes a file that was only made to be written. */
  const removeEmpty = async (name: string, handle: FileSystemFileHandle) => {
    if ((await handle.getFile()).size === 0) await folder.removeEntry(fileOf(name));
  };
  const put = async (name: string, bytes: Uint8Array) => {
    const handle = await folder.getFileHandle(fileOf(name), { create: true });
    const writable = await handle.createWritable();
    try {
      for (let start = 0; start < bytes.length; start += PIECE_BYTES)
        await writable.write(Uint8Array.from(bytes.subarray(start, start + PIECE_BYTES)));
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => undefined);
      await removeEmpty(name, handle).catch(() => undefined); // Why it was not written is what counts.
      throw error;
    }
  };
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
      return failing('written', name, () => put(name, bytes));
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
