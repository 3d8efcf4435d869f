import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { NO_LESIONS } from '../../src/protocol/condition.ts';
import {
  NOTHING,
  STEPS,
  ask,
  pull,
  pause,
  until,
  idle,
  episodeNow,
  ring,
  draw,
  live,
  frameAt,
  expectArithmetic,
  select,
  useDrawingSession,
} from '../helpers/drawingSession.ts';

useDrawingSession();

/** Settings with which states settle soon: the Laplace prior keeps those near zero trembling by its own strength. */
const STILL = { weightScale: 0.05, laplace: 0 };

describe('live perception', () => {
  test('new pictures take the input’s place while the states carry on, until they rest', async () => {
    await select('gncn-pdh', STILL);
    await live(5);
    const { episode: first } = await until((s) => (s.episode?.stepOf.at(-1) ?? 0) > 2);
    expect(first).toMatchObject({ live: true, kind: 'input' });
    await live(9);
    const rested = await until((s) => s.episode!.resting);
    expect(rested.activity).toBe('idle');
    const episode = rested.episode!;
    expect(episode.id).toBe(first!.id);
    expect(episode.stepOf.at(-1)).toBeGreaterThan(STEPS);
    expect(episode.stepOf.at(-1)).toBeLessThan(250); // of itself, not because it looked for long
    expect(episode.conditions[0]!.steering.leak).toBeCloseTo(0.15 + 0.05, 6);
    expectArithmetic(episode);
    expect(frameAt(episode, -1)((f) => f.input)).toEqual([...ring(9).pixels]);
    // Nothing moves: activity in the last two frames is the same.
    const [a, b] = [frameAt(episode, -2), frameAt(episode, -1)];
    for (let l = 0; l < 3; l++) {
      const later = b((f) => f.states[l]!);
      a((f) => f.states[l]!).forEach((v, j) => expect(v).toBeCloseTo(later[j]!, 2));
    }
    await pause(40);
    expect((await episodeNow()).stepOf.at(-1)).toBe(episode.stepOf.at(-1));
    await live(6); // wakes
    await until((s) => s.episode!.stepOf.at(-1)! > episode.stepOf.at(-1)!);
  });

  test('every frame says which picture it saw', async () => {
    await select('gncn-pdh', { ...STILL, leak: 0.5 });
    await live(5, false, 7);
    await until((s) => (s.episode?.stepOf.at(-1) ?? 0) > 2);
    await live(9, true, 8);
    const { stepOf, inputs, ...episode } = (await until((s) => s.episode!.resting)).episode!;
    expect(inputs).toHaveLength(stepOf.length);
    inputs.forEach((input, i) => {
      const seen = [...ring(input === 7 ? 5 : 9).pixels].filter((_, p) => p % 28 < 14);
      const x = frameAt({ stepOf, inputs, ...episode }, i)((f) => f.input);
      expect(x.filter((_, p) => p % 28 < 14)).toEqual(seen);
    });
    expect([inputs[0], inputs.at(-1)]).toEqual([7, 8]);
    // So does a drawing that is settled from its beginning.
    await draw(6, false, 12);
    await ask({ type: 'settle' });
    await idle();
    expect(new Set((await episodeNow()).inputs)).toEqual(new Set([12]));
  });

  test('a lever or a lesion wakes it too', async () => {
    await select('gncn-pdh', STILL);
    await live(5);
    const at = (await until((s) => s.episode?.resting ?? false)).episode!.stepOf.at(-1)!;
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, layers: [2] } });
    const then = (await until((s) => s.episode!.resting && s.episode!.stepOf.at(-1)! > at)).episode!; // prettier-ignore
    await ask({ type: 'changeSettings', settings: { leak: 0.5 } });
    await until((s) => s.episode!.stepOf.at(-1)! > then.stepOf.at(-1)!);
  });

  test('paused, it takes the input but does not step; settle lets it run again', async () => {
    await live(5);
    await ask({ type: 'pause' });
    const { stepOf, id } = await episodeNow();
    await live(9);
    await pause(30);
    const held = await pull();
    expect(held.activity).toBe('idle');
    expect(held.episode).toMatchObject({ id, stepOf });
    expect(frameAt(held.episode!, -1)((f) => f.input)).toEqual([...ring(9).pixels]);
    await ask({ type: 'settle' });
    await until((s) => s.episode!.stepOf.at(-1)! > stepOf.at(-1)!);
  });

  test('memory stays bounded, and a page that pulls now and then gets no frame twice', async () => {
    await live(5);
    let have = NOTHING;
    const seen: number[] = [];
    let firstStep = 0;
    while ((seen.at(-1) ?? 0) < 300) {
      const { episode } = await pull(have);
      if (episode) {
        have = { ...have, episode: episode.id, frames: episode.next };
        seen.push(...episode.stepOf);
        ({ firstStep } = episode);
      }
      await pause(20);
      await live(5 + (seen.length % 4)); // it does not rest
    }
    // The step on show may come again, when the picture changes in it.
    seen.forEach((at, i) => expect(at).toBeGreaterThanOrEqual(seen[i - 1] ?? 0));
    const twice = seen.filter((at, i) => at === seen[i - 1]).length;
    expect(seen.length - twice).toBe(new Set(seen).size);
    expect(seen.length).toBeLessThan(900);
    expect(firstStep).toBeGreaterThan(100);
    expect((await episodeNow()).stepOf).toHaveLength(121);
  });

  test('an ordinary drawing ends it, and leaves no tensors behind', async () => {
    await draw();
    const before = tf.memory().numTensors;
    await live(5, true);
    await ask({ type: 'setLesions', lesions: { ...NO_LESIONS, units: [{ layer: 1, index: 0 }] } });
    await live(8);
    await ask({ type: 'setLesions', lesions: NO_LESIONS });
    await ask({ type: 'settleBeside', lesions: NO_LESIONS, steps: 2 });
    await ask({ type: 'pause' });
    await draw();
    expect(tf.memory().numTensors).toBe(before);
    await ask({ type: 'settle' });
    await idle();
    expect(await episodeNow()).toMatchObject({ live: false, resting: false });
    expect((await episodeNow()).stepOf.at(-1)).toBe(STEPS);
  });
});
