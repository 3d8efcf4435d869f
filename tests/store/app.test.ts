import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../src/store/app.ts';
import { mainButton } from '../../src/store/mainButton.ts';
import type { Environment } from '../../src/store/context.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { episodeUpdate, fakeEngine, idleSnapshot } from '../fakes/engine.ts';

let engine: FakeEngine;
let hash: string;
let frame: (() => void) | null;

const environment = (change: Partial<Environment>) =>
  fakeEnvironment({
    spawn: () => engine,
    readHash: () => hash,
    writeHash: (next) => void (hash = next),
    requestFrame: (callback) => void (frame = callback),
    ...change,
  });

/** Lets the debounce run out and every promise settle. */
const wait = () => vi.advanceTimersByTimeAsync(500);
/** One animation frame, with the pull it causes. */
const tick = async () => {
  frame?.();
  await vi.advanceTimersByTimeAsync(0);
};

/** A look at the engine, however idle it is. */
const look = async () => {
  vi.advanceTimersByTime(1000);
  await tick();
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
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
    await look();
    await wait();
    await app.actions.press('pauseSettling');
    engine.requests.length = 0;
    app.actions.setOcclusion('left');
    await wait();
    expect(engine.types()).toEqual(['setInput']);
  });
});

describe('the main button', () => {
  const settling = () => (engine.snapshot = idleSnapshot({ activity: 'settling' }));

  it('says what it does', async () => {
    const app = await started();
    const says = () => mainButton(app.store.getState());
    expect(says()).toBe('settle');
    settling();
    await look();
    expect(says()).toBe('pauseSettling');
    engine.snapshot = idleSnapshot();
    await look();
    await app.actions.setMode('train');
    expect(says()).toBe('startTraining');
    engine.snapshot = idleSnapshot({ activity: 'training' });
    await look();
    expect(says()).toBe('pauseTraining');
    engine.snapshot = idleSnapshot();
    await look();
    await app.actions.setMode('sample');
    expect(says()).toBe('drawSamples');
  });

  it('settles, trains, draws samples, and pauses', async () => {
    const app = await started();
    engine.requests.length = 0;
    await app.actions.press('settle');
    await app.actions.setMode('train');
    await app.actions.press('startTraining');
    await app.actions.press('pauseTraining');
    await app.actions.setMode('sample');
    await app.actions.press('drawSamples');
    const asked = engine.types().filter((type) => type !== 'selectModel' && type !== 'setSpeed');
    // Leaving Train pauses too.
    expect(asked).toEqual(['setInput', 'settle', 'startTraining', 'pause', 'pause', 'sample']);
  });

  it('means what the person saw: “Settle”, though the drawing has begun to settle by itself', async () => {
    const app = await started();
    app.actions.setOcclusion('left');
    await wait();
    settling();
    await look();
    engine.requests.length = 0;
    // The press was on its way when the button became “Pause settling”, or the word was still the old one.
    await app.actions.press('pauseSettling');
    await app.actions.press('settle');
    expect(engine.types()).toEqual([]);
    expect(app.store.getState().autoplay).toBe(true);
    // Whoever has had the time to read it pauses.
    await wait();
    await app.actions.press('pauseSettling');
    expect(engine.types()).toEqual(['pause']);
  });

  it('pauses at once what it has started itself', async () => {
    const app = await started();
    await app.actions.press('settle');
    settling();
    await look();
    engine.requests.length = 0;
    await app.actions.press('pauseSettling');
    expect(engine.types()).toEqual(['pause']);
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

  it('says in a sentence that a file cannot be read, and takes the others', async () => {
    const app = await started();
    const gone = new File(['x'], 'gone.safetensors');
    gone.arrayBuffer = () => Promise.reject(new DOMException('It was moved.', 'NotFoundError'));
    await app.actions.openFiles([gone, new File(['x'], 'here.safetensors')]);
    expect(notices(app)).toEqual([
      'gone.safetensors could not be read (It was moved).',
      'Opened here.safetensors: here.safetensors.',
    ]);
  });

  it('says why no engine can be had, and starts one when asked again', async () => {
    let broken = true;
    const app = await started({
      spawn() {
        if (broken) throw new Error('Workers are forbidden here.');
        return engine;
      },
    });
    expect(app.store.getState()).toMatchObject({
      engine: 'failed',
      failure: 'Workers are forbidden here.',
    });
    broken = false;
    const restarting = app.actions.restart();
    await vi.advanceTimersByTimeAsync(4000);
    await restarting;
    expect(app.store.getState()).toMatchObject({ engine: 'ready', failure: null });
  });

  it('tells of a fault in the page once, and goes on with what else there is', async () => {
    let uncaught: (error: unknown) => void = () => undefined;
    const app = await started({ onFault: (listener) => void (uncaught = listener) });
    const report = vi.fn((error: unknown) => uncaught(error));
    vi.stubGlobal('reportError', report);
    let faults = 0;
    app.episode.changed.subscribe(() => {
      faults++;
      throw new Error('a painter fails');
    });
    engine.snapshot = idleSnapshot({ activity: 'settling', episode: episodeUpdate({ count: 1 }) });
    await look();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 1, from: 1 }) });
    await look();
    expect([faults, app.episode.count, app.store.getState().activity]).toEqual([2, 2, 'idle']);
    expect(report).toHaveBeenCalledTimes(2);
    expect(notices(app)).toHaveLength(1);
    app.actions.dismiss(app.store.getState().notices[0]!.id);
    uncaught(new Error('again'));
    expect(notices(app)).toEqual([]);
    // An answer that cannot be taken is a fault of the page; a request that failed is not.
    engine.snapshot = { ...idleSnapshot(), notices: null as unknown as [] };
    await look();
    expect(report).toHaveBeenCalledTimes(3);
    engine.refuse('pull', 'The engine stopped.', 'bug');
    await look();
    expect(report).toHaveBeenCalledTimes(3);
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

describe('another engine', () => {
  it('is shown from its first episode on, though it counts episodes, runs and synapses anew', async () => {
    const app = await started();
    const point = { imagesSeen: 10, trainBce: 300, testBce: null, sparsity: [], discrepancy: null, weightChange: 1 }; // prettier-ignore
    engine.snapshot = idleSnapshot({
      episode: episodeUpdate({ count: 6 }),
      history: { run: 1, from: 0, points: [point, point] },
      weightsVersion: 3,
    });
    await look();
    expect([app.episode.count, app.curves.points.length]).toEqual([6, 2]);
    const before = app.episode.info!.id;
    engine = fakeEngine();
    engine.snapshot = idleSnapshot({
      episode: episodeUpdate({ count: 2 }),
      history: { run: 1, from: 0, points: [point] },
      weightsVersion: 1,
    });
    const restarting = app.actions.chooseBackend('cpu');
    expect(app.episode.have).toEqual({ episode: -1, frames: 0 });
    await vi.advanceTimersByTimeAsync(4000);
    await restarting;
    await look();
    expect([app.episode.count, app.episode.shown, app.curves.points.length]).toEqual([2, 1, 1]);
    expect(app.episode.past).toEqual([]);
    // Who remembers an episode by its number must not take it for the one before.
    expect(app.episode.info!.id).not.toBe(before);
    expect(app.store.getState().weightsVersion).toBe(1);
  });
});

describe('what was seen', () => {
  const pixels = new Float32Array(784).fill(0.9);
  const mask = Uint8Array.from({ length: 784 }, (_, i) => i % 2);

  it('stays with the frames: what was sent to the engine, not what is on the canvas now', async () => {
    const app = await started();
    app.actions.setPixels(pixels);
    app.actions.setMask(mask);
    await wait();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 6 }) });
    await look();
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
    app.actions.setPixels(new Float32Array(784).fill(0.6)); // on the canvas, not yet with the engine
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 1, from: 6 }) });
    await look();
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
    await wait();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ id: 2, count: 1 }) });
    await look();
    expect(app.episode.pictureAt()!.pixels[0]).toBeCloseTo(0.6);
    app.actions.recall(app.episode.past[0]!.id);
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
  });

  it('is not what the engine refused', async () => {
    const app = await started();
    app.actions.setPixels(pixels);
    await wait();
    engine.refuse('setInput', 'No.');
    app.actions.setPixels(new Float32Array(784).fill(0.6));
    engine.requests.length = 0;
    await wait();
    expect(engine.types()).toEqual(['setInput']); // nothing to settle
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 2 }) });
    await look();
    expect(app.episode.pictureAt()).toMatchObject({ pixels });
  });

  it('changes from frame to frame while live', async () => {
    const app = await started();
    app.actions.setLive(true);
    await wait();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 2, live: true }) });
    await look();
    app.actions.sketch(pixels, null);
    await wait();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 1, from: 2, live: true }) });
    await look();
    expect(app.episode.pictureAt()!.pixels).toEqual(pixels);
    expect(app.episode.pictureAt(1)!.pixels).not.toEqual(pixels);
    // A batch that is learnt shows no drawing.
    engine.snapshot = idleSnapshot({
      episode: episodeUpdate({ id: 2, count: 1, kind: 'training' }),
    });
    await look();
    expect(app.episode.pictureAt()).toBeNull();
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
