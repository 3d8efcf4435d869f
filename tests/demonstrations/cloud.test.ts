import { describe, expect, test } from 'vitest';

import { cloud } from '../../src/demonstrations/cloud.ts';
import type { Values } from '../../src/exhibits/exhibit.ts';
import { beginning, stepped } from '../helpers/exhibits.ts';

async function run(values: Values, steps: number, seed = 1) {
  const shown = await cloud(beginning('cloud', values, seed));
  await stepped(shown, steps);
  return shown;
}

/** The mean variance of the cloud over many steps: one cloud of 400 alone is off by 7 %. */
async function meanVariance(values: Values): Promise<number> {
  const shown = await run(values, 200);
  let sum = 0;
  for (let i = 0; i < 400; i++) {
    await stepped(shown, 1);
    sum += shown.frame().metric! / 400;
  }
  return sum;
}

describe('a cloud, not a point', () => {
  test.each([
    { temperature: 1, rate: 0.05 },
    { temperature: 1, rate: 0.3 },
    { temperature: 0.5, rate: 0.1 },
  ])('has the variance τ/(λ(1 − γλ/2)), λ = 5: %j', async ({ temperature, rate }) => {
    const expected = temperature / (5 * (1 - (rate * 5) / 2));
    expect(Math.abs((await meanVariance({ temperature, rate })) / expected - 1)).toBeLessThan(0.05);
  });

  test('lies about the exact mean, (b + wy)/(1 + w²); without noise it is that point', async () => {
    const { cloud: chains, mean } = (await run({ temperature: 0, seen: 4 }, 200)).frame().shown;
    expect(mean).toBeCloseTo((0.5 + 2 * 4) / 5, 12);
    for (const z of chains) expect(z).toBeCloseTo(mean, 5);
  });

  test('flies away beyond 2/λ, says so, and stops before any NaN; a lower rate begins it anew', async () => {
    const shown = await run({ rate: 0.45 }, 300);
    const { isTrouble, says, metric, step } = shown.frame();
    expect(isTrouble).toBe(true);
    expect(says).toContain('0.400');
    expect(Number.isFinite(metric)).toBe(true);
    await stepped(shown, 1);
    expect(shown.frame().step).toBe(step);
    await shown.change(beginning('cloud', { rate: 0.05 }).values);
    await stepped(shown, 200);
    expect(shown.frame().isTrouble).toBe(false);
    expect(shown.frame().metric).toBeLessThan(0.5);
  });

  test('learns the world with noise; without, w runs off', async () => {
    const sampled = (await run({ learn: true }, 400)).frame().shown;
    expect(Math.abs(sampled.w - 2)).toBeLessThan(0.3);
    expect(Math.abs(sampled.b - 0.5)).toBeLessThan(0.15);
    const settled = (await run({ learn: true, temperature: 0 }, 400)).frame().shown;
    expect(settled.w).toBeGreaterThan(3.5);
  });

  test('the same seed gives the same run', async () => {
    const metric = async (seed: number) => (await run({}, 50, seed)).frame().metric;
    expect(await metric(3)).toBe(await metric(3));
    expect(await metric(3)).not.toBe(await metric(4));
  });
});
