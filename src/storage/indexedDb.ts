import type { Locks } from './locks.ts';
import { lockClaims } from './locks.ts';
import { storageError } from './opfs.ts';
import type { Shelf } from './shelf.ts';
import { checkName } from './shelf.ts';

const STORE = 'files';

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('it did not say why'));
  });
}

/** Opens the database, made when there is none. Rejects where the browser allows none. */
function opened(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answered(request);
}

/** A database of the browser (IndexedDB) as a shelf, for browsers whose file system cannot be written to. */
export async function indexedDbShelf(
  factory: IDBFactory,
  name: string,
  locks: Locks | null,
): Promise<Shelf> {
  const database = await opened(factory, name);
  const work = async <T>(
    what: string,
    file: string,
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    try {
      const transaction = database.transaction(STORE, mode);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('it was given up'));
      });
      const [value] = await Promise.all([answered(ask(transaction.objectStore(STORE))), done]);
      return value;
    } catch (error) {
      throw storageError(what, file, error);
    }
  };
  return {
    place: 'this browser’s storage',
    async list(prefix) {
      const keys = await work('listed', prefix, 'readonly', (store) => store.getAllKeys());
      return keys
        .filter((key) => typeof key === 'string')
        .filter((key) => key.startsWith(prefix))
        .sort();
    },
    async read(file) {
      const held: unknown = await work('read', file, 'readonly', (store) => store.get(file));
      return held instanceof Uint8Array ? held : null;
    },
    async write(file, bytes) {
      checkName(file);
      await work('written', file, 'readwrite', (store) => store.put(bytes.slice(), file));
    },
    async remove(file) {
      await work('removed', file, 'readwrite', (store) => store.delete(file));
    },
    claim: lockClaims(locks, 'ngc-explorer.lab'),
  };
}
