import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { PIXELS } from '../../src/data/dataset.ts';
import { estranged } from '../../src/demonstrations/strangePictures.ts';
import { strangers } from '../../src/demonstrations/strangers.ts';
import { auroc } from '../../src/engine/measures/auroc.ts';
import { roc } from '../../src/engine/measures/roc.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

beforeAll(() => useBackend('wasm'));

describe('surprise finds strangers', () => {
  test('a decoder that has seen digits is more surprised by shuffled ones, and by a drawn stranger', async () => {
    const before = tf.memory().numTensors;
    const shown = await strangers(beginning('strangers', { updates: 20, strangers: 'shuffled' }));
    await stepped(shown, 20);
    expect(shown.frame().metric).toBeGreaterThan(0.9);
    await shown.act!({ name: 'known', values: [0] });
    const known = shown.frame().shown.energy!;
    await shown.act!({ name: 'strange', values: [0] });
    expect(shown.frame().shown.energy).toBeGreaterThan(2 * known);
    shown.close();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('with a softmax end, free energy and softmax put pictures in the same order; both are measured', async () => {
    const shown = await strangers(beginning('strangers', { network: 'softmax', updates: 20, strangers: 'noise' })); // prettier-ignore
    await stepped(shown, 20);
    const { surprise, unsure, answer } = shown.frame().shown;
    expect(answer).not.toBeNull();
    expect(Math.abs(surprise.auroc - unsure!.auroc)).toBeLessThan(0.05);
    shown.close();
  });

  test('other strangers are measured anew; without clothes it says so and stays', async () => {
    const shown = await strangers(beginning('strangers', { updates: 20, strangers: 'noise' }));
    await stepped(shown, 20);
    const { values } = beginning('strangers', { updates: 20, strangers: 'fashion' });
    await shown.change(values);
    await stepped(shown, 1);
    const { metric, says, isTrouble } = shown.frame();
    expect(metric).toBeNull();
    expect(isTrouble).toBe(true);
    expect(says).toContain('Fashion-MNIST');
    shown.close();
  });
});

describe('strangers made of digits', () => {
  const picture = Float32Array.from({ length: PIXELS }, (_, i) => i / PIXELS);
  const made = (way: string) => estranged(way, picture, 3, 1);

  test('turned: the top right corner comes to the top left; four turns are none', () => {
    expect(made('turned')[0]).toBe(picture[27]);
    let turned: Float32Array = picture;
    for (let i = 0; i < 4; i++) turned = estranged('turned', turned, 0, 1);
    expect(turned).toEqual(picture);
  });

  test('shuffled has the same pixels elsewhere, inverted their opposites', () => {
    expect(made('shuffled')).not.toEqual(picture);
    expect([...made('shuffled')].sort((a, b) => a - b)).toEqual([...picture]);
    expect(made('inverted')[10]).toBeCloseTo(1 - picture[10]!, 6);
  });
});

describe('the curve of found strangers against false alarms', () => {
  test('has the area that ranks say, with ties', () => {
    const [known, strange] = [[1, 2, 2, 3, 5], [2, 4, 4, 6]];
    const points = roc(known, strange);
    let area = 0;
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1]!, points[i]!];
      area += ((b.falseAlarms - a.falseAlarms) * (a.found + b.found)) / 2;
    }
    expect(area).toBeCloseTo(auroc(known, strange), 12);
    expect(points[0]).toEqual({ falseAlarms: 0, found: 0 });
    expect(points.at(-1)).toEqual({ falseAlarms: 1, found: 1 });
  }); // prettier-ignore
});
