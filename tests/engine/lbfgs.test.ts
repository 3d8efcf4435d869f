import { describe, expect, test } from 'vitest';

import { minimise } from '../../src/engine/lbfgs.ts';

const TO_THE_END = { iterations: 500, tolerance: 1e-9 };

/** Σ_i c_i (x_i − i)² / 2, curvatures c from 1e-3 to 1e3. */
const bowl = (n: number) => {
  const curvature = (i: number) => 10 ** (-3 + (6 * i) / (n - 1));
  return async (x: Float64Array) => ({
    value: x.reduce((sum, value, i) => sum + (curvature(i) * (value - i) ** 2) / 2, 0),
    gradient: x.map((value, i) => curvature(i) * (value - i)),
  });
};

/** Rosenbrock's valley: bends both ways; its only minimum, 0, is at (1, 1). */
const valley = async (at: Float64Array) => {
  const [x = NaN, y = NaN] = at;
  return {
    value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
  };
};

describe('L-BFGS', () => {
  test('finds the bottom of a bowl a million times steeper one way than another', async () => {
    const found = await minimise(bowl(12), new Float64Array(12), TO_THE_END);
    expect(found.gradient).toBeLessThan(1e-9);
    found.point.forEach((value, i) => expect(value).toBeCloseTo(i, 5));
    expect(found.iterations).toBeLessThan(120); // going straight down would take millions
  });

  test('finds its way through a valley that bends', async () => {
    const found = await minimise(valley, Float64Array.of(-1.2, 1), TO_THE_END);
    expect(found.point[0]).toBeCloseTo(1, 6);
    expect(found.point[1]).toBeCloseTo(1, 6);
    expect(found.iterations).toBeLessThan(80);
  });

  test('never goes up, and says how far it is', async () => {
    const values: number[] = [];
    const steps: number[] = [];
    const from = Float64Array.of(-1.2, 1);
    for (let iterations = 0; iterations <= 20; iterations++) {
      const { point } = await minimise(valley, from, { iterations, tolerance: 0, onIteration: (done) => void steps.push(done) }); // prettier-ignore
      values.push((await valley(point)).value);
    }
    values.slice(1).forEach((value, i) => expect(value).toBeLessThan(values[i]!));
    expect(steps.slice(-20)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect([...from]).toEqual([-1.2, 1]);
  });

  test('stops where it stands at the bottom, and where nothing goes down any more', async () => {
    const there = await minimise(valley, Float64Array.of(1, 1), TO_THE_END);
    expect(there).toMatchObject({ iterations: 0, gradient: 0 });
    // A gradient that points the wrong way: no step ever helps.
    const wrong = async (x: Float64Array) => ({ value: x[0]! ** 2, gradient: Float64Array.of(-1) });
    const stuck = await minimise(wrong, Float64Array.of(3), TO_THE_END);
    expect(stuck.iterations).toBe(0);
    expect(stuck.point[0]).toBe(3);
  });
});
