import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { createApp } from '../../src/store/app.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { episodeUpdate, fakeEngine, idleSnapshot } from '../fakes/engine.ts';

let engine: FakeEngine;
let frame: (() => void) | null;

/** Lets the debounce run out and every promise settle. */
const wait = () => vi.advanceTimersByTimeAsync(500);
const tick = async () => {
  frame?.();
  await vi.advanceTimersByTimeAsync(150);
};

async function started() {
  const requestFrame = (callback: () => void) => void (frame = callback);
  const app = createApp(fakeEnvironment({ spawn: () => engine, requestFrame }));
  const starting = app.start();
  await vi.advanceTimersByTimeAsync(4000);
  await starting;
  await wait();
  engine.requests.length = 0;
  return app;
}
const sent = (type: string) => engine.requests.filter((request) => request.type === type);
const ended = () => episodeUpdate({ count: 6 });
const underWay = () => episodeUpdate({ count: 3 });

beforeEach(() => {
  vi.useFakeTimers();
  engine = fakeEngine();
  frame = null;
});
afterEach(() => vi.useRealTimers());

describe('lesions', () => {
  it('are cut and healed one by one, and what has ended goes on to show it', async () => {
    const app = await started();
    app.episode.apply(ended());
    await app.actions.toggleCut('lateral');
    expect(sent('setLesions').at(-1)).toMatchObject({ lesions: { ...NO_LESIONS, lateral: true } });
    expect(sent('settle')).toEqual([{ type: 'settle' }]);
    await app.actions.toggleLayer(2);
    await app.actions.toggleUnit({ layer: 1, index: 3 });
    const lesions = { ...NO_LESIONS, lateral: true, layers: [2], units: [{ layer: 1, index: 3 }] };
    expect(sent('setLesions').at(-1)).toMatchObject({ lesions });
    await app.actions.toggleUnit({ layer: 1, index: 3 });
    await app.actions.toggleUnit({ layer: 2, index: 0 }); // silent with its layer: all of it fires again
    await app.actions.toggleCut('lateral');
    expect(app.store.getState().lesions).toEqual(NO_LESIONS);
    await app.actions.toggleLayer(1);
    await app.actions.heal();
    expect(sent('setLesions').at(-1)).toMatchObject({ lesions: NO_LESIONS });
  });

  it('leave an episode alone that is under way or was stopped', async () => {
    const app = await started();
    app.episode.apply(underWay());
    await app.actions.toggleCut('leak');
    app.episode.apply(episodeUpdate({ id: 2, count: 6 }));
    await app.actions.pause();
    await app.actions.toggleCut('leak');
    expect(sent('settle')).toEqual([]);
  });

  it('are what the engine says they are', async () => {
    const app = await started();
    const lesions = { ...NO_LESIONS, topDown: true };
    engine.snapshot = idleSnapshot({ lesions, background: { label: 'Measuring', fraction: 0.5, secondsLeft: 1 } }); // prettier-ignore
    await tick();
    expect(app.store.getState()).toMatchObject({ lesions, background: { fraction: 0.5 } });
  });
});

describe('steering', () => {
  it('sends levers together, the newest of each, and begins no new episode', async () => {
    const app = await started();
    app.episode.apply(underWay());
    void app.actions.steer({ beta: 0.1 });
    void app.actions.steer({ leak: 0.2 });
    await app.actions.steer({ leak: 0.3, selfExcitation: 1 });
    await wait();
    expect(sent('changeSettings')).toEqual([
      { type: 'changeSettings', settings: { beta: 0.1 } },
      { type: 'changeSettings', settings: { leak: 0.3, selfExcitation: 1 } },
    ]);
    expect(engine.types()).not.toContain('setInput');
    expect(engine.types()).not.toContain('settle');
    const { model, overrides } = app.store.getState();
    expect(model!.config).toMatchObject({ beta: 0.1, leak: 0.3 });
    expect(overrides).toMatchObject({ beta: 0.1, leak: 0.3, selfExcitation: 1 });
  });

  it('a live setting from the drawer restarts an episode only where it has ended', async () => {
    const app = await started();
    const beta = app.store.getState().report!.settings.find(({ key }) => key === 'beta')!;
    app.episode.apply(underWay());
    await app.actions.changeSetting(beta, '0.2');
    await wait();
    expect(sent('setInput')).toEqual([]);
    app.episode.apply(episodeUpdate({ id: 2, count: 6 }));
    await app.actions.changeSetting(beta, '0.3');
    await wait();
    expect(sent('setInput')).toHaveLength(1);
  });
});

describe('live', () => {
  it('shows every change of the canvas at once, and goes back to episodes', async () => {
    const app = await started();
    app.actions.sketch(new Float32Array(784), null); // not live: a stroke under way is nobody's business
    app.actions.setLive(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent('liveInput')).toHaveLength(1);
    app.actions.sketch(new Float32Array(784).fill(1), null);
    app.actions.clear(); // an empty page is seen too
    await vi.advanceTimersByTimeAsync(0);
    expect(sent('liveInput')).toHaveLength(3);
    await wait();
    expect(sent('setInput')).toEqual([]);
    app.actions.setPixels(new Float32Array(784).fill(1));
    app.actions.setLive(false);
    await wait();
    expect(engine.types().slice(-2)).toEqual(['setInput', 'settle']);
  });

  it('starts again after a pause, and after another mode', async () => {
    const app = await started();
    app.actions.setLive(true);
    await wait();
    await app.actions.pause();
    await app.actions.settle();
    expect(engine.types().slice(-3)).toEqual(['pause', 'liveInput', 'settle']);
    await app.actions.setMode('sample');
    await app.actions.setMode('complete');
    expect(engine.types().slice(-2)).toEqual(['liveInput', 'settle']);
  });
});

describe('reports', () => {
  it('are asked for once for the same synapses', async () => {
    const app = await started();
    await app.actions.refreshNeuron({ layer: 1, index: 2 });
    await app.actions.refreshNeuron({ layer: 1, index: 2 });
    await app.actions.refreshNeuron({ layer: 1, index: 3 });
    expect(sent('neuron')).toHaveLength(2);
    await app.actions.refreshSynapses(['W1', 'W2']);
    await app.actions.refreshSynapses(['W1']);
    expect(sent('synapses')).toHaveLength(2);
    expect([...app.store.getState().synapses.keys()]).toEqual(['W1', 'W2']);
    engine.snapshot = idleSnapshot({ weightsVersion: 2 });
    await tick();
    await tick();
    await app.actions.refreshSynapses(['W1']);
    await app.actions.refreshNeuron({ layer: 1, index: 3 });
    expect([sent('synapses').length, sent('neuron').length]).toEqual([3, 3]);
  });

  it('of the drawing without competition: none once the drawing changes', async () => {
    const app = await started();
    await app.actions.compareLateral();
    expect(app.store.getState().withoutLateral!.active.at(-1)).toEqual([1, 1]);
    app.actions.setPixels(new Float32Array(784).fill(1));
    expect(app.store.getState().withoutLateral).toBeNull();
    // Another network: what was told of the old one does not hold.
    await app.actions.reseed();
    expect(app.store.getState()).toMatchObject({ surprises: [], neuron: null });
  });
});
