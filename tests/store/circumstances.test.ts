import { expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import { circumstances, synapsesSince } from '../../src/store/circumstances.ts';
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
  expect(now()).toEqual({ config: undefined, lesions, picture: BLANK, completion: 'silent' });

  const first = episodeUpdate({ count: 6 });
  episode.apply(first);
  seen = { ...three, origin: 'another three' };
  const config = { ...first.config, precision: 'none' as const };
  episode.apply(
    episodeUpdate({
      id: 2,
      count: 1,
      config,
      how: 'eq19',
      conditions: [{ ...CONDITION, lesions }],
    }),
  );
  expect(now()).toMatchObject({ config, lesions, picture: seen, completion: 'eq19' });
  episode.recall(episode.past[0]!.id);
  expect(now()).toMatchObject({
    config: first.config,
    lesions: NO_LESIONS,
    picture: three,
    completion: 'silent',
  });
  // A batch that is learnt is of no drawing.
  episode.apply(episodeUpdate({ id: 3, count: 1, kind: 'training' }));
  expect(now().picture).toBeNull();
});

test('have the settings that steered the frame on show, not the newest', () => {
  const episode = createEpisodeBuffer();
  const store = createAppStore();
  const faster = { ...CONDITION, steering: { ...CONDITION.steering, beta: 0.5 } };
  const update = episodeUpdate({ count: 2, conditions: [CONDITION, faster] });
  episode.apply({ ...update, config: { ...update.config, beta: 0.5 } });
  const now = () => circumstances(episode, store.getState()).config;
  expect(now()).toMatchObject({ beta: 0.5, sizes: update.config.sizes });
  episode.show(0);
  expect(now()!.beta).toBe(CONDITION.steering.beta);
  expect(now()).toBe(now());
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

test('say whether the synapses have changed since; not while they change all the time', () => {
  const at = (weightsVersion: number, activity: 'idle' | 'training' = 'idle') =>
    synapsesSince(3, { weightsVersion, activity });
  expect([at(3), at(4), at(2), at(4, 'training')]).toEqual([false, true, true, false]);
  expect(synapsesSince(null, { weightsVersion: 4, activity: 'idle' })).toBe(false);
});
