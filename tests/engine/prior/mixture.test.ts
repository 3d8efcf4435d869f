import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { cholesky } from '../../../src/engine/linalg/cholesky.ts';
import { compactMixture } from '../../../src/engine/prior/compact.ts';
import type { DiagonalMixture, FactorMixture, Mixture } from '../../../src/engine/prior/mixture.ts';
import { factorCovariance, sampleMixture } from '../../../src/engine/prior/mixture.ts';
import { mixtureFromTensors, mixtureToTensors } from '../../../src/engine/prior/store.ts';
import { parseSafetensors, writeSafetensors } from '../../../src/io/safetensors.ts';
import { NgcError } from '../../../src/shared/errors.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';
import { logDensity, covarianceOf, randomMixture, slowLogDensity } from './support.ts';

const weights = [0.5, 0.3, 0.2];

function mixtures(size: number): [string, Mixture][] {
  const full = randomMixture(weights, size, 1.5, 3);
  const { components, means } = full;
  const rng = createRng(9);
  const base = { components, size, weights: full.weights, means };
  const deviations = Float32Array.from(means, () => 0.3 + rng.uniform());
  const loadings = Float32Array.from({ length: 2 * means.length }, () => rng.normal() / 2);
  const diagonal: DiagonalMixture = { kind: 'diagonal', ...base, deviations };
  const factor: FactorMixture = { kind: 'factor', ...base, rank: 2, loadings, deviations };
  return [full, diagonal, factor].map((mixture) => [mixture.kind, mixture]);
}

describe.each(BACKENDS)('log density on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(mixtures(2))('the standard form in two dimensions, %s', async (_, mixture) => {
    const points = { shape: [3, 2], data: Float32Array.of(0, 0, 1, -2, 30, 30) };
    const result = await logDensity(mixture, points);
    [0, 1, 2].forEach((n) => {
      const expected = slowLogDensity(mixture, points.data.subarray(2 * n, 2 * n + 2));
      expect(Math.abs(result[n]! - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-5);
    });
  });

  test.each(mixtures(24))('the same with most components left out, %s', async (_, mixture) => {
    const points = sampleMixture(mixture, 40, 5);
    const before = tf.memory().numTensors;
    const result = await logDensity(mixture, points);
    expect(tf.memory().numTensors).toBe(before);
    for (let n = 0; n < 40; n++) {
      const expected = slowLogDensity(mixture, points.data.subarray(24 * n, 24 * n + 24));
      expect(Math.abs(result[n]! - expected)).toBeLessThan(1e-4);
    }
  });

  test('more points than one piece of work takes', async () => {
    const mixture = randomMixture(weights, 2, 1, 3);
    const points = sampleMixture(mixture, 5000, 5);
    const result = await logDensity(mixture, points);
    for (const n of [0, 4095, 4096, 4999]) {
      const expected = slowLogDensity(mixture, points.data.subarray(2 * n, 2 * n + 2));
      expect(result[n]).toBeCloseTo(expected, 4);
    }
  });
});

test.each(['diagonal', 'full'] as const)(
  'two components that are equally far: log p is one of them and log 2, %s',
  async (kind) => {
    // Halfway between N(−d, 1) and N(d, 1), ½ each: log p(0) = log N(d; 0, 1) = −½·log 2π − ½·d².
    await useBackend('cpu');
    const base = { components: 2, size: 1, weights: Float32Array.of(0.5, 0.5) };
    const ones = Float32Array.of(1, 1);
    for (const d of [1, 6, 8, 40]) {
      const means = Float32Array.of(-d, d);
      const mixture: Mixture =
        kind === 'full'
          ? { kind, ...base, means, cholesky: ones }
          : { kind, ...base, means, deviations: ones };
      const [found] = await logDensity(mixture, { shape: [1, 1], data: Float32Array.of(0) });
      expect(found).toBeCloseTo(-0.5 * Math.log(2 * Math.PI) - 0.5 * d ** 2, 4);
    }
  },
);

test('one standard normal: log p(0) = −D/2·log 2π', async () => {
  await useBackend('cpu');
  const mixture: Mixture = {
    kind: 'diagonal',
    components: 1,
    size: 3,
    weights: Float32Array.of(1),
    means: new Float32Array(3),
    deviations: Float32Array.of(1, 1, 1),
  };
  const at0 = await logDensity(mixture, { shape: [1, 3], data: new Float32Array(3) });
  expect(at0[0]).toBeCloseTo(-1.5 * Math.log(2 * Math.PI), 6);
});

describe('samples', () => {
  test.each(mixtures(3))('have the mixture’s mean and covariance, %s', (_, mixture) => {
    // Of the mixture: μ = Σ w_k μ_k, Σ = Σ w_k (Σ_k + μ_k·μ_kᵀ) − μ·μᵀ.
    const count = 40_000;
    const { data } = sampleMixture(mixture, count, 1);
    const { means } = mixture;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j <= i; j++) {
        let expected = 0;
        weights.forEach((w, k) => {
          const covariance = covarianceOf(mixture, k)[3 * i + j]!;
          expected += w * (covariance + means[3 * k + i]! * means[3 * k + j]!);
        });
        let [sum, squares] = [0, 0];
        for (let n = 0; n < count; n++) {
          const product = data[3 * n + i]! * data[3 * n + j]!;
          sum += product;
          squares += product * product;
        }
        const error = Math.sqrt((squares / count - (sum / count) ** 2) / count);
        expect(Math.abs(sum / count - expected)).toBeLessThan(4 * error);
      }
  });

  test('are the same for the same seed only, and [0, D] for none', () => {
    const mixture = randomMixture(weights, 3, 1, 3);
    expect(sampleMixture(mixture, 10, 4)).toEqual(sampleMixture(mixture, 10, 4));
    expect(sampleMixture(mixture, 10, 4)).not.toEqual(sampleMixture(mixture, 10, 5));
    expect(sampleMixture(mixture, 0, 4)).toEqual({ shape: [0, 3], data: new Float32Array(0) });
  });

  test.each(mixtures(3))(
    'at another temperature lie as much nearer to their means, %s',
    (_, mixture) => {
      const { means, size } = mixture;
      const frozen = sampleMixture(mixture, 50, 4, { temperature: 0 }).data;
      const half = sampleMixture(mixture, 50, 4, { temperature: 0.5 }).data;
      const whole = sampleMixture(mixture, 50, 4).data;
      const every = Array.from({ length: mixture.components }, (_, k) => means.subarray(k * size, (k + 1) * size).join()); // prettier-ignore
      const found = new Set<string>();
      for (let n = 0; n < 50; n++) found.add(frozen.subarray(n * size, (n + 1) * size).join());
      expect([...found].every((one) => every.includes(one))).toBe(true);
      expect(found.size).toBeGreaterThan(1);
      whole.forEach((value, i) => expect(half[i]).toBeCloseTo((frozen[i]! + value) / 2, 5));
      expect(sampleMixture(mixture, 50, 4, { temperature: 1 }).data).toEqual(whole);
    },
  );

  test.each(mixtures(3))('of one Gaussian are its own, %s', (_, mixture) => {
    const { means, size } = mixture;
    const count = 20_000;
    const component = 1;
    const { data } = sampleMixture(mixture, count, 3, { component });
    const covariance = covarianceOf(mixture, component);
    const mean = means.subarray(component * size, (component + 1) * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let n = 0; n < count; n++)
          sum += (data[n * size + i]! - mean[i]!) * (data[n * size + j]! - mean[j]!);
        const scale = Math.sqrt(covariance[i * size + i]! * covariance[j * size + j]!);
        expect(Math.abs(sum / count - covariance[i * size + j]!)).toBeLessThan(0.04 * scale);
      }
    const frozen = sampleMixture(mixture, 3, 3, { component, temperature: 0 }).data;
    expect([...frozen]).toEqual([...mean, ...mean, ...mean]);
  });

  test('never come from a component without weight', () => {
    const mixture = { ...randomMixture([0, 1, 0], 1, 0, 3), means: Float32Array.of(-1e6, 0, 1e6) };
    expect(sampleMixture(mixture, 2000, 1).data.every((x) => Math.abs(x) < 100)).toBe(true);
  });
});

describe('the factor form', () => {
  const relativeError = (a: Float64Array, b: Float64Array) =>
    Math.sqrt(
      a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0) / b.reduce((s, x) => s + x * x, 0),
    );

  test('finds a covariance that is of this form', async () => {
    const factor = mixtures(12)[2]![1] as FactorMixture;
    const fullForm = randomMixture(weights, 12, 1.5, 3);
    const packed: number[] = [];
    for (let k = 0; k < 3; k++) {
      const r = cholesky(factorCovariance(factor, k), 12)!;
      for (let i = 0; i < 12; i++) for (let j = 0; j <= i; j++) packed.push(r[12 * i + j]!);
    }
    const full = { ...fullForm, cholesky: Float32Array.from(packed) };
    const found = await compactMixture(full, 2, { iterations: 1000 });
    for (let k = 0; k < 3; k++)
      expect(relativeError(factorCovariance(found, k), covarianceOf(full, k))).toBeLessThan(0.01);
  });

  test('loses less with more factors, and keeps the variances', async () => {
    const full = randomMixture([1], 12, 0, 3);
    const sigma = covarianceOf(full, 0);
    const diagonalOnly = sigma.map((value, i) => (i % 13 === 0 ? value : 0));
    let before = relativeError(diagonalOnly, sigma);
    const half = before / 2;
    for (const rank of [1, 3, 6]) {
      const found = factorCovariance(await compactMixture(full, rank, { iterations: 300 }), 0);
      const error = relativeError(found, sigma);
      expect(error).toBeLessThan(before);
      before = error;
      for (let i = 0; i < 12; i++) expect(found[13 * i]! / sigma[13 * i]!).toBeCloseTo(1, 1);
    }
    expect(before).toBeLessThan(half);
  });

  test('can be cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(compactMixture(randomMixture([1], 4, 0, 1), 2, { signal })).rejects.toMatchObject({
      kind: 'cancelled',
    });
  });
});

describe('storing', () => {
  test.each(mixtures(5))(
    '%s survives a file, and F16 moves densities little',
    async (_, mixture) => {
      await useBackend('cpu');
      const read = (f16: boolean) => {
        const bytes = writeSafetensors(mixtureToTensors(mixture), {}, { f16 });
        return mixtureFromTensors(parseSafetensors(bytes, 'p').tensors);
      };
      const exact = read(false);
      expect({ ...exact, weights: [] }).toEqual({ ...mixture, weights: [] });
      exact.weights.forEach((w, k) => expect(w).toBeCloseTo(weights[k]!, 6));
      const points = sampleMixture(mixture, 50, 1);
      const [a, b] = [await logDensity(mixture, points), await logDensity(read(true), points)];
      a.forEach((value, n) => expect(Math.abs(value - b[n]!)).toBeLessThan(0.05));
    },
  );

  const good = () => mixtureToTensors(mixtures(5)[2]![1]);
  const one = (shape: number[], fill: number) => ({
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(fill),
  });
  test.each<[string, (tensors: ReturnType<typeof good>) => void, RegExp]>([
    ['no means', (t) => t.delete('means'), /no means/],
    ['no deviations', (t) => t.delete('deviations'), /no deviations/],
    ['means of the wrong rank', (t) => t.set('means', one([3], 1)), /means has shape \[3\]/],
    [
      'too few weights',
      (t) => t.set('weights', one([2], 0.5)),
      /weights has shape \[2\], not \[3\]/,
    ],
    ['weights that do not sum to 1', (t) => t.set('weights', one([3], 0.5)), /sum to 1/],
    [
      'a deviation of zero',
      (t) => t.set('deviations', one([3, 5], 0)),
      /deviations must be positive/,
    ],
    [
      'loadings for fewer neurons',
      (t) => t.set('loadings', one([3, 4, 2], 0)),
      /loadings has shape/,
    ],
    ['no neurons', (t) => t.set('means', one([3, 0], 0)), /means has shape \[3, 0\]/],
    ['an unknown tensor', (t) => t.set('extra', one([1], 0)), /unknown tensor "extra"/],
    [
      'a full form with a zero diagonal',
      (t) => {
        t.set('cholesky', one([3, 15], 0));
        t.delete('loadings');
        t.delete('deviations');
      },
      /diagonals must be positive/,
    ],
  ])('refuses %s', (_, spoil, message) => {
    const tensors = good();
    spoil(tensors);
    expect(() => mixtureFromTensors(tensors)).toThrow(NgcError);
    expect(() => mixtureFromTensors(tensors)).toThrow(message);
  });
});
