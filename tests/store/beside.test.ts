import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Condition } from '../../src/protocol/condition.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import { createApp } from '../../src/store/app.ts';
import { activeAt, activityAt, besidePicture, cutSince, twinOf } from '../../src/store/beside.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { CONDITION, episodeUpdate, fakeEngine, idleSnapshot } from '../fakes/engine.ts';

const LESIONS = { ...NO_LESIONS, lateral: true };
const CUT: Condition = { ...CONDITION, lesions: LESIONS };

describe('a lesion', () => {
  const frames = (conditions: readonly Condition[], steps: readonly number[], shown: number) => ({
    conditionAt: (index = shown) => conditions[index] ?? null,
    stepAt: (index: number) => steps[index] ?? 0,
    shown,
  });

  it('has a step at which it was cut, and the steps made since are counted', () => {
    const conditions = [CONDITION, CONDITION, CUT, CUT, CUT];
    const at = (shown: number) => cutSince(frames(conditions, [10, 11, 12, 13, 20], shown));
    expect([0, 1, 2, 3, 4].map(at)).toEqual([
      null,
      null,
      { at: 12, since: 0 },
      { at: 12, since: 1 },
      { at: 12, since: 8 },
    ]);
    // Healed in between: what counts is the cut that holds.
    const healed = frames([CUT, CONDITION, CUT], [0, 1, 2], 2);
    expect(cutSince(healed)).toEqual({ at: 2, since: 0 });
  });
});

describe('the intact network beside', () => {
  let engine: FakeEngine;
  let frame: (() => void) | null;
  const asked = () => engine.requests.filter(({ type }) => type === 'settleBeside');
  const rest = () => vi.advanceTimersByTimeAsync(1000);

  async function started() {
    const requestFrame = (callback: () => void) => void (frame = callback);
    const app = createApp(fakeEnvironment({ spawn: () => engine, requestFrame }));
    const starting = app.start();
    await vi.advanceTimersByTimeAsync(4000);
    await starting;
    frame?.();
    await rest();
    engine.requests.length = 0;
    return app;
  }
  const cut = (change: Partial<EpisodeUpdate> & { count?: number } = {}) =>
    episodeUpdate({
      count: 6,
      weightsVersion: 0,
      conditions: Array.from({ length: 6 }, () => CUT),
      ...change,
    });

  beforeEach(() => {
    vi.useFakeTimers();
    engine = fakeEngine();
    engine.snapshot = idleSnapshot({ lesions: LESIONS });
    frame = null;
  });
  afterEach(() => vi.useRealTimers());

  it('settles as many steps as the cut one has, and again when that goes on', async () => {
    const app = await started();
    app.store.setState({ lesions: LESIONS });
    app.episode.apply(cut());
    await rest();
    expect(asked()).toEqual([{ type: 'settleBeside', lesions: NO_LESIONS, steps: 5 }]);
    const twin = twinOf(app.store.getState(), app.episode)!;
    expect(twin).toMatchObject({ steps: 5, lesions: NO_LESIONS });
    expect(activeAt(twin, 5)).toEqual([1, 1]);
    expect(activeAt(twin, 6)).toBeNull();
    expect(besidePicture(twin, 5)).toHaveLength(784);
    expect(besidePicture(twin, 6)).toBeNull();
    expect(activityAt(twin, 2, 5)).toEqual(new Float32Array(4).fill(1));
    await rest();
    expect(asked()).toHaveLength(1);
    app.episode.apply(cut({ count: 1, steps: 10, stepOf: [10], from: 6, next: 7 }));
    await rest();
    expect(asked().at(-1)).toMatchObject({ steps: 10 });
  });

  it('is of this episode and its settings: another drawing or β has its own', async () => {
    const app = await started();
    app.store.setState({ lesions: LESIONS });
    app.episode.apply(cut());
    await rest();
    const { config } = app.episode.info!;
    app.episode.apply(cut({ count: 0, from: 6, next: 6, config: { ...config, beta: 0.9 } }));
    expect(twinOf(app.store.getState(), app.episode)).toBeNull();
    await rest();
    expect(twinOf(app.store.getState(), app.episode)).not.toBeNull();
    app.episode.apply(cut({ id: 2 }));
    expect(twinOf(app.store.getState(), app.episode)).toBeNull();
    await rest();
    expect(asked()).toHaveLength(3);
  });

  it('is not asked for where nothing is cut, nor of what is watched live', async () => {
    const app = await started();
    app.store.setState({ lesions: NO_LESIONS });
    engine.snapshot = idleSnapshot();
    app.episode.apply(episodeUpdate({ count: 6, weightsVersion: 0 }));
    await rest();
    app.store.setState({ lesions: LESIONS });
    engine.snapshot = idleSnapshot({ lesions: LESIONS });
    app.episode.apply(cut({ id: 2, live: true }));
    await rest();
    expect(asked()).toEqual([]);
  });
});
