import { describe, expect, test } from 'vitest';

import { demonstrateLearntVariance } from '../../src/demonstrations/learntVariance.ts';
import { learntVariance } from '../../src/exhibits/list/learntVariance.ts';
import { usualValues } from '../../src/exhibits/values.ts';
import { after, begun } from './support.ts';

const begin = (values = {}, seed = 1) =>
  begun(demonstrateLearntVariance, learntVariance, values, seed);
const [holds, collapses, tips] = learntVariance.trials.map(({ values }) => values);

describe('a learnt variance', () => {
  test('each of the three rests where theory says, but for the noise of its draws', async () => {
    const { shown } = await after(await begin(holds), 3000);
    expect(shown.rests).toEqual({ settled: expect.closeTo(3.732, 3) as number, forward: 6, sampled: 5 }); // prettier-ignore
    expect(Math.abs(shown.settled.at(-1)! / 3.732 - 1)).toBeLessThan(0.2);
    expect(Math.abs(shown.forward.at(-1)! / 6 - 1)).toBeLessThan(0.2);
    expect(Math.abs(shown.sampled.at(-1)! / 5 - 1)).toBeLessThan(0.2);
  });

  test('where there is no rest, settled errors send it to its floor, and it is said', async () => {
    const run = await begin(collapses);
    expect(run.frame().shown.tipping).toBeNull();
    const { metric, says, shown } = await after(run, 3000);
    expect(metric).toBe(0.01);
    expect(says).toMatch(/fallen to its floor/);
    expect(shown.forward.at(-1)).toBeGreaterThan(2);
  });

  test('below the tipping point it falls, in the same world', async () => {
    const run = await begin(tips);
    expect(run.frame().shown.tipping).toBeCloseTo(0.268, 3);
    expect((await after(run, 3000)).metric).toBe(0.01);
  });

  test('a long course is remembered thinly, from its beginning', async () => {
    const { shown, step } = await after(await begin(), 2000);
    expect(shown.settled.length).toBeLessThanOrEqual(601);
    expect(shown.settled[0]).toBe(1);
    expect((shown.settled.length - 1) * shown.every).toBe(step);
    expect(shown.every).toBe(4);
  });

  test('the world changes while it learns; the same seed gives the same draws', async () => {
    const run = await begin(holds);
    await after(run, 500);
    await run.change({ ...usualValues(learntVariance.controls), residual: 3 });
    expect(run.frame().shown.rests.settled).toBeNull();
    expect((await after(run, 4000)).metric).toBe(0.01);
    const metric = async (seed: number) => (await after(await begin({}, seed), 50)).metric;
    expect(await metric(3)).toBe(await metric(3));
    expect(await metric(4)).not.toBe(await metric(3));
  });
});
