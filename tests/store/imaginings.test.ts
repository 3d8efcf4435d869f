import { describe, expect, it } from 'vitest';
import { DRAWN, imaginingsAreCurrent, KEPT, takenImagining } from '../../src/store/imaginings.ts';
import { episodeUpdate } from '../fakes/engine.ts';
import { engine, started, useFakeEngine, wait } from '../helpers/openPage.ts';

useFakeEngine();

const sent = (type: string) => engine.requests.filter((request) => request.type === type);

describe('imaginings', () => {
  it('are others every time, and the same row of them for the same set-up', async () => {
    const app = await started();
    const { seed } = app.store.getState().setUp;
    await app.actions.imagineAgain();
    await app.actions.imagineAgain();
    expect(sent('imagine')).toEqual([
      { type: 'imagine', count: DRAWN, keep: KEPT, seed },
      { type: 'imagine', count: DRAWN, keep: KEPT, seed: seed + 1 },
    ]);
    const { imaginings } = app.store.getState();
    expect(imaginings!.report).toMatchObject({ seed: seed + 1 });
    expect(imaginings!.report.kept).toHaveLength(KEPT);
    await app.actions.rewind();
    expect(app.store.getState()).toMatchObject({ imaginings: null, imaginingSeed: null });
    await app.actions.imagineAgain();
    expect(sent('imagine').at(-1)).toMatchObject({ seed });
  });

  it('that fail or are given up leave what was there', async () => {
    const app = await started();
    await app.actions.imagineAgain();
    const { imaginings } = app.store.getState();
    engine.refuse('imagine', 'Imagining was cancelled.', 'cancelled');
    await app.actions.imagineAgain();
    expect(app.store.getState().imaginings).toBe(imaginings);
    expect(app.store.getState().notices).toEqual([]);
  });

  it('are of what was drawn, hidden, cut and set then', async () => {
    const app = await started();
    const current = () => imaginingsAreCurrent(app.store.getState());
    expect(current()).toBe(false);
    await app.actions.imagineAgain();
    expect(current()).toBe(true);
    app.actions.setOcclusion('left');
    expect(current()).toBe(false);
    app.actions.undo();
    expect(current()).toBe(true);
    await app.actions.toggleCut('lateral');
    expect(current()).toBe(false);
    await app.actions.toggleCut('lateral');
    expect(current()).toBe(true);
    await app.actions.steer({ beta: 0.2 });
    expect(current()).toBe(false);
    await app.actions.steer({ beta: 0.1 });
    expect(current()).toBe(true);
    app.store.setState(({ weightsVersion }) => ({ weightsVersion: weightsVersion + 1 }));
    expect(current()).toBe(false);
  });

  it('one is taken, or none; an episode says which it began from', async () => {
    const app = await started();
    await app.actions.imagineAgain();
    app.store.setState({ live: true });
    await app.actions.takeImagining(2);
    expect(sent('takeImagining')).toEqual([{ type: 'takeImagining', index: 2 }]);
    expect(app.store.getState().live).toBe(false);
    const { seed } = app.store.getState().imaginings!.report;
    const taken = () => takenImagining(app.store.getState(), app.episode.info);
    app.episode.apply(episodeUpdate({ id: 7, count: 6, imagining: { seed, index: 2 } }));
    expect(taken()).toBe(2);
    // Of another row of imaginings it is none of these.
    await app.actions.imagineAgain();
    expect(taken()).toBeNull();
    await wait();
    await app.actions.takeImagining(null);
    expect(sent('takeImagining').at(-1)).toMatchObject({ index: null });
    app.episode.apply(episodeUpdate({ id: 8, count: 6 }));
    expect(taken()).toBeNull();
  });
});
