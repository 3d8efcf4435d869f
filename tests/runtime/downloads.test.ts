import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { encodeModel } from '../../src/io/modelFile.ts';
import { beginDownload } from '../../src/runtime/pretrained.ts';
import type { Request, Results } from '../../src/protocol/messages.ts';
import { Session } from '../../src/worker/session.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallModel } from '../helpers/models.ts';

/* Pretrained networks that are on their way before they are asked for. */

const ENTRY = { file: 'a.safetensors', url: 'http://localhost/models/a.safetensors', dataset: 'MNIST' }; // prettier-ignore
const never = () => new AbortController().signal;

afterEach(() => void vi.unstubAllGlobals());

describe('a download', () => {
  /** A host that sends what it is told to, when it is told to. */
  function host(length: number) {
    let body!: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) }); // prettier-ignore
    vi.stubGlobal('fetch', (_: unknown, { signal }: RequestInit) => {
      signal?.addEventListener('abort', () => body.error(new Error('aborted')));
      return Promise.resolve(
        new Response(stream, { headers: { 'content-length': String(length) } }),
      );
    });
    return {
      send: (...bytes: number[]) => body.enqueue(Uint8Array.from(bytes)),
      end: () => body.close(),
      fail: () => body.error(new Error('the wire was cut')),
    };
  }
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('comes by itself; whoever asks later hears what has come by then, and the rest', async () => {
    const { send, end } = host(4);
    const download = beginDownload(ENTRY);
    send(1, 2, 3);
    await aWhile();
    const heard: number[] = [];
    const bytes = download.bytes(never(), (fraction) => heard.push(fraction));
    expect(heard).toEqual([0.75]);
    send(4);
    end();
    expect([...new Uint8Array(await bytes)]).toEqual([1, 2, 3, 4]);
    expect(heard).toEqual([0.75, 1]);
  });

  test('that breaks is told to whoever asks for it, in a sentence; one that nobody asks for breaks nothing', async () => {
    const { fail } = host(4);
    const download = beginDownload(ENTRY);
    await aWhile();
    fail();
    await aWhile();
    await expect(download.bytes(never(), () => undefined)).rejects.toThrow(
      /could not be loaded \(the wire was cut\)/,
    );
  });

  test('can be given up by whoever asked for it', async () => {
    host(4);
    const controller = new AbortController();
    const bytes = beginDownload(ENTRY).bytes(controller.signal, () => undefined);
    await aWhile();
    controller.abort();
    await expect(bytes).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('a session that is told which network to expect', () => {
  const VARIANTS = ['gncn-t1', 'gncn-pdh'] as const;
  const asked: string[] = [];
  beforeEach(async () => {
    await useBackend('cpu');
    asked.length = 0;
    const files = new Map<string, BodyInit>();
    const models = [];
    for (const variant of VARIANTS) {
      const model = await smallModel(variant, { sizes: [784, 6, 6] });
      const parameters = await model.toArrays();
      const rest = { prior: null, optimizer: null, training: null };
      const bytes = encodeModel({ config: model.config, parameters, ...rest });
      files.set(`models/${variant}.safetensors`, bytes.slice().buffer);
      models.push({ variant, file: `${variant}.safetensors`, dataset: 'MNIST' });
      model.dispose();
    }
    files.set('models/index.json', JSON.stringify({ models }));
    vi.stubGlobal('fetch', (address: string | URL) => {
      const name = String(address).replace('http://localhost/', '');
      asked.push(name);
      const body = files.get(name);
      return Promise.resolve(
        new Response(body ?? null, { status: body === undefined ? 404 : 200 }),
      );
    });
  });

  async function started(expects?: (typeof VARIANTS)[number]) {
    const session = new Session();
    const ask = <R extends Request>(request: R) =>
      session.handle(request) as Promise<Results[R['type']]>;
    const how = expects === undefined ? {} : { expects };
    await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/', ...how });
    const select = (variant: (typeof VARIANTS)[number]) =>
      ask({ type: 'selectModel', variant, weights: 'pretrained', seed: 1 });
    return { select };
  }
  const timesOf = (variant: string) => asked.filter((name) => name.includes(variant)).length;

  test('has it on its way when it has started, and fetches it once', async () => {
    const { select } = await started('gncn-t1');
    expect(timesOf('gncn-t1')).toBe(1);
    expect((await select('gncn-t1')).config.variant).toBe('gncn-t1');
    expect([timesOf('gncn-t1'), timesOf('gncn-pdh')]).toEqual([1, 0]);
  });

  test('shows another one where another one is asked for', async () => {
    const { select } = await started('gncn-t1');
    expect((await select('gncn-pdh')).config.variant).toBe('gncn-pdh');
    expect((await select('gncn-t1')).config.variant).toBe('gncn-t1');
  });

  test('fetches nothing ahead where nothing is expected', async () => {
    const { select } = await started();
    expect(timesOf('gncn-t1')).toBe(0);
    expect((await select('gncn-t1')).config.variant).toBe('gncn-t1');
  });
});
