import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Autoencoder } from '../../src/autoencoders/autoencoder.ts';
import { importanceBounds } from '../../src/engine/measures/importance.ts';
import { decoded } from '../../src/engine/measures/likelihood.ts';
import { measureSampledReconstruction } from '../../src/engine/measures/reconstruction.ts';
import { deriveSeed } from '../../src/shared/rng.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallAutoencoder } from '../helpers/baselines.ts';
import { binaryImages } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

/** An encoder that does not look: m and v the same for every image. */
function blind(model: Autoencoder, mean: readonly number[], logVariance: readonly number[]): void {
  for (const [name, values] of [
    ['c3', mean],
    ['s', logVariance],
  ] as const)
    if (name in model.theta) set(model, name, tf.tensor1d([...values]));
  for (const name of ['U3', 'S'])
    if (name in model.theta) set(model, name, tf.zerosLike(model.theta[name]!));
}

function set(model: Autoencoder, name: string, tensor: tf.Tensor): void {
  model.theta[name]!.dispose();
  model.theta[name] = tensor;
}

/** −log p of the 12 pixels of an image from index `at`, given probabilities from index `from`, in float64. */
function bceOf(
  pixels: ArrayLike<number>,
  at: number,
  probabilities: ArrayLike<number>,
  from: number,
): number {
  let sum = 0;
  for (let j = 0; j < 12; j++) {
    const p = probabilities[from + j]!;
    sum -= Math.log(pixels[at + j] ? p : 1 - p);
  }
  return sum;
}

const MEAN = [0.3, -1, 0.5];

describe.each([
  ['gvae', { initSd: 0.25 }, [-1, 0.4, -0.2]],
  ['gvae-cv', { initSd: 0.25, variance: 0.8 }, Array<number>(3).fill(Math.log(0.8))],
] as const)('%s', (variant, settings, logVariance) => {
  test('draws lie about m with the variance, and are weighed by p(z) / q(z | x)', async () => {
    const model = await smallAutoencoder(variant, settings);
    blind(model, MEAN, logVariance);
    const before = tf.memory().numTensors;
    const n = 20_000;
    const { draws, logWeights } = await model.propose!(new Float32Array(12).fill(1), n, 7);
    expect(draws.shape).toEqual([n, 3]);
    for (let d = 0; d < 3; d++) {
      const values = Array.from({ length: n }, (_, j) => draws.data[3 * j + d]!);
      const average = values.reduce((sum, value) => sum + value, 0) / n;
      const spread = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / n;
      expect(average).toBeCloseTo(MEAN[d]!, 1);
      expect(spread / Math.exp(logVariance[d]!)).toBeCloseTo(1, 1);
    }
    const logNormal = (z: number, m: number, v: number) =>
      -0.5 * (Math.log(2 * Math.PI * v) + (z - m) ** 2 / v);
    for (const j of [0, 1, 2, n - 1]) {
      let expected = 0;
      for (let d = 0; d < 3; d++) {
        const z = draws.data[3 * j + d]!;
        expected += logNormal(z, 0, 1) - logNormal(z, MEAN[d]!, Math.exp(logVariance[d]!));
      }
      expect(logWeights[j]).toBeCloseTo(expected, 4);
    }
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test('the bound comes to log p(x), whatever the encoder, as drawing from the prior does', async () => {
    const model = await smallAutoencoder(variant, settings);
    const x = binaryImages(2, 12);
    const pixels = new Float32Array(await x.data());
    const images = { count: 2, read: (from: number, to: number) => pixels.slice(12 * from, 12 * to) }; // prettier-ignore
    const propose = (_: number, image: Float32Array) => model.propose!(image, 30_000, 11);
    const { bounds } = await importanceBounds(decoded(model), images, propose);
    const z: Tensor2D = tf.randomNormal([30_000, 3], 0, 1, 'float32', 5);
    const mu0 = model.decode(z);
    const probabilities = await mu0.data();
    for (let i = 0; i < 2; i++) {
      let sum = 0;
      for (let n = 0; n < 30_000; n++)
        sum += Math.exp(-bceOf(pixels, 12 * i, probabilities, 12 * n));
      expect(bounds[i]).toBeCloseTo(Math.log(sum / 30_000), 1);
    }
    tf.dispose([x, z, mu0]);
    model.dispose();
  });

  test('BCE of drawn codes is that of the codes that are drawn', async () => {
    const model = await smallAutoencoder(variant, settings);
    const x = binaryImages(5, 12);
    const pixels = new Float32Array(await x.data());
    const images = { count: 5, read: (from: number, to: number) => pixels.slice(12 * from, 12 * to) }; // prettier-ignore
    const sampled = await measureSampledReconstruction(model, images, 4, { batch: 2 });
    expect(await measureSampledReconstruction(model, images, 4, { batch: 2 })).toBe(sampled);
    expect(await measureSampledReconstruction(model, images, 5, { batch: 2 })).not.toBe(sampled);
    const whole = await measureSampledReconstruction(model, images, 4);
    const z = model.drawCodes!(x, deriveSeed(4, 0));
    const mu0 = model.decode(z);
    const probabilities = await mu0.data();
    let sum = 0;
    for (let i = 0; i < 5; i++) sum += bceOf(pixels, 12 * i, probabilities, 12 * i);
    expect(whole).toBeCloseTo(sum / 5, 4);
    tf.dispose([x, z, mu0]);
    model.dispose();
  });
});

test.each(['rae', 'gan-ae'] as const)('the code of a %s is one point', async (variant) => {
  const model = await smallAutoencoder(variant);
  expect(model.propose).toBeUndefined();
  const images = { count: 1, read: () => new Float32Array(12) };
  await expect(measureSampledReconstruction(model, images, 1)).rejects.toMatchObject({
    kind: 'usage',
  });
  model.dispose();
});
