import { describe, expect, it } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { undoable } from '../../src/store/undo.ts';
import type { AppState } from '../../src/store/state.ts';
import { createAppStore } from '../../src/store/state.ts';
import { firstDigit } from '../../src/store/firstDigit.ts';
import { presetMask } from '../../src/store/occlusion.ts';
import type { Course } from '../../src/ui/run/saying.ts';
import { sayOf, sentenceOf, statusOf } from '../../src/ui/run/saying.ts';

const course = (change: Partial<Course> = {}): Course => ({
  ...{ standing: 'stopped', movement: 0.069, last: 20, steps: 20 },
  ...{ earlier: null, recalled: false, resting: false },
  ...change,
});

/** A trained network that has looked at half a digit. */
const looked = (change: Partial<AppState> = {}): AppState => {
  const mask = presetMask('right');
  return {
    ...createAppStore().getState(),
    engine: 'ready',
    model: { imagesSeen: 1000 } as AppState['model'],
    drawing: undoable({ pixels: firstDigit(), mask, occlusion: 'right', origin: '' }),
    ...change,
  };
};
const say = (c: Course, state = looked()) =>
  sayOf(null, sentenceOf(state, c), c, false, NO_LESIONS).join(' ');

describe('what the page says of an episode', () => {
  it('is settled only where the states no longer move', () => {
    expect(statusOf(looked(), course({ standing: 'settled', movement: 0.001 }))).toBe(
      'Settled after 20 steps.',
    );
    expect(say(course({ standing: 'settled' }))).toMatch(/settled/i);
    expect(say(course())).not.toMatch(/settled/i);
  });

  it('names what is still being loaded: not the network where that is there', () => {
    const loading = looked({ activity: 'loading', data: null });
    expect(say(course(), loading)).toMatch(/pictures/);
    expect(say(course(), loading)).not.toMatch(/network/);
    expect(say(course(), { ...loading, model: null })).toMatch(/network/);
  });

  it('says that samples are to be drawn until there are some of the network as it is', () => {
    const sampling = (version: number | null, weightsVersion = 2) => {
      const samples = version === null ? null : ({ version } as AppState['samples']);
      const { setUp } = looked();
      return looked({ setUp: { ...setUp, mode: 'sample' }, samples, weightsVersion });
    };
    expect(say(course(), sampling(null))).toMatch(/Draw samples to see/);
    expect(say(course(), sampling(1))).toMatch(/Draw samples to see/);
    expect(say(course(), sampling(2))).toMatch(/This is what it believes/);
  });

  it('otherwise says that it stopped, after how many steps, and how much it still moves', () => {
    expect(statusOf(looked(), course())).toBe(
      'Stopped after 20 steps, still moving by 6.9 % a step.',
    );
    expect(statusOf(looked(), course({ last: 23, movement: 0.27 }))).toBe(
      'Stopped after 23 steps, still moving by 27 % a step.',
    );
  });

  it('never claims a number where there is none', () => {
    expect(statusOf(looked(), course({ movement: NaN }))).not.toMatch(/NaN/);
  });

  it('speaks of the step on show, not of the end, while an earlier one is on show', () => {
    const text = say(course({ standing: 'settled', earlier: 7 }));
    expect(text).toMatch(/step 7 of 20/i);
    expect(text).not.toMatch(/settled/i);
  });

  it('says that an earlier picture is one', () => {
    expect(say(course({ standing: 'settled', recalled: true }))).toMatch(/earlier picture/i);
  });

  it('says by which rule hidden pixels are completed', () => {
    const { setUp } = looked();
    const paper = looked({ activity: 'settling', setUp: { ...setUp, completion: 'eq19' } });
    const ours = looked({ activity: 'settling' });
    const underWay = course({ standing: 'underWay' });
    expect(say(underWay, paper)).toMatch(/Eq\. 19/);
    expect(say(underWay, ours)).not.toMatch(/Eq\. 19/);
  });

  it('says that a paused live episode does not watch', () => {
    const live = looked({ live: true });
    expect(statusOf(live, course({ standing: 'underWay' }))).toMatch(/paused/i);
    expect(statusOf(live, course({ standing: 'underWay', resting: true }))).toMatch(/rest/i);
  });
});
