import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { PIXELS, WIDTH } from '../../src/data/dataset.ts';
import { rubbed, spoilt } from '../../src/demonstrations/memories.ts';
import { recall } from '../../src/demonstrations/recall.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

beforeAll(() => useBackend('wasm'));

const FEW = { memories: 5, updates: 60 };

describe('a memory returns', () => {
  test('from its upper half, as itself, and its seen pixels never move', async () => {
    const shown = await recall(beginning('recall', { ...FEW, spoil: 'lower', which: 2 }));
    await stepped(shown, 61);
    const start = shown.frame();
    expect(start.metric).toBeGreaterThan(0.02);
    await stepped(shown, 150);
    const { shown: end, metric } = shown.frame();
    expect(metric).toBeLessThan(0.1 * start.metric!);
    expect([...end.isRight]).toEqual([1, 1, 1, 1, 1]);
    end.held.forEach((held, i) => {
      if (held === 1) expect(end.recalled[i]).toBe(end.stored[i]);
    });
    shown.close();
  });

  test('what is rubbed out comes back, and what was drawn is compared with the nearest memory', async () => {
    const shown = await recall(beginning('recall', FEW));
    await stepped(shown, 61);
    await shown.act!({ name: 'rub', values: [14, 14] });
    await stepped(shown, 1);
    const { held, stored } = shown.frame().shown;
    expect(held[14 * WIDTH + 14]).toBe(0);
    expect(held[0]).toBe(1);
    const other = await recall(beginning('recall', FEW));
    await stepped(other, 61);
    await other.act!({ name: 'picture', values: stored });
    await stepped(other, 60);
    expect(other.frame().shown.which).toBeNull();
    expect([...other.frame().shown.stored]).toEqual([...stored]);
    for (const one of [shown, other]) one.close();
  });

  test('the same seed gives the same run; nothing is left behind', async () => {
    const before = tf.memory().numTensors;
    const run = async (seed: number) => {
      const shown = await recall(beginning('recall', { memories: 5, updates: 20, spoil: 'noise' }, seed));
      await stepped(shown, 30);
      const { metric } = shown.frame();
      shown.close();
      return metric;
    }; // prettier-ignore
    const first = await run(1);
    expect(await run(1)).toBe(first);
    expect(await run(2)).not.toBe(first);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('where it stores more and more, each number has its error, and the next network begins anew', async () => {
    const shown = await recall(beginning('recall', { grow: true, updates: 20, spoil: 'noise' }));
    await stepped(shown, 20 + 1 + 100 + 1);
    const { memories, tallies, updates } = shown.frame().shown;
    expect(memories).toBe(10);
    expect(updates).toBe(0);
    expect(tallies.map((one) => one.memories)).toEqual([5]);
    shown.close();
  });
});

describe('spoiling', () => {
  const picture = Float32Array.from({ length: PIXELS }, (_, i) => i / PIXELS);

  test('hides the lower half, the left half, three quarters', () => {
    const seen = (how: string) => {
      const { held } = spoilt(picture, how, { noise: 1, seed: 1 });
      const at = (row: number, column: number) => held[row * WIDTH + column];
      return [at(0, 0), at(0, 27), at(27, 0), at(27, 27)];
    };
    expect(seen('lower')).toEqual([1, 1, 0, 0]);
    expect(seen('left')).toEqual([0, 1, 0, 1]);
    expect(seen('most')).toEqual([0, 1, 0, 0]);
  });

  test('by noise holds nothing; rubbing afterwards holds all but what was rubbed', () => {
    const { held, pixels } = spoilt(picture, 'noise', { noise: 0.1, seed: 1 });
    expect(Math.max(...held)).toBe(0);
    const away = pixels.map((value, i) => value - picture[i]!);
    const deviation = Math.sqrt(away.reduce((sum, one) => sum + one * one, 0) / PIXELS);
    expect(deviation).toBeGreaterThan(0.085);
    expect(deviation).toBeLessThan(0.115);
    const once = rubbed(picture, held, [5, 5]);
    const twice = rubbed(picture, once.held, [20, 20]);
    expect([0, 5 * WIDTH + 5, 20 * WIDTH + 20].map((i) => once.held[i])).toEqual([1, 0, 1]);
    expect([0, 5 * WIDTH + 5, 20 * WIDTH + 20].map((i) => twice.held[i])).toEqual([1, 0, 0]);
  });
});
