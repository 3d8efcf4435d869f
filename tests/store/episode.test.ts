import { describe, expect, it, vi } from 'vitest';
import { BLANK } from '../../src/store/drawing.ts';
import { createEpisodeBuffer } from '../../src/store/episode.ts';
import type { Section } from '../../src/protocol/frame.ts';
import { frameLayout, LAYER_QUANTITIES } from '../../src/protocol/frame.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { SETTLED } from '../../src/protocol/episode.ts';
import { CONDITION, episodeUpdate, SIZES } from '../fakes/engine.ts';

const buffer = () => createEpisodeBuffer({ now: () => 0 });

describe('episode buffer', () => {
  it('keeps all frames, and shows the newest until the user looks at an earlier one', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 2 }));
    episode.apply(episodeUpdate({ count: 2, from: 2 }));
    expect(episode.have).toEqual({ episode: 1, frames: 4 });
    expect(episode.shown).toBe(3);
    const { energy } = episode.info!.layout;
    expect([...episode.read(energy)!]).toEqual([3, 3]);
    episode.show(1);
    expect([...episode.read(energy)!]).toEqual([1, 1]);
    episode.apply(episodeUpdate({ count: 1, from: 4 }));
    expect(episode.shown).toBe(1);
    episode.show(99);
    expect(episode.shown).toBe(4);
    episode.apply(episodeUpdate({ count: 1, from: 5 }));
    expect(episode.shown).toBe(5);
  });

  it('says that it has changed when it has, and not with every look at the engine', () => {
    const episode = buffer();
    const heard = vi.fn();
    episode.changed.subscribe(heard);
    const tells = (change: Parameters<typeof episodeUpdate>[0]) => {
      heard.mockClear();
      episode.apply(episodeUpdate(change));
      return heard.mock.calls.length;
    };
    expect(tells({ count: 2 })).toBe(1);
    const { info } = episode;
    expect(tells({ count: 0, from: 2 })).toBe(0);
    expect(episode.info).toBe(info);
    expect(episode.have).toEqual({ episode: 1, frames: 2 });
    // Frames that come twice may say something else.
    expect(tells({ count: 1, from: 1 })).toBe(1);
    expect(tells({ count: 1, from: 2 })).toBe(1);
    heard.mockClear();
    episode.apply({ ...episodeUpdate({ count: 0, from: 3 }), resting: true });
    expect(heard).toHaveBeenCalledOnce();
    expect(tells({ id: 2, count: 0 })).toBe(1);
  });

  it('starts over with a new episode, and follows it', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 3 }));
    episode.show(0);
    episode.apply(episodeUpdate({ id: 2, count: 1, sizes: [9, 2], kind: 'training' }));
    expect(episode.have).toEqual({ episode: 2, frames: 1 });
    expect(episode.shown).toBe(0);
    expect(episode.following).toBe(true);
    expect(episode.info!.layout.sizes).toEqual([9, 2]);
  });

  it('keeps the layout object while the sizes stay, so that painters keep their geometry', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 1 }));
    const { layout } = episode.info!;
    episode.apply(episodeUpdate({ id: 2, count: 1, sizes: [...SIZES] }));
    expect(episode.info!.layout).toBe(layout);
  });

  it('takes frames that come twice once, and none that leave a gap', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 3 }));
    episode.apply(episodeUpdate({ count: 2, from: 1 }));
    expect(episode.count).toBe(3);
    for (const from of [4, 9]) {
      episode.apply(episodeUpdate({ count: 1, from }));
      expect(episode.count).toBe(3);
    }
    episode.apply(episodeUpdate({ count: 1, from: 3 }));
    expect(episode.count).toBe(4);
  });

  it('finds the frame of a step where steps are missing', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 3, stepOf: [0, 10, 50], steps: 50 }));
    expect([0, 9, 10, 49, 50].map((step) => episode.indexOfStep(step))).toEqual([0, 0, 1, 1, 2]);
    expect(episode.stepAt(1)).toBe(10);
  });

  it('forgets a cleared episode for good, but not the next one', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 2 }));
    episode.clear();
    // The engine must not send its frames again.
    expect(episode.have).toEqual({ episode: 1, frames: 2 });
    episode.apply(episodeUpdate({ count: 1, from: 2 }));
    expect(episode.info).toBeNull();
    expect(episode.shown).toBe(-1);
    episode.apply(episodeUpdate({ id: 2, count: 1 }));
    expect(episode.shown).toBe(0);
  });

  it('says when something changed', () => {
    const episode = buffer();
    const heard = vi.fn();
    const stop = episode.changed.subscribe(heard);
    episode.apply(episodeUpdate({ count: 2 }));
    episode.show(0);
    stop();
    episode.show(1);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('takes a frame of a step it holds in its place: something changed between two steps', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 3 }));
    const cut = { ...CONDITION, lesions: { ...NO_LESIONS, lateral: true } };
    const again = episodeUpdate({ count: 1, from: 3, stepOf: [2], conditions: [cut] });
    again.frames.fill(7);
    episode.apply(again);
    expect(episode.count).toBe(3);
    expect(episode.stepAt(2)).toBe(2);
    expect([...episode.read(episode.info!.layout.energy)!]).toEqual([7, 7]);
    expect(episode.conditionAt()).toBe(cut);
    expect(episode.conditionAt(1)).toBe(CONDITION);
    expect(episode.have).toEqual({ episode: 1, frames: 4 });
  });

  it('forgets what the engine has forgotten; who looks at an earlier step keeps looking at it', () => {
    const episode = buffer();
    episode.apply(episodeUpdate({ count: 5, live: true }));
    episode.show(3);
    episode.apply(episodeUpdate({ count: 2, from: 5, firstStep: 2, live: true }));
    expect(episode.count).toBe(5);
    expect([episode.stepAt(0), episode.stepAt(episode.shown), episode.stepAt(4)]).toEqual([
      2, 3, 6,
    ]);
    episode.apply(episodeUpdate({ count: 1, from: 7, stepOf: [90], firstStep: 90, live: true }));
    expect([episode.count, episode.shown]).toEqual([1, 0]);
    expect(episode.info).toMatchObject({ live: true, resting: false });
  });

  it('tells the terms of a neuron as they enter its change', () => {
    const episode = buffer();
    const steering = { ...CONDITION.steering, beta: 0.5, leak: 0.1, laplace: 0.2 };
    const update = episodeUpdate({ count: 1, conditions: [{ steering, lesions: NO_LESIONS }] });
    const layout = frameLayout(update.sizes);
    const put = (section: Section, value: number) => (update.frames[section.offset + 3] = value);
    const numbers = { z: -2, bottomUp: 1, topDown: -3, lateral: -5, prior: 0.25, leak: 0.5, change: -6.25, next: -5.125 }; // prettier-ignore
    for (const name of LAYER_QUANTITIES) put(layout[name][0]!, numbers[name]);
    put(layout.states[0]!, 0.25);
    episode.apply(update);
    expect(episode.terms({ layer: 1, index: 3 })).toEqual({
      ...{ ...numbers, activity: 0.25, beta: 0.5 },
    });
    expect(episode.terms({ layer: 1, index: 3 }, 9)).toBeNull();
  });

  it('keeps earlier drawings that settled, and goes back to them', () => {
    let drawn = 'a three';
    const episode = createEpisodeBuffer({ seen: () => ({ ...BLANK, origin: drawn }) });
    episode.apply(episodeUpdate({ count: 6 }));
    drawn = 'a five';
    episode.apply(episodeUpdate({ id: 2, count: 3 }));
    expect(episode.past.map(({ id, label }) => [id, label])).toEqual([[1, 'a three']]);
    expect(episode.past[0]!.mask).toBeNull();
    expect([...episode.past[0]!.thumbnail]).toEqual(new Array<number>(784).fill(5));
    episode.recall(1);
    expect([episode.recalled, episode.info!.id, episode.shown]).toEqual([1, 1, 5]);
    episode.apply(episodeUpdate({ id: 2, count: 1, from: 3 })); // the latest goes on unseen
    expect([episode.info!.id, episode.count]).toEqual([1, 6]);
    episode.recall(null);
    expect([episode.recalled, episode.info!.id, episode.shown]).toEqual([null, 2, 3]);
    // It was not settled to its end, and training is not a drawing: neither is kept. A new episode shows itself.
    episode.recall(1);
    episode.apply(episodeUpdate({ id: 3, count: 6, kind: 'training' }));
    expect([episode.recalled, episode.info!.id]).toEqual([null, 3]);
    for (let id = 4; id < 20; id++) episode.apply(episodeUpdate({ id, count: 6 }));
    expect(episode.past.map(({ id }) => id)).toEqual([18, 17, 16, 15, 14, 13, 12, 11]);
    episode.forgetPast();
    expect(episode.past).toEqual([]);
    expect(episode.info!.id).toBe(19);
  });

  it('says whether what is on show has ended, and how the drawing stands whatever is on show', () => {
    const episode = buffer();
    expect([episode.ended, episode.standing]).toEqual([false, null]);
    episode.apply(episodeUpdate({ count: 5 }));
    expect([episode.ended, episode.standing]).toEqual([false, 'underWay']);
    episode.apply(episodeUpdate({ count: 1, from: 5 }));
    expect([episode.ended, episode.standing]).toEqual([true, 'stopped']);
    // It goes on from its end.
    episode.apply(episodeUpdate({ count: 1, from: 6, steps: 11 }));
    expect([episode.ended, episode.standing]).toEqual([false, 'underWay']);
    episode.apply(episodeUpdate({ id: 2, count: 6 }));
    episode.apply(episodeUpdate({ id: 3, count: 2 }));
    episode.recall(2);
    expect([episode.ended, episode.standing]).toEqual([true, 'underWay']);
    // What is live never ends; a batch that is learnt is no drawing.
    episode.apply(episodeUpdate({ id: 4, count: 9, live: true }));
    expect([episode.ended, episode.standing]).toEqual([false, 'underWay']);
    episode.apply(episodeUpdate({ id: 4, count: 0, from: 9, live: true, resting: true }));
    expect([episode.ended, episode.standing]).toEqual([false, 'stopped']);
    episode.apply(episodeUpdate({ id: 5, count: 6, kind: 'training' }));
    expect([episode.ended, episode.standing, episode.movement]).toEqual([true, null, null]);
  });

  it('says that states have settled only where they no longer move', () => {
    const at = (movement: number, change: Parameters<typeof episodeUpdate>[0]) => {
      const episode = buffer();
      const update = episodeUpdate(change);
      const layout = frameLayout(update.sizes);
      update.frames[(change.count - 1) * layout.stride + layout.movement.offset] = movement;
      episode.apply(update);
      return [episode.standing, episode.movement];
    };
    const still = Math.fround(0.9 * SETTLED);
    const moving = Math.fround(1.1 * SETTLED);
    expect(at(still, { count: 6 })).toEqual(['settled', still]);
    expect(at(moving, { count: 6 })).toEqual(['stopped', moving]);
    expect(at(NaN, { count: 6 })).toEqual(['stopped', NaN]);
    // Steps are still to come.
    expect(at(still, { count: 5 })).toEqual(['underWay', still]);
    expect(at(still, { count: 5, live: true, resting: true })).toEqual(['settled', still]);
    expect(at(moving, { count: 5, live: true, resting: true })).toEqual(['stopped', moving]);
  });
});
