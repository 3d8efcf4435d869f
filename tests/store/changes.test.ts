import { expect, test } from 'vitest';
import type { Condition } from '../../src/protocol/condition.ts';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { changesOf } from '../../src/store/changes.ts';
import { BLANK } from '../../src/store/drawing.ts';
import { createEpisodeBuffer } from '../../src/store/episode.ts';
import { CONDITION, episodeUpdate } from '../fakes/engine.ts';

const cut: Condition = { ...CONDITION, lesions: { ...NO_LESIONS, lateral: true } };
const faster: Condition = { ...cut, steering: { ...cut.steering, beta: 0.5 } };

test('stand at the step at which something was cut, steered or seen anew', () => {
  const pictures = [1, 2].map(() => ({ ...BLANK, pixels: new Float32Array(784) }));
  const episode = createEpisodeBuffer({ seen: (input) => pictures[input - 1]! });
  const conditions = [CONDITION, CONDITION, cut, cut, faster, faster, faster, faster];
  const inputs = [1, 1, 1, 1, 1, 1, 2, 2];
  episode.apply(episodeUpdate({ count: 8, conditions, inputs, live: true }));
  const told = (from: number, apart: number) =>
    changesOf(episode, from, apart).map(({ step, last, before, after, picture }) => ({
      ...{ step, last, picture },
      lateral: [before.lesions.lateral, after.lesions.lateral],
      beta: [before.steering.beta, after.steering.beta],
    }));
  const { beta } = CONDITION.steering;
  expect(told(0, 1)).toEqual([
    { step: 2, last: 2, lateral: [false, true], beta: [beta, beta], picture: false },
    { step: 4, last: 4, lateral: [true, true], beta: [beta, 0.5], picture: false },
    { step: 6, last: 6, lateral: [true, true], beta: [0.5, 0.5], picture: true },
  ]);
  // Of a live episode, those in the window; what lies close together is one change.
  expect(told(4, 1).map(({ step }) => step)).toEqual([4, 6]);
  // One that reaches into it is told as it began.
  expect(told(5, 3).map(({ step, last }) => [step, last])).toEqual([[2, 6]]);
  expect(told(0, 3)).toEqual([
    { step: 2, last: 6, lateral: [false, true], beta: [beta, 0.5], picture: true },
  ]);
});

test('are none where nothing changed, though every message copies what it says', () => {
  const picture = { ...BLANK };
  const episode = createEpisodeBuffer({ seen: () => ({ ...picture }) });
  episode.apply(episodeUpdate({ count: 3 }));
  episode.apply(structuredClone(episodeUpdate({ count: 3, from: 3 })));
  expect(changesOf(episode, 0, 1)).toEqual([]);
});
