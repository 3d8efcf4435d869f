import { describe, expect, it } from 'vitest';

import { lockClaims } from '../../src/storage/locks.ts';
import type { Locks } from '../../src/storage/locks.ts';
import { opfsShelf, PIECE_BYTES } from '../../src/storage/opfs.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (found: Uint8Array | null) => found && new TextDecoder().decode(found);

/** A folder of the browser's file system: what is written counts when it is closed. It fails as often as `failures` holds errors. */
function fakeFolder() {
  const files = new Map<string, Uint8Array>();
  const pieces: number[] = [];
  const failures: DOMException[] = [];
  const gone = () => new DOMException('gone', 'NotFoundError');
  const folder = {
    keys: async function* (): AsyncGenerator<string> {
      yield* files.keys();
    },
    getFileHandle: async (name: string, options?: { create: boolean }) => {
      if (!files.has(name)) {
        if (options?.create !== true) throw gone();
        files.set(name, new Uint8Array());
      }
      return {
        getFile: async () => new Blob([Uint8Array.from(files.get(name)!)]),
        createWritable: async () => {
          let pending = new Uint8Array();
          return {
            write: async (data: Uint8Array<ArrayBuffer>) => {
              pieces.push(data.length);
              pending = Uint8Array.from(Buffer.concat([pending, data]));
            },
            close: async () => {
              const failure = failures.shift();
              if (failure !== undefined) throw failure;
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
  return { folder: folder as unknown as FileSystemDirectoryHandle, failures, pieces };
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

  const full = () => new DOMException('full', 'QuotaExceededError');
  const NO_ROOM = 'a.json cannot be written in this browser’s storage: there is no room left.';

  it.each([
    ['no room', full(), 'there is no room left'],
    ['another failure', new DOMException('The disk is away.', 'AbortError'), 'The disk is away'],
  ])('keeps the old file, and says why: %s', async (_, failure, why) => {
    const { folder, failures } = fakeFolder();
    const shelf = opfsShelf(folder, null);
    await shelf.write('a.json', bytes('old'));
    failures.push(failure);
    await expect(shelf.write('a.json', bytes('new'))).rejects.toThrow(
      `a.json cannot be written in this browser’s storage: ${why}.`,
    );
    expect(text(await shelf.read('a.json'))).toBe('old');
  });

  it('hands what is long over in pieces, so that a browser out of room says so', async () => {
    const { folder, pieces } = fakeFolder();
    const shelf = opfsShelf(folder, null);
    const long = Uint8Array.from({ length: 2 * PIECE_BYTES + 5 }, (_, at) => at % 251);
    await shelf.write('a.bin', long);
    expect(Buffer.from((await shelf.read('a.bin'))!).equals(long)).toBe(true);
    expect(pieces).toEqual([PIECE_BYTES, PIECE_BYTES, 5]);
    await shelf.write('a.bin', new Uint8Array());
    expect(await shelf.read('a.bin')).toEqual(new Uint8Array());
  });

  it('leaves no empty file where the first write of it fails', async () => {
    const { folder, failures } = fakeFolder();
    const shelf = opfsShelf(folder, null);
    failures.push(full());
    await expect(shelf.write('a.json', bytes('new'))).rejects.toThrow(NO_ROOM);
    expect(await shelf.list('')).toEqual([]);
  });

  it('says why it could not be written where the empty file cannot be removed either', async () => {
    const { folder, failures } = fakeFolder();
    Object.assign(folder, { removeEntry: () => Promise.reject(new Error('locked')) });
    failures.push(full());
    await expect(opfsShelf(folder, null).write('a.json', bytes('new'))).rejects.toThrow(NO_ROOM);
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
