import { gzipSync } from 'node:zlib';

import { describe, expect, it, vi } from 'vitest';

import { assemble } from '../../src/data/assemble.ts';
import { browserCaches } from '../../src/data/browserCache.ts';
import type { BrowserIo } from '../../src/data/browserReaders.ts';
import { browserReaders, mayBeHad } from '../../src/data/browserReaders.ts';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import type { FileRole } from '../../src/data/catalogue.ts';
import { keptOf } from '../../src/data/keeping.ts';
import { loadDataset } from '../../src/data/load.ts';
import type { DatasetReader } from '../../src/data/load.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { expectNgcError, idx, idxImages, idxLabels, realFile, somePixels } from './files.ts';

/* Every place data can come from, in every state: long, because its cases are many and short. */

const BASE = 'https://example.org/app/';

/** The four files of a small set under `folder`, as a server holds them. */
function serverFiles(folder: string, train = 6, test = 2): Map<string, Uint8Array> {
  const gz = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
  return new Map([
    [`${folder}train-images-idx3-ubyte.gz`, gz(idxImages(train))],
    [`${folder}train-labels-idx1-ubyte.gz`, gz(idxLabels(train))],
    [`${folder}t10k-images-idx3-ubyte.gz`, gz(idxImages(test, 1))],
    [`${folder}t10k-labels-idx1-ubyte.gz`, gz(idxLabels(test))],
  ]);
}

interface World {
  io: BrowserIo;
  /** What is on the web. */
  web: Map<string, Uint8Array>;
  asked: string[];
  kept: Map<string, Uint8Array>;
}

type Other = (url: string) => Response | Promise<Response>;

function world(
  web: Map<string, Uint8Array>,
  other: Other = () => new Response('no', { status: 404 }),
  decodeRows: BrowserIo['decodeRows'] = null,
): World {
  const asked: string[] = [];
  const kept = new Map<string, Uint8Array>();
  const io: BrowserIo = {
    base: BASE,
    decodeRows,
    mayAskMirror: () => true,
    fetch: async (input) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(url);
      const bytes = web.get(url);
      return bytes
        ? new Response(bytes as Uint8Array<ArrayBuffer>, {
            headers: { 'content-length': String(bytes.length) },
          })
        : other(url);
    },
    caches: {
      open: async () =>
        ({
          match: async (key: string) =>
            kept.has(key) ? new Response(kept.get(key) as Uint8Array<ArrayBuffer>) : undefined,
          put: async (key: string, response: Response) => {
            kept.set(key, new Uint8Array(await response.arrayBuffer()));
          },
        }) as unknown as Cache,
    },
  };
  return { io, web, asked, kept };
}

describe('the places a page looks', () => {
  it('beside the page first; what is found is kept and the next visit asks nobody', async () => {
    const { io, asked, web } = world(serverFiles(`${BASE}data/fmnist/`));
    const fractions: (number | null)[] = [];
    const set = await loadDataset('fmnist', browserReaders(io), {
      onProgress: ({ fraction }) => fractions.push(fraction),
    });
    expect(set.source).toBe('beside the page');
    expect(set.train.pixels).toEqual(somePixels(6));
    expect(set.test.pixels).toEqual(somePixels(2, 1));
    expect(set.classNames[9]).toBe('Ankle boot');
    expect(set.notices[0]).toMatch(/part of Fashion-MNIST: 6 pictures.*2 to test.*60,000/);
    expect(asked.every((url) => url.startsWith(`${BASE}data/fmnist/`))).toBe(true);
    expect(fractions.at(-1)).toBeCloseTo(1, 6);

    web.clear();
    asked.length = 0;
    const again = await loadDataset('fmnist', browserReaders(io));
    expect(again.source).toBe("this browser's storage");
    expect(again.train.pixels).toEqual(set.train.pixels);
    expect(asked).toEqual([]);
  });

  it('takes a start page with status 200 for "not there", and goes on to the mirror', async () => {
    const page = () =>
      new Response('<!doctype html><title>app</title>', {
        headers: { 'content-type': 'text/html' },
      });
    const mirror = CATALOGUE.fmnist.crossOriginMirrors[0]!;
    const set = await loadDataset('fmnist', browserReaders(world(serverFiles(mirror), page).io));
    expect(set.source).toBe('the public mirror');

    const untyped = () => new Response(new TextEncoder().encode('\n <!DOCTYPE html><html>'));
    await expectNgcError(
      () => loadDataset('kmnist', browserReaders(world(new Map(), untyped).io)),
      'data',
      'KMNIST is not at hand: drop its files on the page to use it',
    );
  });

  it('takes files the server unpacked on the way', async () => {
    const web = serverFiles(`${BASE}data/fmnist/`);
    web.set(`${BASE}data/fmnist/train-images-idx3-ubyte.gz`, idxImages(6));
    const set = await loadDataset('fmnist', browserReaders(world(web).io));
    expect(set.train.pixels).toEqual(somePixels(6));
  });

  it('works without any storage', async () => {
    const { io } = world(serverFiles(`${BASE}data/fmnist/`));
    const set = await loadDataset('fmnist', browserReaders({ ...io, caches: null }));
    expect(set.train.count).toBe(6);
    const full = {
      open: async () => ({
        match: async () => undefined,
        put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
      }),
    } as unknown as CacheStorage;
    const full6 = await loadDataset('fmnist', browserReaders({ ...io, caches: full }));
    expect(full6.train.count).toBe(6);
  });

  it('no mirror before its user said so', async () => {
    const mirror = CATALOGUE.fmnist.crossOriginMirrors[0]!;
    const rows = async () => new Uint8Array(784);
    const { io, asked } = world(serverFiles(mirror), undefined, rows);
    const readers = browserReaders({ ...io, mayAskMirror: (id) => id === 'kmnist' });
    for (const id of ['fmnist', 'mnist'] as const)
      await expectNgcError(() => loadDataset(id, readers), 'data', 'drop its files');
    expect(asked.filter((url) => !url.startsWith(BASE))).toEqual([]);
  });

  it('a storage that refuses everything hides nothing that lies beside the page', async () => {
    const refuse = () => Promise.reject(new DOMException('no', 'SecurityError'));
    const throwing = () => {
      throw new DOMException('no', 'SecurityError');
    };
    const broken = { match: refuse, put: refuse, delete: refuse } as unknown as Cache;
    for (const open of [refuse, throwing, async () => broken]) {
      const { io } = world(serverFiles(`${BASE}data/kmnist/`));
      const refusing = { ...io, caches: { open } };
      expect(await mayBeHad(refusing, 'kmnist')).toBe(true);
      expect((await loadDataset('kmnist', browserReaders(refusing))).source).toBe(
        'beside the page',
      );
      expect(await keptOf(refusing, 'kmnist')).toEqual({ bytes: 0, part: 0, reachable: true });
    }
    vi.stubGlobal('caches', undefined);
    Object.defineProperty(globalThis, 'caches', { configurable: true, get: throwing });
    expect(browserCaches()).toBeNull();
    vi.unstubAllGlobals();
  });

  it('knows what may be had: what is at hand, and what a mirror may have', async () => {
    const beside = world(serverFiles(`${BASE}data/kmnist/`)).io;
    expect(await mayBeHad(beside, 'kmnist')).toBe(true);
    const { io } = world(new Map());
    expect(await mayBeHad(io, 'kmnist')).toBe(false);
    expect(await mayBeHad(io, 'caltech101')).toBe(false);
    expect(await mayBeHad(io, 'fmnist')).toBe(true);
    const page = () => new Response('<html>', { headers: { 'content-type': 'text/html' } });
    expect(await mayBeHad(world(new Map(), page).io, 'kmnist')).toBe(false);
    await loadDataset('kmnist', browserReaders(beside));
    expect(await mayBeHad({ ...io, caches: beside.caches }, 'kmnist')).toBe(true);
  });

  it('tells in one sentence why each place failed, and keeps nothing broken', async () => {
    const web = serverFiles(`${BASE}data/fmnist/`);
    web.set(`${BASE}data/fmnist/t10k-labels-idx1-ubyte.gz`, idxLabels(5));
    const { io, kept } = world(web, (url) => {
      if (url.includes('github')) throw new TypeError('Failed to fetch');
      return new Response('', { status: 404 });
    });
    await expectNgcError(
      () => loadDataset('fmnist', browserReaders(io)),
      'data',
      /beside the page: .*t10k-labels-idx1-ubyte.gz.*2 pictures came with 5 labels/,
      /public mirror: .*Failed to fetch/,
      'drop its files',
    );
    expect(kept.size).toBe(0);
  });

  it('says which file of a set is missing, and what a failing server answered', async () => {
    const web = serverFiles(`${BASE}data/kmnist/`);
    web.delete(`${BASE}data/kmnist/t10k-images-idx3-ubyte.gz`);
    await expectNgcError(
      () => loadDataset('kmnist', browserReaders(world(web).io)),
      'data',
      'beside the page: t10k-images-idx3-ubyte.gz is missing',
    );
    await expectNgcError(
      () =>
        loadDataset(
          'kmnist',
          browserReaders(world(new Map(), () => new Response('', { status: 503 })).io),
        ),
      'data',
      'example.org answered 503',
    );
  });

  it('reads MNIST from the one picture for browsers, and from storage afterwards', async () => {
    const count = 65_000;
    const labels = new Uint8Array(count * 10);
    for (let i = 0; i < count; i++) labels[i * 10 + (i % 10)] = 1;
    const sprite = CATALOGUE.mnist.sprite!;
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    const web = new Map([
      [sprite.image, png],
      [sprite.labels, labels],
    ]);
    const decoded: Uint8Array[] = [];
    const { io } = world(web, undefined, async (bytes) => {
      decoded.push(bytes);
      return new Uint8Array(count * 784);
    });
    const set = await loadDataset('mnist', browserReaders(io));
    expect([set.train.count, set.test.count]).toEqual([55_000, 10_000]);
    expect(set.notices[0]).toContain('55,000');
    expect(decoded).toEqual([png]);
    web.clear();
    expect((await loadDataset('mnist', browserReaders(io))).source).toBe("this browser's storage");
  });

  it('stops when cancelled, before and while loading', async () => {
    const stop = new AbortController();
    const { io } = world(serverFiles(`${BASE}data/fmnist/`));
    const loading = loadDataset('fmnist', browserReaders(io), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(loading).rejects.toMatchObject({ kind: 'cancelled' });
    await expectNgcError(
      () => loadDataset('fmnist', browserReaders(io), { signal: AbortSignal.abort() }),
      'cancelled',
    );
  });

  it('does not take a bug for a missing file', async () => {
    const buggy: DatasetReader = {
      name: 'buggy',
      read: () => Promise.reject(new RangeError('a bug')),
    };
    await expect(loadDataset('mnist', [buggy])).rejects.toThrow(RangeError);
  });
});

describe('a whole set', () => {
  /** 60,000 and 10,000 pictures, as published in number but not in contents. */
  const named = (name: string, bytes: Uint8Array) => ({ name, bytes });
  const blank = (count: number) => idx([count, 28, 28], new Uint8Array(count * 784));
  const full = () =>
    new Map<FileRole, { name: string; bytes: Uint8Array }>([
      ['trainImages', named('train-images', blank(60_000))],
      ['trainLabels', named('train-labels', idxLabels(60_000))],
      ['testImages', named('t10k-images', blank(10_000))],
      ['testLabels', named('t10k-labels', idxLabels(10_000))],
    ]);

  it('of MNIST must have the published contents', async () => {
    await expectNgcError(
      () => assemble('mnist', full(), 'here'),
      'data',
      'train-images',
      'SHA-256',
      'ba891046e650',
    );
  });

  it.each(['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const)(
    'of MNIST is refused where only the %s are not the published ones',
    async (wrong) => {
      const files = full();
      // Digests as of the real files, told apart by their lengths, but for the wrong one.
      const published = new Map(
        CATALOGUE.mnist.files.map(({ role, unpackedSha256 }) => [
          files.get(role)!.bytes.length,
          role === wrong ? '00'.repeat(32) : unpackedSha256!,
        ]),
      );
      const digest = vi
        .spyOn(globalThis.crypto.subtle, 'digest')
        .mockImplementation((_, bytes) =>
          Promise.resolve(
            Uint8Array.from(Buffer.from(published.get(bytes.byteLength)!, 'hex')).buffer,
          ),
        );
      try {
        const name = files.get(wrong)!.name;
        await expectNgcError(() => assemble('mnist', files, 'here'), 'data', name, 'SHA-256');
      } finally {
        digest.mockRestore();
      }
    },
  );

  it('without published digests of the contents is taken as it is', async () => {
    const set = await assemble('kmnist', full(), 'here');
    expect(set.notices).toEqual([]);
    expect(set.classNames).toEqual(['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo']);
  });

  it('without one of its files is refused by name', async () => {
    const files = full();
    files.delete('testLabels');
    await expect(assemble('kmnist', files, 'here')).rejects.toThrow(NgcError);
    await expectNgcError(
      () => assemble('kmnist', files, 'here'),
      'data',
      't10k-labels-idx1-ubyte.gz is missing',
    );
  });
});

describe.runIf(realFile('mnist/train-images-idx3-ubyte.gz') !== null)('the real files', () => {
  const real = (folder: string) =>
    new Map(
      CATALOGUE.mnist.files.map(({ role, name }) => [
        role,
        { name, bytes: realFile(`${folder}/${name}`)! },
      ]),
    );

  it('of MNIST pass, though packed anew', async () => {
    const set = await assemble('mnist', real('mnist'), 'shared');
    expect([set.train.count, set.test.count]).toEqual([60_000, 10_000]);
    expect(set.notices).toEqual([]);
  });

  it('of a part of Fashion-MNIST load, with a notice', async () => {
    const set = await assemble('fmnist', real('fashion-mnist-part'), 'shared');
    expect([set.train.count, set.test.count]).toEqual([3_400, 800]);
    expect(set.notices).toHaveLength(1);
    expect(set.notices[0]).toContain('part of Fashion-MNIST');
  });
});
