import { describe, expect, test } from 'vitest';

import { createRng } from '../../src/shared/rng.ts';
import type { VarianceSource } from '../../src/predictive/variance.ts';
import {
  expectedChange,
  localErrorStep,
  restingVariance,
  settledRoots,
  varianceStep,
} from '../../src/predictive/variance.ts';

const FLOOR = 0.01;

/** Where Σ comes to, from draws: the mean of its later half. */
function learnt(source: VarianceSource, residualVariance: number): number {
  const how = { source, residualVariance, w: 1, rate: 0.05, floor: FLOOR, batch: 100 };
  const rng = createRng(4);
  let [sigma, sum] = [3, 0];
  for (let i = 0; i < 6000; i++) {
    if (i >= 3000) sum += sigma / 3000;
    sigma = varianceStep(sigma, how, rng);
  }
  return sum;
}

describe('the variance of an output', () => {
  test('learning rests at the roots, and only the upper one holds', () => {
    const [lower, upper] = settledRoots(6, 1)!;
    for (const root of [lower, upper]) {
      expect((root + 1) ** 2).toBeCloseTo(6 * root, 10);
      expect(expectedChange('settled', 6, 1, root)).toBeCloseTo(0, 12);
    }
    expect(upper).toBeCloseTo(3.732, 3);
    expect(expectedChange('settled', 6, 1, upper + 0.1)).toBeLessThan(0);
    expect(expectedChange('settled', 6, 1, upper - 0.1)).toBeGreaterThan(0);
    expect(expectedChange('settled', 6, 1, lower - 0.1)).toBeLessThan(0);
  });

  test('there are none where σ < 2w, and learning falls everywhere', () => {
    expect(settledRoots(3.9, 1)).toBeNull();
    for (const sigma of [0.01, 0.5, 1, 2, 10])
      expect(expectedChange('settled', 3.9, 1, sigma)).toBeLessThan(0);
  });

  test.each([
    ['settled', 6],
    ['settled', 4.5],
    ['forward', 6],
    ['forward', 3],
    ['sampled', 6],
    ['sampled', 4.5],
    ['sampled', 3],
  ] as const)(
    'from %s states and residuals of variance %f, draws find what is said',
    (source, of) => {
      const said = restingVariance(source, of, 1)!;
      expect(expectedChange(source, of, 1, said)).toBeCloseTo(0, 12);
      // Fluctuations of Σ bend its mean by a few per cent.
      expect(Math.abs(learnt(source, of) / said - 1)).toBeLessThan(0.06);
    },
  );

  test('settled states of a residual that is too small send it to the floor', () => {
    expect(restingVariance('settled', 3, 1)).toBeNull();
    expect(learnt('settled', 3)).toBeCloseTo(FLOOR, 10);
  });

  test('an error neuron divides by Σ without dividing', () => {
    let e = 0;
    for (let t = 0; t < 400; t++) e = localErrorStep(e, 0.7, 0.25, 0.2);
    expect(e).toBeCloseTo(0.7 / 0.25, 8);
  });
});
