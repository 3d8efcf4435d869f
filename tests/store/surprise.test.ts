import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { frameLayout } from '../../src/protocol/frame.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import { createApp } from '../../src/store/app.ts';
import { LIVE_STEPS, surpriseOf, verdictOf } from '../../src/store/surprise.ts';
import { fakeEnvironment } from '../fakes/environment.ts';
import type { FakeEngine } from '../fakes/engine.ts';
import { CONDITION, episodeUpdate, fakeEngine, idleSnapshot, SIZES, SPREAD } from '../fakes/engine.ts'; // prettier-ignore

describe('the verdict', () => {
  it('says on which side of held-out images a picture lies: an empty page is no digit either', () => {
    const places = [SPREAD.blank, 4.9, 5, 9, 10, 30, 50, 55, 60, 61, 1000, NaN, Infinity];
    expect(places.map((nats) => verdictOf(nats, SPREAD))).toEqual([
      ...['emptier', 'emptier', 'plainer', 'plainer', 'usual', 'usual', 'usual'],
      ...['unusual', 'unusual', 'unlike', 'unlike', 'broken', 'broken'],
    ]);
  });

  it('is not of rounding: where all are the same, so is the picture', () => {
    const same = { ...SPREAD, least: 543.4, p5: 543.4, p95: 543.4, most: 543.4 };
    expect([543.4, 543.5, 543.3].map((nats) => verdictOf(nats, same))).toEqual(Array(3).fill('usual')); // prettier-ignore
  });
});

describe('the scale', () => {
  let engine: FakeEngine;
  let frame: (() => void) | null;
  const tick = async () => {
    frame?.();
    await vi.advanceTimersByTimeAsync(1000);
  };
  const asked = () => engine.requests.filter(({ type }) => type === 'surpriseScale');

  async function started() {
    const requestFrame = (callback: () => void) => void (frame = callback);
    const app = createApp(fakeEnvironment({ spawn: () => engine, requestFrame }));
    const starting = app.start();
    await vi.advanceTimersByTimeAsync(4000);
    await starting;
    await tick();
    const data = { dataset: 'mnist', title: 'Digits', source: '', trainImages: 1, testImages: 1, classNames: [] } as const; // prettier-ignore
    app.store.setState({ data });
    return app;
  }
  const settled = (change: Partial<EpisodeUpdate> = {}) =>
    episodeUpdate({ count: 6, weightsVersion: 0, inputs: Array<number>(6).fill(1), ...change });

  beforeEach(() => {
    vi.useFakeTimers();
    engine = fakeEngine();
    engine.snapshot = idleSnapshot();
    frame = null;
  });
  afterEach(() => vi.useRealTimers());

  it('is measured by itself once the engine rests, for what is hidden and cut; and asked for once', async () => {
    const app = await started();
    app.actions.setOcclusion('right');
    await tick();
    const { mask } = app.store.getState().drawing.present;
    app.episode.apply(settled({ masked: true, inputs: Array<number>(6).fill(2) }));
    const before = surpriseOf(app.store.getState(), app.episode);
    expect(before).toMatchObject({ nats: 5, verdict: null, spread: null });
    // The page looks ten times a second while nothing runs.
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(100);
      app.episode.changed.emit();
    }
    expect(asked()).toEqual([
      { type: 'surpriseScale', mask, how: 'silent', lesions: NO_LESIONS, live: false, steps: 5 },
    ]);
    const { nats, verdict, spread } = surpriseOf(app.store.getState(), app.episode)!;
    expect({ nats, verdict, spread }).toEqual({ nats: 5, verdict: 'plainer', spread: SPREAD });
  });

  const settings = CONDITION.steering;
  const others: readonly [what: string, change: Partial<EpisodeUpdate>][] = [
    ...(['beta', 'leak', 'laplace', 'lateralInhibition', 'selfExcitation'] as const).map(
      (key): [string, Partial<EpisodeUpdate>] => [
        key,
        {
          conditions: Array.from({ length: 6 }, () => ({
            ...CONDITION,
            steering: { ...settings, [key]: settings[key] + 1 },
          })),
        },
      ],
    ),
    ['the precision is cut', { conditions: Array.from({ length: 6 }, () => ({ ...CONDITION, lesions: { ...NO_LESIONS, precision: true } })) }], // prettier-ignore
    ['other synapses', { weightsVersion: 7 }],
    ['watched live', { live: true }],
    ['another rule of completion', { how: 'eq19' }],
    ['more steps than were measured', { stepOf: [0, 1, 2, 3, 4, 9] }],
  ];
  it.each(others)('is of no other episode: %s', async (_, change) => {
    const app = await started();
    app.episode.apply(settled());
    await tick();
    expect(surpriseOf(app.store.getState(), app.episode)!.scale).not.toBeNull();
    app.episode.apply(settled({ id: 2, ...change }));
    expect(surpriseOf(app.store.getState(), app.episode)!.scale).toBeNull();
  });

  it('is of no other mask and no other data, and known again where it was measured before', async () => {
    const app = await started();
    const scale = () => surpriseOf(app.store.getState(), app.episode)?.scale ?? null;
    app.actions.setOcclusion('none');
    await tick();
    app.episode.apply(settled({ inputs: Array<number>(6).fill(2) }));
    await tick();
    const whole = scale();
    expect(whole?.look.mask).toBeNull();
    app.actions.setOcclusion('top');
    await tick();
    app.episode.apply(settled({ id: 2, masked: true, inputs: Array<number>(6).fill(3) }));
    expect(scale()).toBeNull();
    await tick();
    expect(scale()?.look.mask).toEqual(app.store.getState().drawing.present.mask);
    expect(asked()).toHaveLength(2);
    app.actions.setOcclusion('none');
    await tick();
    app.episode.apply(settled({ id: 3, inputs: Array<number>(6).fill(4) }));
    expect(scale()).toBe(whole);
    await tick();
    expect(asked()).toHaveLength(2);
    app.store.setState(({ data }) => ({ data: data && { ...data, title: 'Clothes' } }));
    expect(scale()).toBeNull();
  });

  it('of pictures watched live is that of states that have come to rest', async () => {
    const app = await started();
    const stepOf = [300, 301, 302, 303, 304, 305];
    app.episode.apply(settled({ live: true, resting: true, stepOf }));
    await tick();
    expect(asked()).toMatchObject([{ live: true, steps: LIVE_STEPS }]);
    expect(surpriseOf(app.store.getState(), app.episode)!.spread).toBe(SPREAD);
  });

  it('that could not be measured is not asked for again by itself', async () => {
    const app = await started();
    engine.refuse('surpriseScale', 'no', 'cancelled');
    app.episode.apply(settled());
    await tick();
    await tick();
    expect(asked()).toHaveLength(1);
    await app.actions.refreshSurprise();
    expect(surpriseOf(app.store.getState(), app.episode)!.verdict).not.toBeNull();
  });

  it('is that of the frame’s step', async () => {
    const app = await started();
    app.episode.apply(settled());
    await tick();
    app.store.setState(({ surprises: [scale] }) => ({
      surprises: [{ ...scale!, spread: scale!.spread.map((at, i) => ({ ...at, p50: i })) }],
    }));
    app.episode.show(2);
    expect(surpriseOf(app.store.getState(), app.episode)!.spread!.p50).toBe(2);
  });

  it('says nothing of a picture that is learnt from', async () => {
    const app = await started();
    app.episode.apply(settled({ kind: 'training' }));
    await tick();
    expect(asked()).toHaveLength(0);
    const { surprise } = frameLayout(SIZES);
    expect(surpriseOf(app.store.getState(), app.episode)).toMatchObject({
      nats: app.episode.read(surprise)![0],
      verdict: null,
    });
  });
});
