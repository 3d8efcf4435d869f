import { describe, expect, it, vi } from 'vitest';
import { createEpisodeBuffer } from '../../src/store/episode.ts';
import { episodeUpdate, SIZES } from '../fakes/engine.ts';

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
    episode.apply(episodeUpdate({ count: 1, from: 9 }));
    expect(episode.count).toBe(3);
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
});
