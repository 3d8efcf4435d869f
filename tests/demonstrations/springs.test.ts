import { describe, expect, test } from 'vitest';

import { demonstrateSprings } from '../../src/demonstrations/springs.ts';
import { springs } from '../../src/exhibits/list/springs.ts';
import { usualValues } from '../../src/exhibits/values.ts';
import { after, begun } from './support.ts';

const begin = (values = {}, seed = 1) => begun(demonstrateSprings, springs, values, seed);
const usual = usualValues(springs.controls);

describe('a chain of springs', () => {
  test('it comes to rest where it said it would, and never rises on its way', async () => {
    const run = await begin();
    const { resting } = run.frame().shown;
    const { metric, shown } = await after(run, 300);
    expect(metric).toBeCloseTo(resting, 6);
    shown.energies.forEach((energy, i) =>
      expect(energy).toBeLessThanOrEqual(i === 0 ? Infinity : shown.energies[i - 1]! + 1e-6),
    );
    expect([shown.states[0], shown.states.at(-1)]).toEqual([-1, Math.fround(2.4)]);
  });

  test('at first only the last spring is stretched', async () => {
    const { shown } = (await begin()).frame();
    const stretched = shown.predictions.map((mu, i) => Math.abs(shown.states[i + 1]! - mu));
    expect([...stretched.slice(0, -1)]).toEqual([0, 0, 0]);
    expect(stretched.at(-1)).toBeGreaterThan(1);
  });

  test('learning takes the error away: in the end a chain rests without energy', async () => {
    const run = await begin({ learns: true, rate: 0.3 });
    const before = run.frame().shown.resting;
    const { shown, metric } = await after(run, 1000);
    expect(shown.learnt).toBe(50);
    expect(metric).toBeLessThan(0.01 * before);
  });

  test('beyond the bound it says so, flies apart, and stops before any NaN', async () => {
    const run = await begin(springs.trials[2].values);
    expect(run.frame()).toMatchObject({ isTrouble: true, ended: false });
    expect(run.frame().says).toMatch(/beyond 2\/λmax = 0\.\d\d/);
    const { ended, metric, shown } = await after(run, 2000);
    expect(ended).toBe(true);
    expect(metric).toBeGreaterThan(1e4);
    expect([...shown.states, ...shown.energies].every(Number.isFinite)).toBe(true);
  });

  test('a hand holds an inner neuron until it lets go; the ends it pulls by their controls', async () => {
    const run = await begin();
    await run.act!({ name: 'hold', values: [2, -2] });
    const { shown } = await after(run, 100);
    expect(shown.states[2]).toBe(-2);
    expect(shown.held).toEqual([true, false, true, false, true]);
    await run.act!({ name: 'release', values: [] });
    expect(run.frame().shown.held).toEqual([true, false, false, false, true]);
    expect((await after(run, 300)).metric).toBeCloseTo(run.frame().shown.resting, 6);
    await run.change({ ...usual, pull: 0.5 });
    expect(run.frame().shown.states.at(-1)).toBe(0.5);
    expect(() => run.act!({ name: 'hold', values: [0, 1] })).toThrow(/inner neuron/);
    expect(() => run.act!({ name: 'throw', values: [1, 1] })).toThrow(/not throw/);
  });

  test('the same seed gives the same chain, another another', async () => {
    const energy = async (seed: number) => (await after(await begin({}, seed), 50)).metric;
    expect(await energy(1)).toBe(await energy(1));
    expect(await energy(2)).not.toBe(await energy(1));
  });
});
