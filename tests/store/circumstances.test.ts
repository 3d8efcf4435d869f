import { expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { circumstances } from '../../src/store/circumstances.ts';
import { BLANK } from '../../src/store/drawing.ts';
import { createEpisodeBuffer } from '../../src/store/episode.ts';
import { createAppStore } from '../../src/store/state.ts';
import { CONDITION, episodeUpdate } from '../fakes/engine.ts';

const three = { pixels: new Float32Array(784).fill(1), mask: null, origin: 'a three' };

test('are those of the frame on show, not of the present; without a frame, of the present', () => {
  let seen = three;
  const episode = createEpisodeBuffer({ seen: () => seen });
  const store = createAppStore();
  const lesions = { ...NO_LESIONS, lateral: true };
  store.setState({ lesions });
  const now = () => circumstances(episode, store.getState());
  expect(now()).toEqual({ config: undefined, lesions, picture: BLANK });

  const first = episodeUpdate({ count: 6 });
  episode.apply(first);
  seen = { ...three, origin: 'another three' };
  const config = { ...first.config, precision: 'none' as const };
  episode.apply(
    episodeUpdate({ id: 2, count: 1, config, conditions: [{ ...CONDITION, lesions }] }),
  );
  expect(now()).toMatchObject({ config, lesions, picture: seen });
  episode.recall(episode.past[0]!.id);
  expect(now()).toMatchObject({ config: first.config, lesions: NO_LESIONS, picture: three });
  // A batch that is learnt is of no drawing.
  episode.apply(episodeUpdate({ id: 3, count: 1, kind: 'training' }));
  expect(now().picture).toBeNull();
});

test('are the same objects as long as nothing changes, though every message copies them', () => {
  const episode = createEpisodeBuffer();
  const store = createAppStore();
  episode.apply(episodeUpdate({ count: 1 }));
  const before = circumstances(episode, store.getState());
  episode.apply(structuredClone(episodeUpdate({ count: 2, from: 1 })));
  const after = circumstances(episode, store.getState());
  expect(after.lesions).toBe(before.lesions);
  expect(after.config).toBe(before.config);
});
