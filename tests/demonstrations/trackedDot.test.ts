import { describe, expect, test } from 'vitest';

import { demonstrateTrackedDot } from '../../src/demonstrations/trackedDot.ts';
import { trackedDot } from '../../src/exhibits/list/trackedDot.ts';
import { usualValues } from '../../src/exhibits/values.ts';
import { after, begun } from './support.ts';

const begin = (values = {}, seed = 1) => begun(demonstrateTrackedDot, trackedDot, values, seed);

describe('the tracked dot', () => {
  test('once it has settled, the network believes what the Kalman filter does', async () => {
    const { shown, metric, step } = await after(await begin({ steps: 100 }), 200);
    expect(step).toBe(200);
    shown.settled.forEach((at, i) => expect(at).toBeCloseTo(shown.exact[i]!, 3));
    expect(metric).toBeCloseTo(shown.errors.exact, 3);
    expect(shown.errors.exact).toBeLessThan(0.8 * shown.errors.measured);
    expect(shown.settling).toHaveLength(101);
    expect(shown.settling.at(-1)).toBe(shown.settled.at(-1));
  });

  test('the last of a long course is on show, and its time', async () => {
    const run = await begin();
    expect(run.frame()).toMatchObject({ step: 0, metric: null });
    const early = await after(run, 30);
    expect([early.shown.from, early.shown.truth.length]).toEqual([0, 30]);
    const late = await after(run, 100);
    expect([late.shown.from, late.shown.truth.length]).toEqual([50, 80]);
  });

  test('few steps lag behind, and trust in the wrong thing loses the dot', async () => {
    const errors = async (values: object) => (await after(await begin({ ...values }), 300)).metric!;
    const settled = await errors({ steps: 20 });
    expect(await errors({ steps: 2 })).toBeGreaterThan(2 * settled);
    expect(await errors({ steps: 20, prior: 'steady' })).toBeLessThan(1.05 * settled);
    expect(await errors({ steps: 100, prior: 'pushes' })).toBeGreaterThan(2 * settled);
    expect(await errors({ steps: 100, prior: 'identity' })).toBeGreaterThan(2 * settled);
  });

  test('a hand holds the dot, with the speed it is moved at, until it lets go', async () => {
    const run = await begin({ steps: 20 });
    await after(run, 10);
    await run.act!({ name: 'hold', values: [5] });
    expect((await after(run, 30)).shown.truth.at(-1)).toBe(5);
    expect(run.frame().shown.isHeld).toBe(true);
    expect(Math.abs(run.frame().shown.settled.at(-1)! - 5)).toBeLessThan(2);
    await run.act!({ name: 'release', values: [] });
    expect((await after(run, 1)).shown.truth.at(-1)).not.toBe(5);
    expect(() => run.act!({ name: 'kick', values: [1] })).toThrow(/not kick/);
  });

  test('an estimate that has lost the dot says so and stops', async () => {
    const run = await begin({ steps: 1, noise: 3 });
    for (let i = 0; i < 40 && !run.frame().ended; i++) {
      await run.act!({ name: 'hold', values: [i % 2 === 0 ? 1e5 : -1e5] });
      await after(run, 1);
    }
    expect(run.frame()).toMatchObject({ ended: true, isTrouble: true });
    expect(run.frame().says).toMatch(/lost the dot/);
  });

  test('the noise moves while it runs; the same seed gives the same course', async () => {
    const run = await begin();
    await after(run, 5);
    await run.change({ ...usualValues(trackedDot.controls), noise: 0.2 });
    const { shown } = await after(run, 80);
    expect(shown.errors.measured).toBeLessThan(0.6);
    const last = async (seed: number) => (await after(await begin({}, seed), 20)).metric;
    expect(await last(3)).toBe(await last(3));
    expect(await last(4)).not.toBe(await last(3));
  });
});
