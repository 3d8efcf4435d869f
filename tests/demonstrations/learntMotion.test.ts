import { expect, test } from 'vitest';

import { demonstrateLearntMotion } from '../../src/demonstrations/learntMotion.ts';
import type { LearntMotionShown } from '../../src/exhibits/list/learntMotion.ts';
import { learntMotion } from '../../src/exhibits/list/learntMotion.ts';
import { after, begun } from './support.ts';

const begin = (values = {}, seed = 1) => begun(demonstrateLearntMotion, learntMotion, values, seed);

/** The error over the last time through the course. */
function lateError({ errors }: LearntMotionShown): number {
  const late = errors.slice(-60);
  return Math.sqrt(late.reduce((sum, error) => sum + error ** 2, 0) / late.length);
}

test('before anything is learnt, the true turn is 0.98 at the angle, and the believed one falls into the middle', async () => {
  const { shown } = (await begin({ angle: 0.3 })).frame();
  const [x0, y0, x1 = 0, y1 = 0] = shown.truth;
  expect([x0, y0]).toEqual([1, 0]);
  expect(Math.hypot(x1, y1)).toBeCloseTo(0.98, 6);
  expect(Math.atan2(y1, x1)).toBeCloseTo(0.3, 6);
  expect([...shown.believed.slice(0, 4)]).toEqual([1, 0, 0.5, 0]);
});

test('A comes to the true turn, and the error to that of who knows the law', async () => {
  const demonstration = await begin({ learningRate: 0.001, steps: 10 });
  const { shown } = await after(demonstration, 120);
  const [a = 0, b = 0, c = 0, d = 0] = shown.A;
  expect(Math.sqrt(a * d - b * c)).toBeCloseTo(0.98, 1);
  expect(Math.atan2(c - b, a + d)).toBeCloseTo(0.25, 1);
  const mean = lateError(shown);
  expect(mean / shown.least).toBeGreaterThan(0.98);
  expect(mean / shown.least).toBeLessThan(1.03);
  expect([...shown.C]).toEqual([1, 0, 0, 1]);
});

test('C grows from half its size beyond the whole, for estimates have no width; the error is that of who knows the law', async () => {
  const demonstration = await begin({ learns: 'C', steps: 10 });
  const before = demonstration.frame().shown;
  const { shown } = await after(demonstration, 120);
  expect([...before.C]).toEqual([0.5, 0, 0, 0.5]);
  const mean = lateError(shown);
  expect(shown.C[0]).toBeGreaterThan(1);
  expect(mean / shown.least).toBeLessThan(1.02);
  expect([...shown.A]).toEqual([...before.A]);
});

test('a rate that is too large ends in a sentence, and no NaN is shown', async () => {
  const demonstration = await begin({ learningRate: 0.3 });
  const { ended, says, shown } = await after(demonstration, 240);
  expect(ended).toBe(true);
  expect(says).toMatch(/flies away/);
  expect([...shown.A, ...shown.errors].every(Number.isFinite)).toBe(true);
});

test('the same seed gives the same run, another seed another', async () => {
  const run = async (seed: number) => (await after(await begin({}, seed), 4)).metric;
  expect(await run(1)).toBe(await run(1));
  expect(await run(1)).not.toBe(await run(2));
});
