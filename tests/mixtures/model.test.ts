import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { logMarginalLikelihoods } from '../../src/engine/measures/likelihood.ts';
import { isDensity } from '../../src/engine/model.ts';
import { GaussianMixture } from '../../src/mixtures/model.ts';
import type { MixtureSettings } from '../../src/mixtures/settings.ts';
import { parseSettings } from '../../src/mixtures/settings.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { createRng } from '../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';

const PIXELS = 4;
const settings = (more: Partial<MixtureSettings> = {}): MixtureSettings =>
  parseSettings({ variant: 'gmm', sizes: [PIXELS], components: 2, ridge: 1e-3, ...more });

/** Points of two clouds, one twice as heavy as the other, in each of which two pixels vary together. */
function clouds(count: number, seed: number): Float32Array {
  const rng = createRng(seed);
  const rows = Array.from({ length: count }, (_, n) => {
    const centre = n % 3 === 0 ? 0.8 : 0.2;
    const shared = 0.1 * rng.normal();
    return [0, 1, 2, 3].map((j) => centre + (j < 2 ? shared : 0) + 0.05 * rng.normal());
  });
  return Float32Array.from(rows.flat());
}

/** w, μ and Σ of a model's full mixture, in float64. */
async function mixtureOf(model: GaussianMixture) {
  const parameters = await model.parameters();
  const [w, mu, packed] = ['weights', 'means', 'cholesky'].map((name) => parameters.get(name)!.data) as [Float32Array, Float32Array, Float32Array]; // prettier-ignore
  return Array.from(w, (weight, k) => {
    const R = [0, 1, 2, 3].map((i) =>
      [0, 1, 2, 3].map((j) => (j > i ? 0 : packed[10 * k + (i * (i + 1)) / 2 + j]!)),
    );
    const mean = [...mu.subarray(PIXELS * k, PIXELS * (k + 1))];
    return { weight, mean, R };
  });
}
type Gaussians = Awaited<ReturnType<typeof mixtureOf>>;

/** w_k N(x; μ_k, R·Rᵀ), by forward substitution. */
function joint({ weight, mean, R }: Gaussians[number], x: ArrayLike<number>): number {
  let exponent = 0;
  let volume = 1;
  const y: number[] = [];
  R.forEach((row, i) => {
    const rest = y.reduce((left, value, j) => left - row[j]! * value, x[i]! - mean[i]!);
    y.push(rest / row[i]!);
    exponent += y[i]! ** 2 / 2;
    volume *= row[i]! * Math.sqrt(2 * Math.PI);
  });
  return (weight * Math.exp(-exponent)) / volume;
}

/** One round of EM in float64 loops: w, μ, Σ, and log p of the points before it. */
function slowRound(gaussians: Gaussians, data: Float32Array, ridge: number) {
  const rows = Array.from({ length: data.length / PIXELS }, (_, n) => [...data.subarray(PIXELS * n, PIXELS * (n + 1))]); // prettier-ignore
  const joints = rows.map((x) => gaussians.map((one) => joint(one, x)));
  const totals = joints.map((of) => of.reduce((sum, p) => sum + p, 0));
  const next = gaussians.map((_, k) => {
    const r = joints.map((of, n) => of[k]! / totals[n]!);
    const mass = r.reduce((sum, one) => sum + one, 0);
    const moment = (value: (x: number[]) => number) =>
      rows.reduce((sum, x, n) => sum + r[n]! * value(x), 0) / mass;
    const mean = [0, 1, 2, 3].map((j) => moment((x) => x[j]!));
    const covariance = [0, 1, 2, 3].map((i) =>
      [0, 1, 2, 3].map(
        (j) => moment((x) => (x[i]! - mean[i]!) * (x[j]! - mean[j]!)) + (i === j ? ridge : 0),
      ),
    );
    return { weight: mass / rows.length, mean, covariance };
  });
  return { next, bce: -totals.reduce((sum, p) => sum + Math.log(p), 0) / rows.length };
}

const covarianceOf = (R: number[][]) =>
  R.map((row) => R.map((other) => row.reduce((sum, value, m) => sum + value * other[m]!, 0)));

async function taught(model: GaussianMixture, data: Float32Array) {
  const x = tf.tensor2d(data, [data.length / PIXELS, PIXELS]);
  const { report } = await model.learn(x);
  x.dispose();
  return report;
}

describe.each(BACKENDS)('a Gaussian mixture on pixels, on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('knows nothing at first: every pixel is as a fair coin has it', async () => {
    for (const covariance of ['full', 'diagonal'] as const) {
      const model = new GaussianMixture(settings({ covariance }), 1);
      const data = clouds(30, 1).map(Math.round); // 0 and 1: each half a unit, one deviation, away
      const { bce } = await taught(model, data);
      expect(bce).toBeCloseTo(PIXELS * (0.5 * Math.log(2 * Math.PI * 0.25) + 0.5), 4);
    }
  });

  test('a round is one of EM: a float64 loop makes the same of it', async () => {
    const before = tf.memory().numTensors;
    const model = new GaussianMixture(settings(), 1);
    const data = clouds(300, 2).map((value) => value + 0); // two rounds: k-means, then EM
    await taught(model, data);
    const slow = slowRound(await mixtureOf(model), data, 1e-3);
    const { bce, sparsity, warnings } = await taught(model, data);
    expect(bce).toBeCloseTo(slow.bce, 3);
    expect([sparsity, warnings]).toEqual([[], []]);
    for (const [k, { weight, mean, R }] of (await mixtureOf(model)).entries()) {
      const wanted = slow.next[k]!;
      expect(weight).toBeCloseTo(wanted.weight, 4);
      mean.forEach((value, j) => expect(value).toBeCloseTo(wanted.mean[j]!, 4));
      covarianceOf(R).forEach((row, i) =>
        row.forEach((value, j) => expect(value).toBeCloseTo(wanted.covariance[i]![j]!, 4)),
      );
    }
    expect([model.updates, model.imagesSeen]).toEqual([2, 600]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('finds the clouds that the pictures come from, and draws from them', async () => {
    const model = new GaussianMixture(settings(), 1);
    const losses: number[] = [];
    for (let round = 0; round < 5; round++) losses.push((await taught(model, clouds(600, 3))).bce);
    // The ridge makes the M step less than the best, by at most ½·ridge·tr Σ⁻¹.
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThan(losses[i]! + 0.05));
    const [light, heavy] = (await mixtureOf(model)).sort((a, b) => a.weight - b.weight);
    expect(light!.weight).toBeCloseTo(1 / 3, 2);
    expect(heavy!.mean[2]).toBeCloseTo(0.2, 1);
    expect(covarianceOf(light!.R)[0]![1]).toBeGreaterThan(0.007); // 0.1²
    expect(Math.abs(covarianceOf(light!.R)[2]![3]!)).toBeLessThan(0.001);

    const drawn = model.draw(4000, 7);
    expect(drawn.shape).toEqual([4000, PIXELS]);
    expect(drawn.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(drawn.data.some((value) => value === 0)).toBe(true); // clipped, not squeezed
    const bright = drawn.data.filter((value, i) => i % PIXELS === 2 && value > 0.5).length;
    expect(bright / 4000).toBeCloseTo(1 / 3, 1);
    expect(model.draw(4000, 7)).toEqual(drawn);
    expect(model.draw(4000, 8)).not.toEqual(drawn);
  });

  test('a round that is broken off leaves it as it was', async () => {
    const model = new GaussianMixture(settings(), 1);
    await taught(model, clouds(60, 2));
    const before = await model.parameters();
    const x = tf.tensor2d(clouds(60, 5), [60, PIXELS]);
    for (const when of [0, 0.5]) {
      const stop = (fraction: number) => {
        if (fraction >= when) throw new Error('stop');
      };
      await expect(model.learn(x, { onProgress: stop })).rejects.toThrow('stop');
    }
    x.dispose();
    expect(await model.parameters()).toEqual(before);
    expect([model.updates, model.imagesSeen]).toEqual([1, 60]);
  });

  test('fewer pictures than Gaussians give fewer Gaussians', async () => {
    const model = new GaussianMixture(settings({ components: 5 }), 1);
    await taught(model, clouds(3, 2));
    expect((await model.parameters()).get('weights')!.shape).toEqual([3]);
  });

  test('as a mixture of binary pictures its log p(x) is exact', async () => {
    const components = 3;
    const model = new GaussianMixture(settings({ components, ridge: 0.01 }), 1);
    for (let round = 0; round < 3; round++) await taught(model, clouds(200, 4).map(Math.round));
    expect(isDensity(model)).toBe(true);
    const { weights, pictures } = model.bernoulli();
    const of = (x: ArrayLike<number>) => {
      let p = 0;
      for (let k = 0; k < components; k++) {
        let product = weights[k]!;
        for (let j = 0; j < PIXELS; j++) {
          const on = Math.min(Math.max(pictures.data[k * PIXELS + j]!, 1e-6), 1 - 1e-6);
          product *= x[j] === 1 ? on : 1 - on;
        }
        p += product;
      }
      return p;
    };
    const all = Float32Array.from({ length: 16 * PIXELS }, (_, i) => ((i >> 2) >> (i % 4)) & 1);
    const images = { count: 16, read: (from: number, to: number) => all.slice(from * 4, to * 4) };
    const logs = await logMarginalLikelihoods((mu0) => tf.clone(mu0), images, pictures, {
      weights,
    });
    logs.forEach((log, i) =>
      expect(Math.abs(log - Math.log(of(images.read(i, i + 1))))).toBeLessThan(1e-4),
    );
    // Nothing is left out and nothing counted twice: all pictures there are have probability 1.
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 4);
  });
});

describe('a stored mixture', () => {
  test('is the same again; one that does not fit the settings is refused by name', async () => {
    await useBackend('cpu');
    const model = new GaussianMixture(settings(), 3);
    await taught(model, clouds(60, 2));
    const parameters = await model.parameters();
    const again = GaussianMixture.fromArrays(settings(), 3, parameters);
    again.updates = model.updates;
    expect(await again.parameters()).toEqual(parameters);
    await taught(model, clouds(60, 2));
    await taught(again, clouds(60, 2));
    expect(await again.parameters()).toEqual(await model.parameters());

    const without = (name: string) => new Map([...parameters].filter(([key]) => key !== name));
    const more = new Map<string, FloatArray>([...parameters, ['W1', { shape: [1], data: Float32Array.of(1) }]]); // prettier-ignore
    for (const [config, tensors, says] of [
      [{ covariance: 'diagonal' }, parameters, /covariances are full, .* says diagonal/],
      [{ sizes: [9] }, parameters, /means have 4 pixels, and setting sizes says 9/],
      [{ components: 1 }, parameters, /has 2 Gaussians, and setting components 1/],
      [{}, without('weights'), /The mixture is broken: it has no weights/],
      [{}, without('cholesky'), /The mixture is broken: it has no deviations/],
      [{}, more, /The mixture is broken: it has an unknown tensor "W1"/],
    ] as const)
      expect(() => GaussianMixture.fromArrays(settings(config as Partial<MixtureSettings>), 1, tensors)).toThrow(says); // prettier-ignore
  });

  test('settings are checked', () => {
    for (const [config, says] of [
      [{ components: 0 }, /Setting components must be a whole number from 1/],
      [{ sizes: [784, 10] }, /Setting sizes must be a list of 1 to 1/],
      [{ decay: 1 }, /Unknown setting decay; known are variant, sizes, batch, components/],
      [{ components: 1000, sizes: [784] }, /Setting components: 1000 full covariances over 784/],
    ] as const)
      expect(() => parseSettings({ variant: 'gmm', ...config })).toThrow(says);
    expect(parseSettings({ variant: 'gmm', covariance: 'diagonal', components: 1000 }).batch).toBe(10_000); // prettier-ignore
  });
});
