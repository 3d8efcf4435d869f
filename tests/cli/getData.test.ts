import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { loadDatasetFromDir } from '../../src/cli/dataFiles.ts';
import { getData, reportFailure } from '../../src/cli/getData.ts';
import type { GetDataEnvironment } from '../../src/cli/getData.ts';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import { expectNgcError, idxImages, idxLabels, realFile, somePixels } from '../data/files.ts';

/* One command, and all that servers and folders can do to it: long, because its cases are many and short. */

/** Small files under the published names, and a catalogue with their true digests. */
const plain = [idxImages(40), idxLabels(40), idxImages(7, 1), idxLabels(7)];
const names = CATALOGUE.fmnist.files.map((file) => file.name);
const packed = new Map(names.map((name, i) => [name, gzipSync(plain[i]!)]));
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => void;

/** A mirror as public ones are: whole files, or from where it is asked to. */
const honest: Answer = (request, response, bytes) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
  if (Number.isNaN(from)) {
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  } else if (from >= bytes.length) response.writeHead(416).end();
  else
    response
      .writeHead(206, {
        'content-length': bytes.length - from,
        'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
      })
      .end(bytes.subarray(from));
};

interface Mirror {
  readonly url: string;
  readonly asked: { readonly name: string; readonly range: string | undefined }[];
}

let dir: string;
let servers: Server[];
let said: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ngc-data-'));
  servers = [];
  said = [];
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(dir, { recursive: true, force: true });
});

async function mirror(answer: Answer = honest): Promise<Mirror> {
  const asked: Mirror['asked'] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? '').split('/').pop()!;
    asked.push({ name, range: request.headers.range });
    const bytes = packed.get(name);
    if (bytes) answer(request, response, bytes);
    else response.writeHead(404).end();
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/set/`, asked };
}

/** An address nobody answers at: a server that has gone. */
async function deadMirror(): Promise<string> {
  const { url } = await mirror();
  await new Promise((closed) => servers.pop()!.close(closed));
  return url;
}

function environment(...mirrors: string[]): GetDataEnvironment {
  const files = CATALOGUE.fmnist.files.map((file) => ({
    ...file,
    md5: md5(packed.get(file.name)!),
  }));
  return {
    catalogue: { ...CATALOGUE, fmnist: { ...CATALOGUE.fmnist, files, mirrors } },
    patienceMs: 400,
    say: (line) => said.push(line),
  };
}

const get = (...mirrors: string[]) => getData(['fmnist', '--to', dir], environment(...mirrors));
/** The exit status, and that what goes to standard error is one line. */
function statusOf(error: unknown): number {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const status = reportFailure(error);
  expect(write).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^data: [^\n]+\n$/));
  write.mockRestore();
  return status;
}
const onDisk = () => readdirSync(dir).sort();

describe('downloading', () => {
  it('fetches the files, checks them, leaves nothing else, and does it only once', async () => {
    const { url, asked } = await mirror();
    await get(url);
    expect(onDisk()).toEqual([...names].sort());
    for (const name of names) expect(readFileSync(join(dir, name))).toEqual(packed.get(name));
    expect(said.at(-1)).toContain('40 pictures to train, 7 to test');

    asked.length = 0;
    await get(url);
    expect(asked).toEqual([]);
    expect(said.filter((line) => line.includes('already there'))).toHaveLength(4);
  });

  it('falls to the next mirror when one is dead, lacks the file or sends another', async () => {
    const lacking = await mirror((_, response) => response.writeHead(404).end());
    const wrong = await mirror((request, response, bytes) =>
      honest(request, response, Buffer.from(bytes).fill(1, 20, 30)),
    );
    const page = await mirror((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in</html>'),
    );
    const good = await mirror();
    await get(await deadMirror(), lacking.url, wrong.url, page.url, good.url);
    for (const name of names) expect(readFileSync(join(dir, name))).toEqual(packed.get(name));
    expect(good.asked.map(({ name }) => name)).toEqual(names);
    expect(onDisk()).toHaveLength(4);
  });

  it('goes on after the connection broke, from where it broke', async () => {
    let broken = false;
    const breaking = await mirror((request, response, bytes) => {
      if (broken || request.headers.range !== undefined) return honest(request, response, bytes);
      broken = true;
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 1000), () => setTimeout(() => response.destroy(), 30));
    });
    await get(breaking.url);
    expect(readFileSync(join(dir, names[0]!))).toEqual(packed.get(names[0]!));
    expect(breaking.asked.slice(0, 2)).toEqual([
      { name: names[0], range: undefined },
      { name: names[0], range: 'bytes=1000-' },
    ]);
  });

  it('goes on from a .part of an earlier call, and starts anew from a wrong one', async () => {
    const { url, asked } = await mirror();
    writeFileSync(join(dir, `${names[0]!}.part`), packed.get(names[0]!)!.subarray(0, 500));
    writeFileSync(join(dir, `${names[1]!}.part`), new Uint8Array(10)); // not of this file
    writeFileSync(join(dir, `${names[2]!}.part`), packed.get(names[2]!)!); // complete
    await get(url);
    for (const name of names) expect(readFileSync(join(dir, name))).toEqual(packed.get(name));
    expect(asked.filter(({ name }) => name === names[0]).map(({ range }) => range)).toEqual([
      'bytes=500-',
    ]);
    expect(asked.filter(({ name }) => name === names[1]).map(({ range }) => range)).toEqual([
      'bytes=10-',
      undefined,
    ]);
    expect(onDisk()).toHaveLength(4);
  });

  it('copes with a mirror that knows no ranges', async () => {
    const simple = await mirror((_, response, bytes) =>
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes),
    );
    writeFileSync(join(dir, `${names[0]!}.part`), packed.get(names[0]!)!.subarray(0, 500));
    await get(simple.url);
    expect(readFileSync(join(dir, names[0]!))).toEqual(packed.get(names[0]!));
  });

  it('gives up a silent mirror', async () => {
    const silent = await mirror(() => undefined);
    const good = await mirror();
    await get(silent.url, good.url);
    expect(onDisk()).toHaveLength(4);
  });

  it('replaces a file that is there but is not the published one', async () => {
    writeFileSync(join(dir, names[0]!), 'old');
    await get((await mirror()).url);
    expect(readFileSync(join(dir, names[0]!))).toEqual(packed.get(names[0]!));
  });

  it('fails in one sentence that tells what each mirror said, with status 1', async () => {
    const wrong = await mirror((request, response) =>
      honest(request, response, Buffer.from('not it at all')),
    );
    const gone = await mirror((_, response) => response.writeHead(410).end());
    const failing = get(await deadMirror(), wrong.url, gone.url);
    await expectNgcError(
      () => failing,
      'data',
      names[0]!,
      'refused the connection',
      'not the published file',
      'answered 410',
    );
    expect(onDisk()).toEqual([]); // nothing half-written, and no wrong .part to go on from
    await failing.catch((error: unknown) => expect(statusOf(error)).toBe(1));
  });

  it('can be stopped, keeps what has arrived, and goes on later', async () => {
    const stop = new AbortController();
    const slow = await mirror((_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 800), () => setTimeout(() => stop.abort(), 50));
    });
    await expectNgcError(
      () => getData(['fmnist', '--to', dir], { ...environment(slow.url), signal: stop.signal }),
      'cancelled',
      'goes on where it stopped',
    );
    expect(readFileSync(join(dir, `${names[0]!}.part`))).toHaveLength(800);
    const good = await mirror();
    await get(good.url);
    expect(good.asked[0]!.range).toBe('bytes=800-');
    expect(onDisk()).toHaveLength(4);
  });
});

describe('copying', () => {
  const put = (folder: string, files: Iterable<readonly [string, Uint8Array]>) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  };
  const copy = (from: string, ...more: string[]) =>
    getData(['fmnist', '--from', from, '--to', join(dir, 'to'), ...more], environment());

  it.each(['', 'fmnist', 'fashion-mnist-part', 'FashionMNIST/raw'])(
    'finds the files in the folder itself or in a named one: "%s"',
    async (folder) => {
      put(join(dir, 'from', folder), packed);
      await copy(join(dir, 'from'));
      for (const [name, bytes] of packed)
        expect(readFileSync(join(dir, 'to', name))).toEqual(bytes);
      expect(said.join('\n')).toContain('part of Fashion-MNIST: 40 pictures');
      const read = await loadDatasetFromDir('fmnist', join(dir, 'from'));
      expect(read.train.pixels).toEqual(somePixels(40));
    },
  );

  it('asks for --force before it replaces what is no file of a dataset', async () => {
    put(join(dir, 'from'), packed);
    put(join(dir, 'to'), [[names[1]!, Buffer.from('notes')]]);
    await expect(copy(join(dir, 'from'))).rejects.toThrow(/--to .* file of a dataset: .*--force/);
    expect(readdirSync(join(dir, 'to'))).toEqual([names[1]]);
    await copy(join(dir, 'from'), '--force');
    expect(readFileSync(join(dir, 'to', names[1]!))).toEqual(packed.get(names[1]!));
    await copy(join(dir, 'from')); // its own, once more
  });

  it('packs files that come unpacked', async () => {
    put(
      join(dir, 'from'),
      names.map((name, i) => [name.replace('.gz', ''), plain[i]!] as const),
    );
    await copy(join(dir, 'from'));
    names.forEach((name, i) =>
      expect(new Uint8Array(gunzipSync(readFileSync(join(dir, 'to', name))))).toEqual(plain[i]),
    );
  });

  it('writes nothing when a file is broken or missing, with status 2', async () => {
    put(join(dir, 'from'), packed);
    writeFileSync(join(dir, 'from', names[3]!), packed.get(names[3]!)!.subarray(0, 20));
    const failing = copy(join(dir, 'from'));
    await expectNgcError(() => failing, 'data', names[3]!, 'cut off');
    await failing.catch((error: unknown) => expect(statusOf(error)).toBe(2));
    rmSync(join(dir, 'from', names[3]!));
    await expectNgcError(() => copy(join(dir, 'from')), 'data', `lacks ${names[3]!}`);
    await expectNgcError(() => copy(join(dir, 'nowhere')), 'data', 'no such folder');
    mkdirSync(join(dir, 'empty'));
    await expectNgcError(() => copy(join(dir, 'empty')), 'data', 'no Fashion-MNIST');
    expect(existsSync(join(dir, 'to'))).toBe(false);
  });

  it.runIf(realFile('mnist/t10k-labels-idx1-ubyte.gz') !== null)(
    'does not take MNIST for a relative of it',
    async () => {
      const real = names.map((name) => [name, realFile(`mnist/${name}`)!] as const);
      put(join(dir, 'from'), real);
      await expectNgcError(() => copy(join(dir, 'from')), 'data', 'is a file of MNIST');
    },
  );
});

describe('the command', () => {
  it.each<[string[], string]>([
    [['digits'], 'Unknown dataset "digits"'],
    [['synthetic'], 'built in'],
    [['mnist', 'kmnist'], 'One dataset at a time'],
    [['--form', 'x'], 'Unknown option --form'],
    [['--from'], '--from needs a value'],
    [['--mirror', 'ftp://x/'], 'web address'],
    [['--mirror', 'http://x/', '--from', 'y'], 'not both'],
  ])('refuses %j', async (args, sentence) => {
    await expectNgcError(() => getData(args, environment()), 'usage', sentence);
  });

  /** As a person runs it. */
  function command(...args: string[]) {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/getData.ts', ...args], {
      cwd: root,
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (err += String(text)));
    return new Promise<{ status: number | null; out: string; err: string }>((done) =>
      child.on('close', (status) => done({ status, out, err })),
    );
  }

  it('ends with 2 and one line on standard error when called wrongly, 0 with help', async () => {
    const wrong = await command('digits');
    expect(wrong).toMatchObject({ status: 2, out: '' });
    expect(wrong.err).toMatch(/^data: Unknown dataset "digits".*\n$/);
    const help = await command('--help');
    expect(help.status).toBe(0);
    expect(help.out).toContain('--from DIR');
  });

  it('copies with status 0 and plain lines', async () => {
    mkdirSync(join(dir, 'from'));
    for (const [name, bytes] of packed) writeFileSync(join(dir, 'from', name), bytes);
    const done = await command('fmnist', '--from', join(dir, 'from'), '--to', join(dir, 'to'));
    expect(done).toMatchObject({ status: 0, err: '' });
    expect(done.out).toContain('part of Fashion-MNIST');
    expect(readdirSync(join(dir, 'to')).sort()).toEqual([...names].sort());
  });
});
