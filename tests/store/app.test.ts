import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../src/store/app.ts';
import type { Environment } from '../../src/store/context.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { episodeUpdate, fakeEngine, idleSnapshot } from '../fakes/engine.ts';

let engine: FakeEngine;
let hash: string;
let frame: (() => void) | null;

function environment(change: Partial<Environment> = {}): Environment {
  return {
    spawn: () => engine,
    base: 'http://test/',
    readHash: () => hash,
    writeHash: (next) => void (hash = next),
    requestFrame: (callback) => void (frame = callback),
    hidden: () => false,
    reducedMotion: () => false,
    download: () => undefined,
    copy: () => Promise.resolve(),
    href: () => `http://test/${hash}`,
    ...change,
  };
}

/** Lets the debounce run out and every promise settle. */
const wait = () => vi.advanceTimersByTimeAsync(500);
/** One animation frame, with the pull it causes. */
const tick = async () => {
  frame?.();
  await vi.advanceTimersByTimeAsync(0);
};

async function started(change: Partial<Environment> = {}) {
  const app = createApp(environment(change));
  const starting = app.start();
  await vi.advanceTimersByTimeAsync(4000); // the dataset waits for the first picture to settle
  await starting;
  await wait();
  return app;
}

beforeEach(() => {
  vi.useFakeTimers();
  engine = fakeEngine();
  hash = '';
  frame = null;
});
afterEach(() => vi.useRealTimers());

const notices = (app: Awaited<ReturnType<typeof started>>) =>
  app.store.getState().notices.map(({ text }) => text);

describe('opening the page', () => {
  it('shows the pretrained network completing a digit with its right half hidden', async () => {
    engine.pretrained = true;
    const app = await started();
    expect(engine.requests).toContainEqual(
      expect.objectContaining({ type: 'selectModel', variant: 'gncn-pdh', weights: 'pretrained' }),
    );
    const input = engine.requests.find((r) => r.type === 'setInput');
    expect(input?.mask?.slice(0, 28)).toEqual(
      Uint8Array.from({ length: 28 }, (_, i) => (i < 14 ? 1 : 0)),
    );
    // The picture goes before the data, and loading them does not disturb it.
    const order = engine.types().filter((type) => type === 'settle' || type === 'selectDataset');
    expect(order).toEqual(['settle', 'selectDataset']);
    expect(app.store.getState().drawing.past).toEqual([]);
  });

  it('goes on with synthetic digits where the dataset is missing, and says why', async () => {
    engine.refuse('selectDataset', 'MNIST is not there.', 'data');
    const app = await started();
    expect(app.store.getState().setUp.dataset).toBe('synthetic');
    expect(notices(app)).toContain('MNIST is not there.');
    expect(engine.types()).toContain('settle');
  });

  it('obeys the address, refuses what is out of range, and writes what holds', async () => {
    hash = '#model=gncn-t1&seed=-4&beta=7&leak=0.01';
    const app = await started();
    expect(engine.requests).toContainEqual({
      type: 'selectModel',
      variant: 'gncn-t1',
      weights: 'own',
      seed: 1,
      settings: { leak: 0.01 },
    });
    expect(notices(app).join()).toContain('seed=-4');
    expect(notices(app).join()).toContain('beta');
    expect(hash).toContain('leak=0.01');
    expect(hash).not.toContain('beta');
  });

  it('tells why the engine did not start', async () => {
    engine.refuse('start', 'No backend could be started.', 'backend');
    const app = await started();
    expect(app.store.getState()).toMatchObject({
      engine: 'failed',
      failure: 'No backend could be started.',
    });
  });
});

describe('the drawing', () => {
  it('is settled once it stays as it is', async () => {
    const app = await started();
    engine.requests.length = 0;
    app.actions.setOcclusion('left');
    app.actions.setOcclusion('top');
    await wait();
    expect(engine.types()).toEqual(['setInput', 'settle']);
  });

  it('is not settled while empty: an empty canvas predicts nothing', async () => {
    const app = await started();
    engine.requests.length = 0;
    app.actions.clear();
    await wait();
    await app.actions.settle();
    expect(engine.types()).not.toContain('settle');
    expect(notices(app).join()).toContain('empty');
  });

  it('comes back by undo, with its mask', async () => {
    const app = await started();
    const before = app.store.getState().drawing.present;
    app.actions.setPixels(new Float32Array(784).fill(0.9));
    app.actions.setMask(new Uint8Array(784));
    expect(app.store.getState().drawing.present.occlusion).toBe('brush');
    app.actions.undo();
    app.actions.undo();
    expect(app.store.getState().drawing.present).toBe(before);
  });

  it('waits for the user after a pause', async () => {
    const app = await started();
    engine.snapshot = idleSnapshot({ activity: 'settling' });
    await tick();
    await app.actions.toggle();
    engine.requests.length = 0;
    app.actions.setOcclusion('left');
    await wait();
    expect(engine.types()).toEqual(['setInput']);
  });
});

describe('training', () => {
  it('works on the own network and says so; the pretrained one returns if nothing was learnt', async () => {
    engine.pretrained = true;
    const app = await started();
    await app.actions.setMode('train');
    expect(app.store.getState().model?.weights).toBe('own');
    expect(notices(app).join()).toContain('your own network');
    await app.actions.setMode('complete');
    expect(app.store.getState().model?.weights).toBe('pretrained');
  });

  it('keeps the own network once it has learnt', async () => {
    engine.pretrained = true;
    const app = await started();
    await app.actions.setMode('train');
    const { model } = app.store.getState();
    engine.snapshot = idleSnapshot({ model: { ...model!, imagesSeen: 400 } });
    vi.advanceTimersByTime(1000);
    await tick();
    await app.actions.setMode('complete');
    expect(app.store.getState().model?.weights).toBe('own');
  });

  it('steps the batch there, and the drawing elsewhere', async () => {
    const app = await started();
    await app.actions.settlingStep();
    await app.actions.setMode('train');
    await app.actions.weightUpdate();
    expect(engine.requests).toContainEqual({ type: 'settlingStep', of: 'input' });
    expect(engine.requests).toContainEqual({ type: 'weightUpdate', of: 'training' });
  });
});

describe('scrubbing', () => {
  it('costs no computation until it reaches the end', async () => {
    const app = await started();
    app.episode.apply(episodeUpdate({ count: 3 }));
    engine.requests.length = 0;
    await app.actions.scrub(-1);
    await app.actions.scrub(-1);
    await app.actions.scrub(1);
    expect(app.episode.shown).toBe(1);
    expect(engine.types()).toEqual([]);
    await app.actions.scrub(1);
    await app.actions.scrub(1);
    expect(engine.types()).toEqual(['settlingStep']);
  });
});

describe('what goes wrong', () => {
  it('leaves everything as it was, with a sentence', async () => {
    const app = await started();
    const before = app.store.getState();
    engine.refuse('openModel', 'broken.safetensors ends too early.', 'file');
    await app.actions.openFiles([new File(['x'], 'broken.safetensors')]);
    expect(notices(app)).toEqual(['broken.safetensors ends too early.']);
    expect(app.store.getState().model).toBe(before.model);
    expect(app.store.getState().drawing).toBe(before.drawing);
  });

  it('says that it cannot see what the engine does', async () => {
    const app = await started();
    engine.refuse('pull', 'There is no such thing.', 'usage');
    await wait();
    await tick();
    expect(notices(app)).toEqual(['There is no such thing.']);
  });

  it('names a file that cannot be read', async () => {
    const app = await started();
    const file = new File(['x'], 'gone.safetensors');
    file.arrayBuffer = () => Promise.reject(new DOMException('It was moved.', 'NotReadableError'));
    await app.actions.openFiles([file]);
    expect(notices(app)).toEqual(['gone.safetensors could not be read (It was moved).']);
    expect(engine.types()).not.toContain('openModel');
  });

  it('shows what really computes once workers are lost', async () => {
    const app = await started();
    const backend = app.store.getState().backend!;
    engine.snapshot = idleSnapshot({ backend: { ...backend, adapter: 'one thread' } });
    await wait();
    await tick();
    expect(app.store.getState().backend).toEqual({ ...backend, adapter: 'one thread' });
  });

  it('says nothing about what the user cancelled', async () => {
    const app = await started();
    engine.refuse('sample', 'Cancelled.', 'cancelled');
    await app.actions.sample();
    expect(notices(app)).toEqual([]);
  });

  it('refuses a setting out of range before it reaches the engine', async () => {
    const app = await started();
    const setting = app.store.getState().report!.settings.find(({ key }) => key === 'beta')!;
    engine.requests.length = 0;
    expect(await app.actions.changeSetting(setting, '9')).toContain('Step size');
    expect(engine.types()).toEqual([]);
    expect(await app.actions.changeSetting(setting, '0.2')).toBeNull();
    expect(engine.types()).toContain('changeSettings');
  });

  it('restarts a dead engine with the same set-up and drawing', async () => {
    hash = '#seed=7';
    const app = await started();
    app.actions.setPixels(new Float32Array(784).fill(0.9));
    engine.die('The engine stopped: out of memory');
    expect(app.store.getState().failure).toContain('out of memory');
    const { drawing } = app.store.getState();
    engine = fakeEngine();
    const restarting = app.actions.restart();
    await vi.advanceTimersByTimeAsync(4000);
    await restarting;
    await wait();
    expect(engine.requests).toContainEqual(
      expect.objectContaining({ type: 'selectModel', seed: 7 }),
    );
    expect(app.store.getState()).toMatchObject({ engine: 'ready', failure: null, drawing });
    expect(engine.types()).toContain('settle');
  });
});

describe('the pump', () => {
  it('has one pull in flight, none while the page is hidden, few while nothing runs', async () => {
    let hidden = false;
    await started({ hidden: () => hidden });
    const pulls = () => engine.requests.filter(({ type }) => type === 'pull').length;
    engine.snapshot = idleSnapshot({ activity: 'training' });
    vi.advanceTimersByTime(1000);
    await tick();
    const first = pulls();
    await tick();
    await tick();
    expect(pulls()).toBe(first + 2);
    frame?.();
    frame?.();
    expect(pulls()).toBe(first + 3);
    await vi.advanceTimersByTimeAsync(0);
    hidden = true;
    await tick();
    expect(pulls()).toBe(first + 3);
    hidden = false;
    engine.snapshot = idleSnapshot();
    await tick();
    const idle = pulls();
    await tick();
    expect(pulls()).toBe(idle);
  });

  it('keeps the old objects of what did not change, so that nothing renders again', async () => {
    const app = await started();
    const { model } = app.store.getState();
    engine.snapshot = idleSnapshot({ model: structuredClone(model) });
    vi.advanceTimersByTime(1000);
    await tick();
    expect(app.store.getState().model).toBe(model);
  });
});
