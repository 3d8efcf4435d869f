import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { BrowserIo } from '../../src/data/browserReaders.ts';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import { digestFault } from '../../src/data/digest.ts';
import type { Part, Parts } from '../../src/data/download.ts';
import { download } from '../../src/data/download.ts';
import { deleteKept, keepDataset, keptOf } from '../../src/data/keeping.ts';
import { expectNgcError, idxImages, idxLabels } from './files.ts';

/* Downloads from a real server on this machine: one that cuts off, one that ignores ranges, one whose file is another by now. */

const FILE = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) & 255));
let server: Server;
let url: string;
/** What was asked for, and what the server does about it. */
let asked: (string | undefined)[];
let serve: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    serve(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.gz`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A server that cuts off after so many bytes of an answer, so many times, and goes on where it is asked to. */
function cuttingOff(bytes: number, times: number, { ranges = true, tag = '"one"' } = {}) {
  let left = times;
  return (request: IncomingMessage, response: ServerResponse) => {
    const from = ranges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const headers = { 'content-length': FILE.length - from, etag: tag };
    if (from > 0)
      response.writeHead(206, {
        ...headers,
        'content-range': `bytes ${from}-${FILE.length - 1}/${FILE.length}`,
      });
    else response.writeHead(200, headers);
    const rest = FILE.subarray(from);
    if (left-- <= 0) return response.end(rest);
    response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20));
  };
}

/** Parts in memory. */
function memory(): Parts & { readonly kept: Map<string, Part> } {
  const kept = new Map<string, Part>();
  return {
    kept,
    read: async (address) => kept.get(address) ?? null,
    write: async (address, part) => void kept.set(address, part),
    remove: async (address) => void kept.delete(address),
  };
}

const get = (parts: Parts | null = null, more: Partial<Parameters<typeof download>[1]> = {}) =>
  download(url, { fetch, parts, patienceMs: 1, ...more });

describe('a download that is cut off', () => {
  it('goes on where it broke, until it is whole', async () => {
    serve = cuttingOff(100_000, 2);
    const parts = memory();
    const progress: number[] = [];
    const bytes = await get(parts, { onBytes: (done, total) => progress.push(done / total!) });
    expect(Buffer.from(bytes!).equals(FILE)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=100000-', 'bytes=200000-']);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(parts.kept.size).toBe(0);
  });

  it('is gone on with by a later visit', async () => {
    serve = cuttingOff(60_000, Infinity);
    const parts = memory();
    await expectNgcError(() => get(parts), 'data', 'file.gz');
    const { bytes } = parts.kept.get(url)!;
    expect(bytes.length).toBeGreaterThanOrEqual(60_000);
    asked = [];
    serve = cuttingOff(0, 0);
    expect(Buffer.from((await get(parts))!).equals(FILE)).toBe(true);
    expect(asked).toEqual([`bytes=${bytes.length}-`]);
    expect(parts.kept.size).toBe(0);
  });

  it('begins anew where the server ignores ranges', async () => {
    serve = cuttingOff(100_000, 1, { ranges: false });
    expect(Buffer.from((await get())!).equals(FILE)).toBe(true);
    expect(asked).toEqual([undefined, 'bytes=100000-']);
  });

  it('begins anew where the file is another one by now', async () => {
    const parts = memory();
    parts.kept.set(url, { bytes: new Uint8Array(5), tag: '"old"' });
    serve = cuttingOff(0, 0);
    expect(Buffer.from((await get(parts))!).equals(FILE)).toBe(true);
    expect(asked).toEqual(['bytes=5-', undefined]);
  });

  it('begins anew where what it had is longer than the file', async () => {
    const parts = memory();
    parts.kept.set(url, { bytes: new Uint8Array(400_000), tag: null });
    serve = (request, response) => {
      if (request.headers.range) return response.writeHead(416).end();
      response.end(FILE);
    };
    expect(Buffer.from((await get(parts))!).equals(FILE)).toBe(true);
  });

  it('keeps what has come when it is cancelled', async () => {
    const stop = new AbortController();
    serve = (_, response) => {
      response.writeHead(200, { 'content-length': FILE.length });
      response.write(FILE.subarray(0, 50_000));
    };
    const parts = memory();
    const cancelled = get(parts, { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
    expect(parts.kept.get(url)!.bytes.length).toBeGreaterThan(0);
  });

  it('is not asked for again where nothing came of it', async () => {
    serve = (_, response) => response.destroy();
    await expectNgcError(() => get(), 'data', 'could not be fetched');
    expect(asked).toHaveLength(1);
  });
});

describe('a file that is not as published', () => {
  const wrong = async () => 'it is not the published file.';

  it('is refused, and nothing of it kept', async () => {
    serve = cuttingOff(0, 0);
    const parts = memory();
    await expectNgcError(
      () => get(parts, { check: wrong }),
      'data',
      'file.gz',
      'not the published',
    );
    expect(parts.kept.size).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('because of what it was begun with is fetched once more from nothing', async () => {
    serve = cuttingOff(0, 0);
    const parts = memory();
    parts.kept.set(url, { bytes: new Uint8Array(1000).fill(9), tag: null });
    const check = async (bytes: Uint8Array) => (Buffer.from(bytes).equals(FILE) ? null : 'it is another.'); // prettier-ignore
    expect(Buffer.from((await get(parts, { check }))!).equals(FILE)).toBe(true);
    expect(asked).toEqual(['bytes=1000-', undefined]);
    expect(parts.kept.size).toBe(0);
  });

  it('is told by its digest: of its contents, else of the packed file', async () => {
    const contents = idxLabels(3);
    const packed = new Uint8Array(gzipSync(contents));
    const hash = (kind: string, bytes: Uint8Array) => createHash(kind).update(bytes).digest('hex');
    const published = { role: 'all', name: 'a', bytes: null, md5: null, unpackedSha256: null } as const; // prettier-ignore
    const right = { ...published, unpackedSha256: hash('sha256', contents) };
    expect(await digestFault(packed, right)).toBeNull();
    expect(await digestFault(contents, right)).toBeNull();
    expect(await digestFault(idxLabels(4), right)).toMatch(/SHA-256/);
    const byPacked = { ...published, md5: hash('md5', packed) };
    expect(await digestFault(packed, byPacked)).toBeNull();
    expect(await digestFault(new Uint8Array(gzipSync(idxLabels(4))), byPacked)).toMatch(/MD5/);
    expect(await digestFault(packed, published)).toBeNull();
  });
});

describe('a dataset that is kept', () => {
  /** A browser whose web is what is given, and whose cache is a map. */
  function browser(web: Map<string, Uint8Array>) {
    const kept = new Map<string, Response>();
    const cache = {
      match: async (key: string) => kept.get(key)?.clone(),
      put: async (key: string, response: Response) => void kept.set(key, response),
      delete: async (key: string) => kept.delete(key),
    };
    const io: BrowserIo = {
      base: 'https://example.org/app/',
      decodeRows: null,
      mayAskMirror: () => false,
      fetch: async (input) => {
        const bytes = web.get(input as string);
        return bytes
          ? new Response(bytes as Uint8Array<ArrayBuffer>, {
              headers: { 'content-length': String(bytes.length) },
            })
          : new Response('no', { status: 404 });
      },
      caches: { open: async () => cache as unknown as Cache },
    };
    return { io, kept };
  }
  const set = (folder: string) =>
    new Map<string, Uint8Array>(
      CATALOGUE.fmnist.files.map(({ name, role }) => [
        folder + name,
        new Uint8Array(gzipSync(role.endsWith('Images') ? idxImages(6) : idxLabels(6))),
      ]),
    );
  const mirror = CATALOGUE.fmnist.crossOriginMirrors[0]!;

  it('from beside the page is there afterwards, by its size, until it is deleted', async () => {
    const web = set('https://example.org/app/data/fmnist/');
    const { io, kept } = browser(web);
    expect(await keptOf(io, 'fmnist')).toEqual({ bytes: 0, part: 0, reachable: true });
    await keepDataset(io, 'fmnist', {});
    const bytes = [...web.values()].reduce((sum, file) => sum + file.length, 0);
    expect(await keptOf(io, 'fmnist')).toEqual({ bytes, part: 0, reachable: true });
    await deleteKept(io, 'fmnist');
    expect(kept.size).toBe(0);
  });

  it('from a mirror must have the published digests: else it is refused, and nothing kept', async () => {
    const { io, kept } = browser(set(mirror));
    await expectNgcError(() => keepDataset(io, 'fmnist', {}), 'data', 'train-images', 'MD5');
    expect(kept.size).toBe(0);
  });

  it('does not fetch again what had come whole when another file was cut off', async () => {
    const web = set('https://example.org/app/data/fmnist/');
    const { io } = browser(web);
    const last = [...web.keys()].at(-1)!;
    const spied = vi.fn(io.fetch);
    const cutOff = { ...io, fetch: (async (input) => (input === last ? Promise.reject(new TypeError('cut off')) : spied(input))) as typeof fetch }; // prettier-ignore
    await expectNgcError(() => keepDataset(cutOff, 'fmnist', {}), 'data', 'cut off');
    const { bytes, part } = await keptOf(io, 'fmnist');
    expect(bytes).toBe(0);
    expect(part).toBeGreaterThan(0);
    const asked: string[] = [];
    await keepDataset({ ...io, fetch: async (input) => (asked.push(input as string), io.fetch(input)) }, 'fmnist', {}); // prettier-ignore
    expect(asked.filter((address) => address.startsWith('https://example.org'))).toEqual([last]);
    expect((await keptOf(io, 'fmnist')).part).toBe(0);
  });
});
