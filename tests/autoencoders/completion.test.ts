import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Autoencoder } from '../../src/autoencoders/autoencoder.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallAutoencoder } from '../helpers/baselines.ts';
import { binaryImages } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

const PIXELS = 12;
const halfSeen = () =>
  tf.tensor2d(
    Float32Array.from({ length: 5 * PIXELS }, (_, i) => (i % PIXELS < 6 ? 1 : 0)),
    [5, PIXELS],
  );

/** Σ over seen pixels of −x log mu_0 − (1 − x) log(1 − mu_0), plus ½‖z‖² where the code is centred, of each image, in float64. */
async function misfits(
  model: Autoencoder,
  x: Tensor2D,
  mask: Tensor2D,
  z: Tensor2D,
): Promise<number[]> {
  const pictures = model.decode(z);
  const [xs, ms, mu, zs] = [
    await x.data(),
    await mask.data(),
    await pictures.data(),
    await z.data(),
  ];
  pictures.dispose();
  const width = z.shape[1];
  return Array.from({ length: x.shape[0] }, (_, n) => {
    let sum = 0;
    for (let j = n * PIXELS; j < (n + 1) * PIXELS; j++)
      sum -= ms[j]! * (xs[j]! * Math.log(mu[j]!) + (1 - xs[j]!) * Math.log(1 - mu[j]!));
    if (model.config.variant !== 'rae')
      for (let d = 0; d < width; d++) sum += zs[n * width + d]! ** 2 / 2;
    return sum;
  });
}

describe.each(['rae', 'gvae-cv', 'gvae', 'gan-ae'] as const)('%s', (variant) => {
  test('inference descends what it is said to, for every image', async () => {
    const before = tf.memory().numTensors;
    const model = await smallAutoencoder(variant, { optimizer: 'adam', learningRate: 0.01 });
    const [x, mask] = [binaryImages(5, PIXELS), halfSeen()];
    for (let i = 0; i < 30; i++) await model.learn(x); // biases away from 0
    const once = await model.complete(x, mask, { how: 'once' });
    const inferred = await model.complete(x, mask);
    const [start, end] = [once.more.get('z')!, inferred.more.get('z')!];
    const [from, to] = [await misfits(model, x, mask, start), await misfits(model, x, mask, end)];
    to.forEach((misfit, n) => expect(misfit).toBeLessThan(from[n]!));
    // Where it ends it is flat: no small step any way leads further down than rounding.
    for (let d = 0; d < 3; d++)
      for (const step of [-0.05, 0.05]) {
        const nudged = tf.tidy(() => {
          const along = tf.oneHot(tf.fill([5], d, 'int32'), 3, step, 0, 'float32');
          return tf.add<Tensor2D>(end, along);
        });
        const there = await misfits(model, x, mask, nudged);
        there.forEach((misfit, n) => expect(misfit).toBeGreaterThan(to[n]! - 0.02));
        nudged.dispose();
      }
    once.dispose();
    inferred.dispose();
    tf.dispose([x, mask]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('what is hidden does not matter, what is seen stays; iterating once is once', async () => {
  const model = await smallAutoencoder('gvae');
  const [x, mask] = [binaryImages(5, PIXELS), halfSeen()];
  const other: Tensor2D = tf.tidy(() => tf.where(tf.cast(mask, 'bool'), x, tf.sub(1, x)));
  for (const how of model.completions.all) {
    const [one, two] = [
      await model.complete(x, mask, { how, steps: 3 }),
      await model.complete(other, mask, { how, steps: 3 }),
    ];
    expect(await two.picture.data()).toEqual(await one.picture.data());
    const [picture, pixels] = [await one.picture.data(), await x.data()];
    picture.forEach((value, i) => i % PIXELS < 6 && expect(value).toBe(pixels[i]));
    one.dispose();
    two.dispose();
  }
  const once = await model.complete(x, mask, { how: 'once', steps: 9 });
  const iterated = await model.complete(x, mask, { how: 'iterated', steps: 1 });
  expect(await iterated.picture.data()).toEqual(await once.picture.data());
  once.dispose();
  iterated.dispose();
  tf.dispose([x, mask, other]);
  model.dispose();
});

test.each(['iterated', 'inferred'])('%s can be stopped, and leaves nothing behind', async (how) => {
  const model = await smallAutoencoder('rae');
  const [x, mask] = [binaryImages(5, PIXELS), halfSeen()];
  const before = tf.memory().numTensors;
  const fractions: number[] = [];
  const onProgress = (fraction: number) => {
    fractions.push(fraction);
    if (fraction > 0.5) throw new Error('stopped');
  };
  await expect(model.complete(x, mask, { how, onProgress })).rejects.toThrow('stopped');
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.length).toBeGreaterThan(20);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([x, mask]);
  model.dispose();
});

test('a rule that there is not is refused by name', async () => {
  const model = await smallAutoencoder('rae');
  const [x, mask] = [binaryImages(5, PIXELS), halfSeen()];
  await expect(model.complete(x, mask, { how: 'eq19' })).rejects.toMatchObject({
    kind: 'usage',
    message: 'Hidden pixels are filled in by inferred, once, iterated, not by "eq19".',
  });
  tf.dispose([x, mask]);
  model.dispose();
});
