import { describe, expect, it, vi } from 'vitest';
import { episodeUpdate, fakeEngine, idleSnapshot } from '../fakes/engine.ts';
import {
  engine,
  wait,
  tick,
  look,
  started,
  notices,
  useFakeEngine,
  replaceEngine,
  setHash,
} from '../helpers/openPage.ts';

useFakeEngine();

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

  it('puts another engine in the place of a dead one, by itself, with the same set-up and drawing', async () => {
    setHash('#seed=7');
    const app = await started();
    app.actions.setPixels(new Float32Array(784).fill(0.9));
    const { drawing } = app.store.getState();
    const dying = engine;
    replaceEngine(fakeEngine());
    dying.die('The engine stopped: out of memory');
    await vi.advanceTimersByTimeAsync(4000);
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
    const point = { imagesSeen: 10, trainBce: 300, validationBce: null, sparsity: [], discrepancy: null, mmse: null, weightChanges: [1], changes: [] }; // prettier-ignore
    engine.snapshot = idleSnapshot({
      episode: episodeUpdate({ count: 6 }),
      history: { run: 1, from: 0, points: [point, point] },
      weightsVersion: 3,
    });
    await look();
    expect([app.episode.count, app.curves.points.length]).toEqual([6, 2]);
    const before = app.episode.info!.id;
    replaceEngine(fakeEngine());
    engine.snapshot = idleSnapshot({
      episode: episodeUpdate({ count: 2 }),
      history: { run: 1, from: 0, points: [point] },
      weightsVersion: 1,
    });
    const restarting = app.actions.chooseBackend('cpu');
    await vi.advanceTimersByTimeAsync(0); // the old one is asked for a last copy
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
