import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import type { EngineClient, Port } from '../../src/client/client.ts';
import { createClient } from '../../src/client/client.ts';
import type { ModelFile } from '../../src/io/modelFile.ts';
import { decodeModel } from '../../src/io/modelFile.ts';
import type { FromWorker, Request, Results } from '../../src/protocol/messages.ts';
import { createRng } from '../../src/shared/rng.ts';
import { createApp } from '../../src/store/app.ts';
import { Session } from '../../src/worker/session.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { EngineFile } from './engineBundle.ts';
import { bundleEngine } from './engineBundle.ts';
import { fewDigits } from './fewDigits.ts';

/*
 * The page without its looks over real engines in threads of Node, which are killed again and again at any moment of a training. In
 * the end it has learnt what a training that was never disturbed has learnt, to the bit. NGC_KILLS says how often; 100 if it does not.
 */
const KILLS = Number(process.env['NGC_KILLS'] ?? 100);
/** Draws when. */
const SEED = Number(process.env['NGC_SEED'] ?? 1);
const SETTINGS = 'sizes=784,24,24&batch=20&steps=8';
/** The page looks this often (ms), as with its frames. */
const FRAME_MS = 16;

let engine: EngineFile;
let threads: Worker[] = [];
/** No engine takes the place of one that the test itself has done with. */
let over = false;
beforeAll(async () => {
  engine = await bundleEngine();
  vi.stubGlobal('fetch', fewDigits());
});
afterAll(() => engine.remove());
afterEach(async () => {
  over = true;
  await Promise.all(threads.map((thread) => thread.terminate()));
  threads = [];
});

/** An engine in a thread; that it has ended is seen as a browser's lock would show it. */
function spawn(): EngineClient {
  if (over) throw new Error('The test is over.');
  const thread = new Worker(engine.url, { execArgv: [] });
  threads.push(thread);
  const port: Port = {
    postMessage: (message, transfer) => thread.postMessage(message, transfer as ArrayBuffer[]),
    terminate: () => void thread.terminate(),
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  thread.on('message', (data: FromWorker) =>
    port.onmessage?.(new MessageEvent('message', { data })),
  );
  return createClient(port, {
    watchLife(onEnd) {
      thread.on('exit', onEnd);
      return () => void thread.off('exit', onEnd);
    },
  });
}

/** What a training that nothing disturbs has learnt after so many images. */
async function undisturbed(images: number): Promise<ModelFile> {
  const session = new Session();
  const ask = <R extends Request>(request: R) =>
    session.handle(request) as Promise<Results[R['type']]>;
  await ask({ type: 'start', backend: 'cpu', base: 'http://localhost/' });
  await ask({ type: 'selectDataset', dataset: 'mnist' });
  const settings = { sizes: [784, 24, 24], batch: 20, steps: 8 };
  await ask({ type: 'selectModel', variant: 'gncn-pdh', weights: 'own', seed: 1, settings });
  for (;;) {
    const { bytes } = await ask({ type: 'saveModel' });
    const file = decodeModel(new Uint8Array(bytes), 'undisturbed');
    if (file.training!.imagesSeen >= images) return file;
    for (let i = file.training!.imagesSeen; i < images; i += 20)
      await ask({ type: 'weightUpdate', of: 'training' });
  }
}

test(`an engine that is killed ${KILLS} times while it trains: nothing that was learnt is lost`, async () => {
  let saved: ArrayBuffer | null = null;
  let now = 0;
  // Losses an hour apart are accidents: how often in a minute is too often is tested elsewhere.
  const app = createApp(
    fakeEnvironment({
      spawn,
      readHash: () => `#mode=train&backend=cpu&dataset=mnist&seed=1&${SETTINGS}`,
      requestFrame: (callback) => void setTimeout(callback, FRAME_MS),
      download: (bytes) => void (saved = bytes),
      now: () => (now += 3_600_000),
    }),
  );
  await app.start();
  const seen = () => app.store.getState().training?.imagesSeen ?? 0;
  const until = (images: number) =>
    expect.poll(seen, { timeout: 120_000, interval: 5 }).toBeGreaterThan(images);
  await app.actions.startTraining();
  const rng = createRng(SEED);
  const lost: number[] = [];
  const took: number[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    await until(seen());
    await new Promise((resolve) => setTimeout(resolve, rng.below(1500)));
    const before = seen();
    const began = performance.now();
    void threads.at(-1)!.terminate();
    const recovered = () => app.store.getState().notices.some(({ topic }) => topic === 'recovered');
    await expect.poll(recovered, { timeout: 120_000, interval: 5 }).toBe(true);
    took.push(performance.now() - began);
    for (const { id } of app.store.getState().notices) app.actions.dismiss(id);
    await expect.poll(seen, { timeout: 60_000, interval: 2 }).toBeGreaterThan(0);
    lost.push(Math.max(0, before - seen()));
    expect(app.store.getState()).toMatchObject({ engine: 'ready', failure: null });
  }
  await until(seen());
  await app.actions.pause();
  await app.actions.saveModel();
  const file = decodeModel(new Uint8Array(saved!), 'disturbed');
  const { imagesSeen } = file.training!;
  // No batch was left out, none learnt twice.
  expect({ ...file, card: null }).toEqual({ ...(await undisturbed(imagesSeen)), card: null });
  const most = Math.max(...lost);
  process.stdout.write(
    `killed ${KILLS} times; ${imagesSeen} images learnt, bit for bit as undisturbed; done again at most ${most} images; back after ${Math.round(took.reduce((a, b) => a + b) / KILLS)} ms on average\n`,
  );
});
