import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { EngineClient, Port } from '../../src/client/client.ts';
import { createClient } from '../../src/client/client.ts';
import type { FromWorker } from '../../src/protocol/messages.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';
import { createRng } from '../../src/shared/rng.ts';
import { createApp } from '../../src/store/app.ts';
import { serveSession } from '../../src/worker/serve.ts';
import { Session } from '../../src/worker/session.ts';
import { fakeEnvironment } from '../fakes/environment.ts';

/*
 * The page without its looks over real engines on a real WebGPU device of Node (the optional package "webgpu"; SwiftShader will do),
 * which is destroyed again and again at any moment of a training: while a batch settles, while it is learnt from, while numbers are read
 * back. Only where NGC_TEST_WEBGPU is set. NGC_LOSSES says how often; 100 if it does not.
 */
const LOSSES = Number(process.env['NGC_LOSSES'] ?? 100);
const FRAME_MS = 16;

/** The engine, in this thread: what it is told and answers passes through a channel, as to a thread of its own. */
function spawn(): EngineClient {
  const { port1, port2 } = new MessageChannel();
  const served: Parameters<typeof serveSession>[0] = {
    postMessage: (message, { transfer }) => port2.postMessage(message, transfer),
    onmessage: null,
  };
  serveSession(served, new Session());
  port2.onmessage = (event: MessageEvent<unknown>) => void served.onmessage?.(event);
  const port: Port = {
    postMessage: (message, transfer) => port1.postMessage(message, transfer),
    terminate() {
      port1.close();
      port2.close();
    },
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  port1.onmessage = (event: MessageEvent<FromWorker>) => port.onmessage?.(event);
  return createClient(port);
}

describe.skipIf(!process.env['NGC_TEST_WEBGPU'])('a WebGPU device', () => {
  const devices: GPUDevice[] = [];

  beforeAll(async () => {
    Object.assign(globalThis, { fetch: () => Promise.reject(new Error('no network in tests')) });
    await nodeHost.gpu();
    const prototype = GPUAdapter.prototype;
    const ask = prototype.requestDevice;
    prototype.requestDevice = async function (...given) {
      const device = await ask.apply(this, given);
      devices.push(device);
      return device;
    };
  });
  afterAll(() => {
    for (const device of devices) device.destroy();
  });

  test(`that is lost ${LOSSES} times while a network learns: the training goes on`, async () => {
    let now = 0;
    const app = createApp(
      fakeEnvironment({
        spawn,
        readHash: () => '#mode=train&backend=webgpu&dataset=synthetic&seed=1&sizes=784,24,24&batch=20&steps=8', // prettier-ignore
        requestFrame: (callback) => void setTimeout(callback, FRAME_MS),
        now: () => (now += 3_600_000),
      }),
    );
    await app.start();
    expect(app.store.getState().backend).toMatchObject({ name: 'webgpu' });
    const seen = () => app.store.getState().training?.imagesSeen ?? 0;
    const until = (images: number) =>
      expect.poll(seen, { timeout: 120_000, interval: 5 }).toBeGreaterThan(images);
    await app.actions.startTraining();
    const rng = createRng(1);
    const said = new Set<string>();
    let most = 0;
    for (let loss = 1; loss <= LOSSES; loss++) {
      await until(seen());
      await new Promise((resolve) => setTimeout(resolve, rng.below(1500)));
      const before = seen();
      const generation = devices.length;
      devices.at(-1)!.destroy();
      await expect.poll(() => devices.length, { timeout: 120_000 }).toBeGreaterThan(generation);
      const recovered = () => app.store.getState().notices.some(({ topic }) => topic === 'recovered'); // prettier-ignore
      await expect.poll(recovered, { timeout: 120_000, interval: 5 }).toBe(true);
      for (const { id, text } of app.store.getState().notices) {
        said.add(text.replace(/[\d,]+/, 'N'));
        app.actions.dismiss(id);
      }
      await expect.poll(seen, { timeout: 60_000, interval: 2 }).toBeGreaterThan(0);
      most = Math.max(most, before - seen());
    }
    await until(seen());
    expect([...said].filter((text) => !/^The graphics device was lost.*: the engine stopped and was started again; training goes on from batch N\.$/.test(text))).toEqual([]); // prettier-ignore
    expect(app.store.getState().backend).toMatchObject({ name: 'webgpu' });
    process.stdout.write(`lost ${LOSSES} times; ${seen()} images learnt; done again at most ${most} images\n`); // prettier-ignore
    await app.actions.pause();
  });
});
