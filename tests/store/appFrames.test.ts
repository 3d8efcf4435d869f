import { describe, expect, it, vi } from 'vitest';
import type { EpisodeUpdate } from '../../src/protocol/episode.ts';
import type { WorkerActivity } from '../../src/protocol/snapshot.ts';
import { episodeUpdate, idleSnapshot } from '../fakes/engine.ts';
import { engine, frame, wait, tick, look, started, useFakeEngine } from '../helpers/openPage.ts';

useFakeEngine();

describe('what was seen', () => {
  const pixels = new Float32Array(784).fill(0.9);
  const mask = Uint8Array.from({ length: 784 }, (_, i) => i % 2);
  /** The numbers of the pictures sent so far, in their order. */
  const sent = () =>
    engine.requests.flatMap((request) =>
      request.type === 'setInput' || request.type === 'liveInput' ? [request.input] : [],
    );
  /** Frames arrive, of the inputs given. */
  const arrive = async (inputs: number[], change: Partial<EpisodeUpdate> = {}) => {
    const episode = episodeUpdate({ count: inputs.length, inputs, ...change });
    engine.snapshot = idleSnapshot({ episode });
    await look();
  };

  it('stays with the frames: what was sent to the engine, not what is on the canvas now', async () => {
    const app = await started();
    app.actions.setPixels(pixels);
    app.actions.setMask(mask);
    await wait();
    const first = sent().at(-1)!;
    await arrive(new Array<number>(6).fill(first));
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
    app.actions.setPixels(new Float32Array(784).fill(0.6)); // on the canvas, not yet with the engine
    await arrive([first], { from: 6 });
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
    await wait();
    await arrive([sent().at(-1)!], { id: 2 });
    expect(app.episode.pictureAt()!.pixels[0]).toBeCloseTo(0.6);
    app.actions.recall(app.episode.past[0]!.id);
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
  });

  it('is not what the engine refused', async () => {
    const app = await started();
    app.actions.setPixels(pixels);
    await wait();
    const taken = sent().at(-1)!;
    engine.refuse('setInput', 'No.');
    app.actions.setPixels(new Float32Array(784).fill(0.6));
    engine.requests.length = 0;
    await wait();
    expect(engine.types()).toEqual(['setInput']); // nothing to settle
    await arrive([taken, taken]);
    expect(app.episode.pictureAt()).toMatchObject({ pixels });
  });

  it('changes from frame to frame while live, though the frames come in one pull', async () => {
    const app = await started();
    app.actions.setLive(true);
    await wait();
    const before = sent().at(-1)!;
    app.actions.sketch(pixels, null);
    await wait();
    app.actions.sketch(pixels, mask);
    await wait();
    const [later, last] = sent().slice(-2);
    await arrive([before, before, later!, last!], { live: true });
    expect(app.episode.pictureAt(1)!.pixels).not.toEqual(pixels);
    expect(app.episode.pictureAt(2)).toMatchObject({ pixels, mask: null });
    expect(app.episode.pictureAt()).toMatchObject({ pixels, mask });
    // Who draws while he looks at an earlier step sees the newest again.
    app.episode.show(0);
    app.actions.sketch(pixels, null);
    expect(app.episode.following).toBe(true);
    // A batch that is learnt shows no drawing.
    await arrive([0], { id: 2, kind: 'training' });
    expect(app.episode.pictureAt()).toBeNull();
  });
});

describe('the pump', () => {
  const pulls = () => engine.requests.filter(({ type }) => type === 'pull').length;
  /** The engine does this from now on, and the page knows it. */
  const becomes = async (activity: WorkerActivity) => {
    engine.snapshot = idleSnapshot({ activity });
    vi.advanceTimersByTime(1000);
    await tick();
  };

  it('has one pull in flight, and none while the page is hidden', async () => {
    let hidden = false;
    await started({ hidden: () => hidden });
    await becomes('settling');
    const first = pulls();
    frame?.();
    frame?.();
    expect(pulls()).toBe(first + 1);
    await vi.advanceTimersByTimeAsync(0);
    hidden = true;
    await tick();
    expect(pulls()).toBe(first + 1);
    hidden = false;
    await tick();
    expect(pulls()).toBe(first + 2);
  });

  it('pulls once a frame while something settles, less often while it trains, seldom while nothing runs', async () => {
    await started();
    for (const [activity, least, most] of [
      ['settling', 0, 0],
      ['training', 17, 50],
      ['idle', 100, 120],
    ] as const) {
      await becomes(activity);
      const first = pulls();
      vi.advanceTimersByTime(least);
      await tick();
      expect(pulls()).toBe(first + Number(least === 0));
      vi.advanceTimersByTime(most - least);
      await tick();
      expect(pulls()).toBe(first + 1 + Number(least === 0));
    }
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
