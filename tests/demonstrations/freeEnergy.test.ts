import { describe, expect, test } from 'vitest';

import { demonstrateFreeEnergy } from '../../src/demonstrations/freeEnergy.ts';
import { usualValues } from '../../src/exhibits/values.ts';
import { freeEnergyBound } from '../../src/exhibits/list/freeEnergy.ts';
import { after, begun } from './support.ts';

const begin = (values = {}) => begun(demonstrateFreeEnergy, freeEnergyBound, values);

describe('the bound that falls', () => {
  test('free energy never rises, never falls below the surprise, and a gap stays', async () => {
    const run = await begin();
    let before = Infinity;
    for (let i = 0; i < 1500; i++) {
      const { shown, metric } = await after(run, 1);
      const now = shown.freeEnergy.at(-1)!;
      expect(now).toBeLessThanOrEqual(before + 1e-5);
      expect(metric).toBeGreaterThan(0);
      before = now;
    }
    const { metric, shown, step } = run.frame();
    expect(step).toBe(1500);
    expect(shown.freeEnergy).toHaveLength(240);
    // The square of x makes the posterior skew: a Gaussian comes near, and no nearer.
    expect(metric).toBeGreaterThan(0.01);
    expect(metric).toBeLessThan(0.1);
  });

  test('where the posterior is Gaussian the gap closes', async () => {
    const run = await begin(freeEnergyBound.trials[1].values);
    const { metric, shown } = await after(run, 400);
    expect(metric).toBeCloseTo(0, 8);
    expect(shown.mean).toBeCloseTo(2.5, 4);
    expect(shown.width).toBeCloseTo(Math.SQRT1_2, 4);
  });

  test('a hand takes the belief wherever it wants, and the run goes on from there', async () => {
    const run = await begin();
    await after(run, 20);
    const values = usualValues(freeEnergyBound.controls);
    await run.change({ ...values, mean: 0.5, width: 0.2 });
    expect(run.frame().shown).toMatchObject({ mean: 0.5, width: 0.2 });
    // What is set anew without touching the belief leaves it where it is.
    await after(run, 5);
    const { mean } = run.frame().shown;
    await run.change({ ...values, mean: 0.5, width: 0.2, sensed: 9 });
    expect(run.frame().shown.mean).toBe(mean);
  });

  test('steps that are too long throw the belief away, and it stops before any NaN', async () => {
    const run = await begin({ rate: 0.2, mean: 5 });
    const { ended, isTrouble, says, shown, metric } = await after(run, 50);
    expect({ ended, isTrouble }).toEqual({ ended: true, isTrouble: true });
    expect(says).toMatch(/too long/);
    expect([metric, ...shown.freeEnergy, ...shown.belief].every(Number.isFinite)).toBe(true);
  });
});
