import { describe, expect, it } from 'vitest';

import { lockClaims } from '../../src/storage/locks.ts';
import type { Locks } from '../../src/storage/locks.ts';
import { opfsShelf } from '../../src/storage/opfs.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | null) => found && new TextDecoder().decode(found);

/** A folder of the browser's file system: what is written counts when it is closed. `fail` makes closing fail. */
function fakeFolder() {
  const files = new Map<string, Uint8Array>();
  const state = { full: false };
  const gone = () => new DOMException('gone', 'NotFoundError');
  const folder = {
    keys: async function* (): AsyncGenerator<string> {
      yield* files.keys();
    },
    getFileHandle: async (name: string, options?: { create: boolean }) => {
      if (!files.has(name) && options?.create !== true) throw gone();
      return {
        getFile: async () => new Blob([Uint8Array.from(files.get(name)!)]),
        createWritable: async () => {
          let pending = new Uint8Array();
          return {
            write: async (data: Uint8Array<ArrayBuffer>) => void (pending = data),
            close: async () => {
              if (state.full) throw new DOMException('full', 'QuotaExceededError');
              files.set(name, pending);
            },
            abort: async () => undefined,
          };
        },
      };
    },
    removeEntry: async (name: string) => {
      if (!files.delete(name)) throw gone();
    },
  };
  return { folder: folder as unknown as FileSystemDirectoryHandle, state };
}

/** The locks of a browser, as the pages of one site share them. */
function fakeLocks(): Locks {
  const held = new Set<string>();
  const request = async (
    name: string,
    _: LockOptions,
    work: (lock: object | null) => Promise<void>,
  ) => {
    if (held.has(name)) return work(null);
    held.add(name);
    await work({});
    held.delete(name);
  };
  return { request: request as unknown as Locks['request'] };
}

describe('the browser’s file system as a shelf', () => {
  it('gives back what was written, lists by prefix in order, and forgets what is removed', async () => {
    const shelf = opfsShelf(fakeFolder().folder, null);
    expect(await shelf.read('cells/t/b.json')).toBeNull();
    await shelf.write('cells/t/b.json', bytes('b'));
    await shelf.write('cells/t/a.json', bytes('a'));
    await shelf.write('lab.json', bytes('x'));
    expect(await shelf.list('cells/')).toEqual(['cells/t/a.json', 'cells/t/b.json']);
    expect(text(await shelf.read('cells/t/a.json'))).toBe('a');
    await shelf.remove('cells/t/a.json');
    await shelf.remove('cells/t/a.json');
    expect(await shelf.list('')).toEqual(['cells/t/b.json', 'lab.json']);
  });

  it('keeps the old file, and says why, where there is no room for the new one', async () => {
    const { folder, state } = fakeFolder();
    const shelf = opfsShelf(folder, null);
    await shelf.write('a.json', bytes('old'));
    state.full = true;
    await expect(shelf.write('a.json', bytes('new'))).rejects.toThrow(
      'a.json cannot be written in this browser’s storage: there is no room left.',
    );
    expect(text(await shelf.read('a.json'))).toBe('old');
  });

  it('refuses names that lead out of it', () => {
    const shelf = opfsShelf(fakeFolder().folder, null);
    for (const name of ['../x', 'a//b', '~', '']) expect(() => shelf.write(name, bytes('x'))).toThrow(RangeError); // prettier-ignore
  });
});

describe.each([
  ['with locks', fakeLocks],
  ['without', (): Locks | null => null],
] as const)('claims of pages %s', (_, make) => {
  it('go to one, and to the next once they are given back', async () => {
    const claim = lockClaims(make(), 'lab');
    const release = await claim('a');
    expect(release).not.toBeNull();
    expect(await claim('a')).toBeNull();
    expect(await claim('b')).not.toBeNull();
    await release!();
    expect(await claim('a')).not.toBeNull();
  });
});

it('two pages share claims by the browser’s locks', async () => {
  const locks = fakeLocks();
  const [one, other] = [lockClaims(locks, 'lab'), lockClaims(locks, 'lab')];
  const release = await one('a');
  expect(await other('a')).toBeNull();
  await release!();
  expect(await other('a')).not.toBeNull();
});
