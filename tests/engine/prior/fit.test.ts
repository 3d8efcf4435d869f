import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FitProgress } from '../../../src/engine/prior/fit.ts';
import { fitMixture } from '../../../src/engine/prior/fit.ts';
import type { FullMixture } from '../../../src/engine/prior/mixture.ts';
import { sampleMixture } from '../../../src/engine/prior/mixture.ts';
import type { FloatArray } from '../../../src/shared/arrays.ts';
import { mean } from '../../../src/shared/arrays.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';
import { logDensity, covarianceOf, randomMixture } from './support.ts';

/** No regularisation but the floor: plain maximum likelihood. */
const plain = { shrinkage: 0, ridge: 0 };
const finite = (values: Iterable<number>) => [...values].every(Number.isFinite);

describe.each(BACKENDS)('a mixture of three Gaussians on %s', (backend) => {
  beforeAll(() => useBackend(backend));
  const D = 3;
  const truth: FullMixture = {
    ...randomMixture([0.5, 0.3, 0.2], D, 0, 3),
    means: Float32Array.of(0, 0, 0, 5, 5, 0, -5, 5, 5),
  };
  const count = 4000;
  const points = sampleMixture(truth, count, 1);

  test('is found again within its statistical error', async () => {
    const before = tf.memory().numTensors;
    const result = await fitMixture(points, { ...plain, components: 3, seed: 2, tolerance: 1e-5 });
    const { mixture, logLikelihoods } = result;
    expect(tf.memory().numTensors).toBe(before);
    expect(result.collapses).toEqual([]);
    expect(result.converged).toBe(true);

    for (let k = 0; k < 3; k++) {
      // The fitted component whose mean is nearest to this one.
      const gap = (f: number) =>
        [0, 1, 2].reduce(
          (s, j) => s + (mixture.means[D * f + j]! - truth.means[D * k + j]!) ** 2,
          0,
        );
      const f = [0, 1, 2].reduce((best, other) => (gap(other) < gap(best) ? other : best));
      const w = truth.weights[k]!;
      const n = w * count;
      expect(Math.abs(mixture.weights[f]! - w)).toBeLessThan(4 * Math.sqrt((w * (1 - w)) / count));
      const [found, wanted] = [covarianceOf(mixture, f), covarianceOf(truth, k)];
      for (let i = 0; i < D; i++) {
        const error = Math.sqrt(wanted[4 * i]! / n);
        expect(Math.abs(mixture.means[D * f + i]! - truth.means[D * k + i]!)).toBeLessThan(
          4 * error,
        );
        for (let j = 0; j < D; j++) {
          // Of a Gaussian's sample covariance: variance (Σ_ii Σ_jj + Σ_ij²) / n.
          const ij = wanted[D * i + j]!;
          const spread = Math.sqrt((wanted[4 * i]! * wanted[4 * j]! + ij * ij) / n);
          expect(Math.abs(found[D * i + j]! - ij)).toBeLessThan(4 * spread);
        }
      }
    }

    // Wilks: 2·N·(gain over the truth) is χ² with as many degrees of freedom as parameters, 29.
    const gain = logLikelihoods.at(-1)! - mean(await logDensity(truth, points));
    expect(gain).toBeGreaterThan(0);
    expect(2 * count * gain).toBeLessThan(29 + 4 * Math.sqrt(2 * 29));
  });

  test('the reported log-likelihood is the one of the mixture returned', async () => {
    const { mixture, logLikelihoods } = await fitMixture(points, {
      components: 4,
      seed: 2,
      iterations: 3,
    });
    expect(logLikelihoods.at(-1)).toBeCloseTo(mean(await logDensity(mixture, points)), 9);
  });

  test('the same seed gives the same mixture', async () => {
    const options = { components: 6, seed: 5, iterations: 4 };
    const first = await fitMixture(points, options);
    expect(await fitMixture(points, options)).toEqual(first);
    expect(await fitMixture(points, { ...options, seed: 6 })).not.toEqual(first);
  });
});

describe('expectation–maximisation', () => {
  beforeAll(() => useBackend('wasm'));

  test.each(['full', 'diagonal'] as const)('never loses likelihood, %s', async (covariance) => {
    const truth = randomMixture([0.4, 0.3, 0.2, 0.1], 5, 0.7, 8); // overlapping: responsibilities are soft
    const points = sampleMixture(truth, 1500, 1);
    const options = { ...plain, components: 5, covariance, seed: 3, tolerance: -1, iterations: 25 };
    const { logLikelihoods, collapses } = await fitMixture(points, options);
    expect(collapses).toEqual([]);
    expect(logLikelihoods.length).toBe(25);
    const gains = logLikelihoods.slice(1).map((value, i) => value - logLikelihoods[i]!);
    for (const gain of gains) expect(gain).toBeGreaterThan(-1e-5);
    expect(gains[0]).toBeGreaterThan(1e-3); // there was something to gain
  });

  test('one Gaussian: the mean and the regularised covariance in closed form', async () => {
    const points = sampleMixture(randomMixture([1], 4, 2, 8), 200, 1);
    const options = { components: 1, shrinkage: 0.25, ridge: 0.01, seed: 1 };
    const { mixture } = await fitMixture(points, options);
    const column = (j: number) => Array.from({ length: 200 }, (_, n) => points.data[4 * n + j]!);
    const found = covarianceOf(mixture, 0);
    for (let i = 0; i < 4; i++) {
      const a = column(i);
      expect(mixture.means[i]).toBeCloseTo(mean(a), 5);
      for (let j = 0; j < 4; j++) {
        const b = column(j);
        const s = mean(a.map((x, n) => (x - mean(a)) * (b[n]! - mean(b))));
        expect(found[4 * i + j]).toBeCloseTo(i === j ? s + 0.01 : 0.75 * s, 4);
      }
    }
  });
});

describe('degenerate activities', () => {
  beforeAll(() => useBackend('wasm'));

  const fit = async (points: FloatArray, components: number, covariance: 'full' | 'diagonal') => {
    const result = await fitMixture(points, { components, covariance, seed: 1, iterations: 6 });
    const { mixture } = result;
    const sum = mixture.weights.reduce((total, w) => total + w, 0);
    expect(sum).toBeCloseTo(1, 5);
    expect(finite(mixture.means)).toBe(true);
    expect(finite(mixture.kind === 'full' ? mixture.cholesky : mixture.deviations)).toBe(true);
    expect(finite(result.logLikelihoods)).toBe(true);
    expect(finite(await logDensity(mixture, points))).toBe(true);
    // Where a Gaussian was put anew, or given up, in the last iteration, nothing can have converged.
    const last = result.logLikelihoods.length;
    if (result.collapses.some(({ iteration }) => iteration === last)) {
      expect(result.converged).toBe(false);
      expect(last).toBe(6);
    }
    return result;
  };

  describe.each(['full', 'diagonal'] as const)('%s', (kind) => {
    test('identical points: their place, and λ on the diagonal', async () => {
      const points = { shape: [20, 3], data: new Float32Array(60).fill(0.5) };
      const { mixture } = await fit(points, 4, kind);
      const covariance = covarianceOf(mixture, 0);
      expect(mixture.means.every((m) => m === 0.5)).toBe(true);
      for (let i = 0; i < 9; i++) expect(covariance[i]).toBeCloseTo(i % 4 === 0 ? 1e-4 : 0, 9);
    });

    test('dead neurons get λ, and the others are as without them', async () => {
      const live = sampleMixture(randomMixture([0.6, 0.4], 2, 3, 4), 300, 1);
      const data = new Float32Array(300 * 5);
      for (let n = 0; n < 300; n++) data.set(live.data.subarray(2 * n, 2 * n + 2), 5 * n + 1);
      const { mixture } = await fit({ shape: [300, 5], data }, 2, kind);
      const alone = (await fit(live, 2, kind)).mixture;
      for (let k = 0; k < 2; k++) {
        const [found, expected] = [covarianceOf(mixture, k), covarianceOf(alone, k)];
        for (const dead of [0, 3, 4]) expect(found[6 * dead]).toBeCloseTo(1e-4, 9);
        expect(found[6]).toBeCloseTo(expected[0]!, 4);
        expect(found[12]).toBeCloseTo(expected[3]!, 4);
        expect(found[11]).toBeCloseTo(expected[2]!, 4);
      }
    });

    test('fewer points than components', async () => {
      const points = { shape: [3, 2], data: Float32Array.of(0, 0, 1, 1, 2, 0) };
      const { mixture } = await fit(points, 75, kind);
      expect(mixture.components).toBeLessThanOrEqual(3);
    });

    test('fewer points than neurons', async () => {
      const rng = createRng(3);
      const data = Float32Array.from({ length: 10 * 40 }, () => Math.max(0, rng.normal()));
      await fit({ shape: [10, 40], data }, 2, kind);
    });

    test('fewer places than components: what collapses is reseeded or dropped, and reported', async () => {
      const data = Float32Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1));
      const { collapses, mixture } = await fit({ shape: [30, 2], data }, 5, kind);
      expect(collapses[0]).toEqual({ iteration: 1, cause: 'too few points', action: 'reseeded' });
      const at = Array.from({ length: mixture.components }, (_, k) => mixture.means[2 * k]!);
      expect(Math.min(...at)).toBeCloseTo(0, 5);
      expect(Math.max(...at)).toBeCloseTo(1, 5);
    });
  });

  test('one neuron', async () => {
    await fit({ shape: [4, 1], data: Float32Array.of(0, 0.1, 5, 5.1) }, 2, 'full');
  });

  test.each([NaN, Infinity])('%d is refused', async (bad) => {
    const points = { shape: [2, 1], data: Float32Array.of(1, bad) };
    await expect(fitMixture(points, { seed: 1 })).rejects.toMatchObject({ kind: 'data' });
  });

  test('activities whose squares overflow are refused', async () => {
    const data = Float32Array.from({ length: 40 }, (_, i) => (i % 7) * 1e30);
    const fit = fitMixture({ shape: [20, 2], data }, { seed: 1, components: 2 });
    await expect(fit).rejects.toMatchObject({ kind: 'diverged' });
  });

  test('no points are refused', async () => {
    const points = { shape: [0, 4], data: new Float32Array(0) };
    await expect(fitMixture(points, { seed: 1 })).rejects.toMatchObject({ kind: 'data' });
  });
});

describe('a long fit', () => {
  beforeAll(() => useBackend('wasm'));
  const points = sampleMixture(randomMixture([0.5, 0.5], 24, 1, 1), 3000, 1);
  const endless = { components: 10, seed: 1, iterations: 1e6, tolerance: -1 };

  test('lets timers run, so that one can cancel it; no tensor is left behind', async () => {
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const fit = fitMixture(points, { ...endless, signal: controller.signal });
    await expect(fit).rejects.toMatchObject({ kind: 'cancelled' });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('reports progress that only grows, from clustering to done', async () => {
    const reports: FitProgress[] = [];
    const onProgress = (progress: FitProgress) => reports.push(progress);
    const { logLikelihoods } = await fitMixture(points, { ...endless, iterations: 3, onProgress });
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(reports[0]).toEqual({
      label: 'Clustering the activities',
      fraction: 0,
      logLikelihood: null,
    });
    expect(reports.at(-1)).toEqual({
      label: 'Prior fitted',
      fraction: 1,
      logLikelihood: logLikelihoods.at(-1),
    });
    expect(reports.some(({ label }) => label === 'Fitting 10 Gaussians, iteration 3')).toBe(true);
  });
});
