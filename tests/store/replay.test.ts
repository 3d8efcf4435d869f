import { beforeEach, describe, expect, it } from 'vitest';

import type { EpisodeInfo } from '../../src/store/episode.ts';
import { createReplay } from '../../src/store/replay.ts';

/** An episode of `count` frames, a clock, and animation frames to be let by. */
function stage(count: number) {
  let time = 0;
  let waiting: (() => void)[] = [];
  const seen: number[] = [];
  const episode = {
    info: { id: 1 } as EpisodeInfo,
    shown: count - 1,
    count,
    show(index: number) {
      episode.shown = index;
      seen.push(index);
    },
  };
  const replay = createReplay(episode, {
    stepsPerSecond: () => 10,
    requestFrame: (callback) => void waiting.push(callback),
    now: () => time,
  });
  const run = (ms: number) => {
    for (const end = time + ms; time < end;) {
      time += 50;
      const due = waiting;
      waiting = [];
      for (const callback of due) callback();
    }
  };
  return { episode, replay, seen, run };
}

describe('replay', () => {
  let it5: ReturnType<typeof stage>;
  beforeEach(() => (it5 = stage(5)));

  it('plays backwards from the end to the first step, and stops', () => {
    const { replay, seen, run, episode } = it5;
    replay.play(-1);
    expect(replay.direction).toBe(-1);
    run(1000);
    expect(seen).toEqual([3, 2, 1, 0]);
    expect(replay.direction).toBe(0);
    expect(episode.shown).toBe(0);
  });

  it('played forwards at the end, begins at the first step', () => {
    const { replay, seen, run } = it5;
    replay.play(1);
    run(1000);
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(replay.direction).toBe(0);
  });

  it('loops until it is stopped', () => {
    const { replay, seen, run } = it5;
    replay.toggleLoop();
    run(3000);
    expect(replay.direction).toBe(1);
    expect(seen.filter((index) => index === 0).length).toBeGreaterThan(2);
    replay.play(1);
    const before = seen.length;
    run(500);
    expect(seen).toHaveLength(before);
  });

  it('stops when someone shows another step or episode', () => {
    const { replay, episode, run } = it5;
    replay.play(-1);
    run(150);
    episode.shown = 4;
    run(100);
    expect(replay.direction).toBe(0);
    replay.play(-1);
    run(50);
    episode.info = { id: 2 } as EpisodeInfo;
    run(100);
    expect(replay.direction).toBe(0);
  });

  it('has nothing to play in an episode of one step', () => {
    const { replay } = stage(1);
    replay.play(1);
    expect(replay.direction).toBe(0);
  });
});
