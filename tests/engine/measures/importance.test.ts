import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { importanceBounds } from '../../../src/engine/measures/importance.ts';
import { logMarginalLikelihoods } from '../../../src/engine/measures/likelihood.ts';
import type { Proposal } from '../../../src/engine/proposal.ts';
import { mean } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';

const PIXELS = 6;
const WIDTH = 2;
const COUNT = 5;
/** Strong enough that the posterior of an image is much narrower than the prior N(0, I). */
const W = normals(WIDTH * PIXELS, 1).map((value) => 3 * value);
const x = normals(COUNT * PIXELS, 2).map((value) => (value > 0 ? 1 : 0));
const images = {
  count: COUNT,
  read: (from: number, to: number) => x.slice(from * PIXELS, to * PIXELS),
};
const decode = (z: tf.Tensor2D): tf.Tensor2D =>
  tf.tidy(() => tf.sigmoid(tf.matMul(z, tf.tensor2d(W, [WIDTH, PIXELS]))));

function normals(count: number, seed: number): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: count }, () => rng.normal());
}

/** p(x_i | z) in float64. */
function likelihood(i: number, z: ArrayLike<number>): number {
  let p = 1;
  for (let d = 0; d < PIXELS; d++) {
    const h = z[0]! * W[d]! + z[1]! * W[PIXELS + d]!;
    const mu = Math.min(Math.max(1 / (1 + Math.exp(-h)), 1e-6), 1 - 1e-6);
    p *= x[i * PIXELS + d] === 1 ? mu : 1 - mu;
  }
  return p;
}

/** p(x_i) = ∫ p(x_i | z) N(z; 0, I) dz on a fine grid. */
function exact(i: number): number {
  const step = 0.02;
  let sum = 0;
  for (let a = -7; a < 7; a += step)
    for (let b = -7; b < 7; b += step)
      sum += (likelihood(i, [a, b]) * Math.exp(-(a * a + b * b) / 2)) / (2 * Math.PI);
  return Math.log(sum * step * step);
}

/** n draws from N(m, σ²I), weighted as draws from the prior N(0, I). */
function proposal(n: number, seed: number, m: readonly number[] = [0, 0], sigma = 1): Proposal {
  const noise = normals(n * WIDTH, seed);
  const data = noise.map((e, at) => m[at % WIDTH]! + sigma * e);
  const logWeights = Float64Array.from({ length: n }, (_, j) => {
    let log = WIDTH * Math.log(sigma);
    for (let d = 0; d < WIDTH; d++)
      log += noise[j * WIDTH + d]! ** 2 / 2 - data[j * WIDTH + d]! ** 2 / 2;
    return log;
  });
  return { draws: { shape: [n, WIDTH], data }, logWeights };
}

/** Where the posterior of image i is, roughly: the mean of the prior's draws, weighted by p(x_i | z). */
function centre(i: number): readonly number[] {
  const { draws } = proposal(2000, 99);
  const sums = [0, 0, 0];
  for (let j = 0; j < 2000; j++) {
    const z = draws.data.subarray(2 * j, 2 * j + 2);
    const p = likelihood(i, z);
    sums[0]! += p * z[0]!;
    sums[1]! += p * z[1]!;
    sums[2]! += p;
  }
  return [sums[0]! / sums[2]!, sums[1]! / sums[2]!];
}

describe.each(BACKENDS)('the importance bound on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('a float64 loop over the draws says the same, for more draws than are decoded together', async () => {
    const before = tf.memory().numTensors;
    const n = 701;
    const of = (i: number) => proposal(n, 10 + i, [0.5, -0.3], 0.8);
    const { bounds, effective } = await importanceBounds(decode, images, of);
    for (let i = 0; i < COUNT; i++) {
      const { draws, logWeights } = of(i);
      const w = Array.from({ length: n }, (_, j) => {
        const z = draws.data.subarray(2 * j, 2 * j + 2);
        return likelihood(i, z) * Math.exp(logWeights[j]!);
      });
      const sum = w.reduce((total, one) => total + one, 0);
      expect(Math.abs(bounds[i]! - Math.log(sum / n))).toBeLessThan(1e-4);
      const squares = w.reduce((total, one) => total + one * one, 0);
      expect(effective[i]! / (sum ** 2 / squares)).toBeCloseTo(1, 3);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('where the prior proposes, it is the plain Monte Carlo estimate', async () => {
    const same = proposal(400, 3);
    expect(Math.max(...Array.from(same.logWeights, Math.abs))).toBeLessThan(1e-6);
    const { bounds } = await importanceBounds(decode, images, () => same);
    const plain = await logMarginalLikelihoods(decode, images, same.draws);
    bounds.forEach((bound, i) => expect(Math.abs(bound - plain[i]!)).toBeLessThan(1e-4));
  });

  test('any proposal that is wide enough comes to the integral over the prior', async () => {
    for (const [m, sigma] of [
      [null, 0.8],
      [[0.4, 0.4], 1.2],
    ] as const) {
      // prettier-ignore
      const of = (i: number) => proposal(40_000, 20 + i, m ?? centre(i), sigma);
      const { bounds } = await importanceBounds(decode, images, of);
      bounds.forEach((bound, i) => expect(Math.abs(bound - exact(i))).toBeLessThan(0.03));
    }
  });

  test('with few draws it is lower, and it rises with more; better proposals have more draws that count', async () => {
    const averaged = async (n: number) => {
      const runs: number[] = [];
      for (let run = 0; run < 60; run++) {
        const of = (i: number) => proposal(n, 1000 * n + COUNT * run + i);
        runs.push(mean((await importanceBounds(decode, images, of)).bounds));
      }
      return mean(runs);
    };
    const [one, ten, hundred] = [await averaged(1), await averaged(10), await averaged(100)];
    const limit = mean(Array.from({ length: COUNT }, (_, i) => exact(i)));
    expect(one).toBeLessThan(ten - 0.2);
    expect(ten).toBeLessThan(hundred - 0.05);
    expect(hundred).toBeLessThan(limit + 0.02);

    const blind = await importanceBounds(decode, images, (i) => proposal(500, i));
    const aimed = await importanceBounds(decode, images, (i) => proposal(500, i, centre(i), 0.8));
    expect(mean(aimed.effective)).toBeGreaterThan(1.2 * mean(blind.effective));
  });
});
