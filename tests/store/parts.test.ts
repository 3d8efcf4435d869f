import { describe, expect, it } from 'vitest';
import {
  BY_CLICK,
  isByClick,
  positionOf,
  SPEED_POSITIONS,
  speedAt,
} from '../../src/store/speed.ts';
import { DEFAULT_SETUP, readHash, writeHash } from '../../src/store/urlState.ts';
import { episodeUpdate, idleSnapshot } from '../fakes/engine.ts';
import { engine, look, started, useFakeEngine, wait } from '../helpers/openPage.ts';

describe('the slowest speed', () => {
  it('waits for clicks; the next one goes on by itself, and every position finds itself again', () => {
    expect(speedAt(0)).toBe(BY_CLICK);
    expect(speedAt(1)).toBe(0.25);
    expect(speedAt(SPEED_POSITIONS)).toBeNull();
    for (const position of [0, 1, 20, 30, SPEED_POSITIONS - 1, SPEED_POSITIONS])
      expect(positionOf(speedAt(position))).toBe(position);
    const speeds = Array.from({ length: SPEED_POSITIONS }, (_, p) => Number(speedAt(p)));
    expect(speeds).toEqual([...speeds].sort((a, b) => a - b));
  });

  it('is written into the address by name', () => {
    expect(readHash('#speed=click').setUp).toEqual({ speed: BY_CLICK });
    expect(writeHash({ ...DEFAULT_SETUP, speed: BY_CLICK }, {})).toContain('speed=click');
    expect(readHash('#speed=0').refused).toHaveLength(1);
  });

  it('is not for what is live, nor for samples', () => {
    const speeds = { speed: BY_CLICK, trainspeed: null };
    expect(isByClick({ setUp: { mode: 'complete', ...speeds }, live: false })).toBe(true);
    expect(isByClick({ setUp: { mode: 'complete', ...speeds }, live: true })).toBe(false);
    expect(isByClick({ setUp: { mode: 'sample', ...speeds }, live: false })).toBe(false);
    expect(isByClick({ setUp: { mode: 'train', ...speeds }, live: false })).toBe(false);
  });
});

describe('going through the parts of the steps', () => {
  useFakeEngine();
  const PARTS = ['predict', 'error', 'correct', 'compete'];
  /** The page at the slowest speed, with steps 0 … 5 of 5 recorded, shown from the first. */
  const begun = async () => {
    const app = await started();
    engine.snapshot = idleSnapshot({ episode: episodeUpdate({ count: 6 }) });
    await look();
    app.actions.setSpeed(BY_CLICK);
    await app.actions.settle();
    await wait();
    const now = () => [app.episode.shown, app.store.getState().runningPhase] as const;
    return { app, now };
  };

  it('begins at the first step that is recorded, computing nothing', async () => {
    const { app, now } = await begun();
    expect(now()).toEqual([0, 'predict']);
    expect(app.store.getState().stepping).toBe(true);
    expect(
      engine.types().filter((type) => type === 'settle' || type === 'settlingStep'),
    ).toHaveLength(1); // of the opening
  });

  it('goes forwards through each part and into the next step, and back the same way', async () => {
    const { app, now } = await begun();
    const forwards = [];
    for (let i = 0; i < 5; i++) {
      forwards.push(now());
      await app.actions.walk(1);
    }
    expect(forwards).toEqual([...PARTS.map((part) => [0, part]), [1, 'predict']]);
    const back = [];
    for (let i = 0; i < 5; i++) {
      back.push(now());
      await app.actions.walk(-1);
    }
    expect(back).toEqual([[1, 'error'], [1, 'predict'], [0, 'compete'], [0, 'correct'], [0, 'error']]); // prettier-ignore
    for (let i = 0; i < 3; i++) await app.actions.walk(-1);
    expect(now()).toEqual([0, 'predict']);
  });

  it('goes on from the part that is held', async () => {
    const { app, now } = await begun();
    app.actions.holdPhase('correct');
    await app.actions.walk(1);
    expect(now()).toEqual([0, 'compete']);
    expect(app.store.getState().heldPhase).toBeNull();
  });

  it('makes one more step after the last part of the last', async () => {
    const { app } = await begun();
    app.episode.show(5);
    app.actions.lightFirst();
    engine.requests.length = 0;
    for (let i = 0; i < 4; i++) await app.actions.walk(1);
    expect(engine.requests).toContainEqual({ type: 'settlingStep', of: 'input' });
  });

  it('waits with a new drawing at its first step, and lets go when it is to run again', async () => {
    const { app } = await begun();
    engine.requests.length = 0;
    app.actions.setPixels(new Float32Array(784).fill(0.6));
    await wait();
    expect(engine.types()).toContain('settlingStep');
    expect(engine.types()).not.toContain('settle');
    app.actions.setSpeed(20);
    expect(app.store.getState()).toMatchObject({ runningPhase: null, stepping: false });
  });

  it('pauses what runs', async () => {
    const app = await started();
    engine.snapshot = idleSnapshot({ activity: 'settling', episode: episodeUpdate({ count: 2 }) });
    await look();
    engine.requests.length = 0;
    app.actions.setSpeed(BY_CLICK);
    await wait();
    expect(engine.types()).toContain('pause');
    expect(engine.requests).toContainEqual({ type: 'setSpeed', stepsPerSecond: 0.25 });
  });
});
