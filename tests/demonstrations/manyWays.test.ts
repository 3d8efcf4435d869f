import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { PIXELS } from '../../src/data/dataset.ts';
import { manyWays } from '../../src/demonstrations/manyWays.ts';
import { Moments } from '../../src/demonstrations/moments.ts';
import { Wanderers } from '../../src/demonstrations/wanderers.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { useBackend } from '../helpers/backends.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

beforeAll(() => useBackend('wasm'));

const FEW = { updates: 10 };

describe('half a digit', () => {
  test('goes on in ways that never depend on what is hidden, and what is seen stays', async () => {
    const given = Float32Array.from({ length: PIXELS }, (_, i) => (i % 5 === 0 ? 1 : 0));
    const other = given.map((pixel, i) => (i < PIXELS / 2 ? pixel : 1 - pixel));
    const after = async (picture: Float32Array) => {
      const shown = await manyWays(beginning('many-ways', FEW));
      await shown.act!({ name: 'picture', values: picture });
      await stepped(shown, 25);
      const { ways } = shown.frame().shown;
      shown.close();
      return ways;
    };
    const ways = await after(given);
    expect(await after(other)).toEqual(ways);
    const turned = given.map((pixel, i) => (i < PIXELS / 2 ? 1 - pixel : pixel));
    expect(await after(turned)).not.toEqual(ways);
  });

  test('chains spread with noise, and hardly without; the one that settles is the same in both', async () => {
    const settled: Uint8Array[] = [];
    const spreads: number[] = [];
    for (const temperature of [1, 0]) {
      const shown = await manyWays(beginning('many-ways', { ...FEW, temperature }));
      await stepped(shown, 120);
      const { metric, shown: now } = shown.frame();
      settled.push(now.ways.slice(0, PIXELS));
      spreads.push(metric!);
      expect(now.counted).toBeGreaterThan(12);
      expect(now.errors.settled.at(-1)).toBeLessThan(now.errors.settled[0]!);
      shown.close();
    }
    expect(settled[0]).toEqual(settled[1]);
    expect(spreads[1]).toBeLessThan(0.25 * spreads[0]!);
  });

  test('another rate acts at once, and what was gone through before no longer counts', async () => {
    const shown = await manyWays(beginning('many-ways', FEW));
    await stepped(shown, 80);
    const before = shown.frame().shown.counted;
    await shown.change(beginning('many-ways', { ...FEW, rate: 0.01 }).values);
    await stepped(shown, 5);
    const { counted, errors } = shown.frame().shown;
    expect(before).toBeGreaterThan(counted);
    expect(errors.chain).toHaveLength(5);
    shown.close();
  });

  test('the same seed gives the same run, another another; nothing is left behind', async () => {
    const before = tf.memory().numTensors;
    const run = async (seed: number) => {
      const shown = await manyWays(beginning('many-ways', FEW, seed));
      await stepped(shown, 20);
      await shown.act!({ name: 'rub', values: [14, 5] });
      await stepped(shown, 5);
      const { given, ways } = shown.frame().shown;
      expect(given[5 * 28 + 14]).toBe(0);
      shown.close();
      return ways;
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
  });
});

/*
 * One cause, one hidden neuron, two pixels of which the first is seen, all linear: F = ½ (z0 − b)² + ½ (z1 − a·z0)² + ½ (y − c·z1)² is
 * quadratic, Λ = [[1 + a², −a], [−a, 1 + c²]], and chains have the mean Λ⁻¹(b, c·y) and the covariance τ·(Λ − γΛ²/2)⁻¹.
 */
test('what is hidden has the mean and the variance of its posterior, as closed forms have it', async () => {
  const [a, b, c, hidden, y, rate, temperature] = [1.1, 0.5, 0.8, 1.5, 2, 0.3, 0.7];
  const settings = parseSettings({
    ...{ variant: 'pcn', system: 'langevin', sizes: [1, 1, 2], hidden: 'identity' },
    ...{ priorPrecision: 1, temperature, rate },
  });
  const theta = {
    ...{ W1: tf.tensor2d([[a]]), b1: tf.zeros([1]), b0: tf.tensor1d([b]) },
    ...{ W2: tf.tensor2d([[c, hidden]]), b2: tf.zeros([2]) },
  };
  const wiring = await wire({ settings, theta });
  const wanderers = new Wanderers(2_000, 3);
  wanderers.see({ pixels: Float32Array.of(y, 99), held: Float32Array.of(1, 0) });
  const seen = new Moments(1);
  let settled = NaN;
  for (let t = 0; t < 160; t++) {
    const ways = await wanderers.step(wiring);
    settled = ways[1]!;
    if (t >= 60 && t % 10 === 0) seen.add(ways.filter((_, i) => i > 1 && i % 2 === 1));
  }
  const [p, q, r] = [1 + a ** 2, -a, 1 + c ** 2];
  const mean = (p * c * y - q * b) / (p * r - q * q);
  const [pp, qq, rr] = [p * p + q * q, q * (p + r), q * q + r * r].map((one) => (rate / 2) * one) as [number, number, number]; // prettier-ignore
  const [m, n, o] = [p - pp, q - qq, r - rr];
  const variance = (temperature * m) / (m * o - n * n);
  expect(settled).toBeCloseTo(hidden * mean, 4);
  expect(Math.abs(seen.mean()[0]! - hidden * mean)).toBeLessThan(0.02);
  expect(Math.abs(seen.variance()[0]! / (hidden ** 2 * variance) - 1)).toBeLessThan(0.03);
  wanderers.dispose();
  wiring.dispose();
  tf.dispose(theta);
});

test('moments are means and variances, place by place', () => {
  const moments = new Moments(2);
  moments.add([1, 10, 3, 10]);
  moments.add([5, 40]);
  expect(moments.count).toBe(3);
  expect([...moments.mean()]).toEqual([3, 20]);
  expect([...moments.variance()].map((one) => Math.round(1000 * one))).toEqual([2667, 200_000]);
});
