import type { Shelf } from './shelf.ts';
import { checkName } from './shelf.ts';

/** Results that last as long as the process or the page: for tests, and where nothing else can be written. */
export function memoryShelf(): Shelf {
  const files = new Map<string, Uint8Array>();
  const claims = new Set<string>();
  return {
    place: 'memory',
    list: (prefix) =>
      Promise.resolve([...files.keys()].filter((name) => name.startsWith(prefix)).sort()),
    read: (name) => Promise.resolve(files.get(name)?.slice() ?? null),
    write(name, bytes) {
      checkName(name);
      files.set(name, bytes.slice());
      return Promise.resolve();
    },
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
    claim(name) {
      if (claims.has(name)) return Promise.resolve(null);
      claims.add(name);
      return Promise.resolve(() => {
        claims.delete(name);
        return Promise.resolve();
      });
    },
  };
}
