import { describe, expect, test } from 'vitest';

import type { FittedGaussian } from '../../../src/engine/prior/maximise.ts';
import { maximise, splitHeaviest } from '../../../src/engine/prior/maximise.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { useBackend } from '../../helpers/backends.ts';

/** Points (0, 100), (1, 101), … */
const points: FloatArray = {
  shape: [12, 2],
  data: Float32Array.from({ length: 24 }, (_, i) => (i % 2) * 100 + Math.floor(i / 2)),
};

/** A Gaussian of this mass over some points, told from others by its spread. */
const gaussian = (mass: number, own: number[]): FittedGaussian => ({
  mass,
  mean: Float32Array.of(-mass, -mass),
  spread: Float32Array.of(mass, 0, mass),
  share: { points: own, responsibilities: own.map(() => mass / own.length) },
});

describe('a Gaussian is split', () => {
  const before = [gaussian(3, [0, 1]), gaussian(7, [2, 5, 9]), gaussian(2, [3, 4, 6])];
  const split = (seed: number) => {
    const gaussians = [...before];
    splitHeaviest(gaussians, points, createRng(seed));
    return gaussians;
  };

  test('the heaviest, into two halves of its mass with its spread and share; the others stay', () => {
    const [first, heaviest, last, added, ...rest] = split(1);
    expect(rest).toEqual([]);
    expect([first, last]).toEqual([before[0], before[2]]);
    expect(heaviest).toEqual({ ...before[1], mass: 3.5 });
    expect(added).toEqual({ ...before[1], mass: 3.5, mean: added!.mean });
  });

  test('the new one stands at a point of the old one, any of them, by the seed', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      seen.add(String(split(seed)[3]!.mean));
      expect(split(seed)).toEqual(split(seed));
    }
    expect([...seen].toSorted()).toEqual(['2,102', '5,105', '9,109']);
  });

  test('again and again, the mass of all is what it was, and no Gaussian stays the heaviest', () => {
    const gaussians = [gaussian(8, [0, 1, 2, 3]), gaussian(1, [4])];
    const rng = createRng(1);
    for (let i = 0; i < 7; i++) splitHeaviest(gaussians, points, rng);
    expect(gaussians.map(({ mass }) => mass)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('a Gaussian is fitted to its share', () => {
  // (0, 0) with weight ¼ and (4, 2) with ¾: mean (3, 1.5), variances 3 and ¾, covariance 3/2.
  const two: FloatArray = { shape: [2, 2], data: Float32Array.of(0, 0, 4, 2) };
  const share = { points: [0, 1], responsibilities: [0.25, 0.75] };
  const form = { shrinkage: 0.25, ridge: 1, fewest: 1 };
  const fit = async (kind: 'full' | 'diagonal', changes: Partial<typeof form> = {}) => {
    await useBackend('cpu');
    return maximise(two, share, { ...form, ...changes, kind }, () => Promise.resolve());
  };

  test('full: R·Rᵀ is (1 − s)·S + s·diag(S) + λ·I', async () => {
    // [[4, 9/8], [9/8, 7/4]] = R·Rᵀ with R = [[2, 0], [9/16, √(7/4 − 81/256)]].
    const found = await fit('full');
    if (typeof found === 'string') throw new Error(found);
    expect(found.mass).toBe(1);
    expect([...found.mean]).toEqual([3, 1.5]);
    const expected = [2, 9 / 16, Math.sqrt(7 / 4 - 81 / 256)];
    expect(found.spread.length).toBe(3);
    expected.forEach((value, i) => expect(found.spread[i]).toBeCloseTo(value, 6));
  });

  test('diagonal: the roots of the variances and λ', async () => {
    const found = await fit('diagonal');
    if (typeof found === 'string') throw new Error(found);
    expect(found.spread).toEqual(Float32Array.of(2, Math.sqrt(7 / 4)));
  });

  test('not to less than the least mass, nor to points on a line without λ and shrinkage', async () => {
    expect(await fit('full', { fewest: 1.01 })).toBe('too few points');
    expect(await fit('diagonal', { fewest: 1.01 })).toBe('too few points');
    expect(await fit('full', { shrinkage: 0, ridge: 0 })).toBe('covariance not positive definite');
  });
});
