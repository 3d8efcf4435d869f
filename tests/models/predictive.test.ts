import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { decodeModel } from '../../src/io/modelFile.ts';
import { bringToLife, readModel, saveModel } from '../../src/models/files.ts';
import { predictive } from '../../src/models/predictive.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { PredictiveNetwork } from '../../src/predictive/network/model.ts';
import { useBackend } from '../helpers/backends.ts';

beforeEach(() => useBackend('cpu'));

const make = (settings: Readonly<Record<string, unknown>>): Promise<PredictiveNetwork> =>
  predictive.create(predictive.parse({ variant: 'pcn', ...settings }), 3, opByOp);

const images = (rows: number, pixels: number) =>
  tf.tensor2d(
    Float32Array.from({ length: rows * pixels }, (_, i) => (Math.sin(i * 1.7) + 1) / 2),
    [rows, pixels],
  );

const SUPERVISED = { sizes: [12, 8, 4], hidden: 'tanh', steps: 8, learningRate: 0.01 };
const COMPRESS = { system: 'compress', sizes: [3, 8, 12], hidden: 'tanh', steps: 20, learningRate: 0.01 }; // prettier-ignore
const KINDS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['supervised', SUPERVISED],
  ['incremental', { ...SUPERVISED, update: 'every' }],
  ['its twin by backpropagation', { ...SUPERVISED, learn: 'backprop' }],
  ['random start', { ...SUPERVISED, init: 'random' }],
  ['variances', { ...SUPERVISED, sigma: 'diagonal' }],
  ['compress', COMPRESS],
  ['sampling', { ...COMPRESS, system: 'langevin', temperature: 0.01, priorPrecision: 1, rate: 0.05 }], // prettier-ignore
];

/** A few batches of the same images and classes. */
async function taught(model: PredictiveNetwork, batches: number): Promise<number[]> {
  const x = images(6, 12);
  const labels = Uint8Array.of(0, 1, 2, 3, 0, 1);
  const losses: number[] = [];
  try {
    for (let i = 0; i < batches; i++)
      losses.push((await (await model.learn(x, { labels })).report).bce);
    return losses;
  } finally {
    x.dispose();
  }
}

describe.each(KINDS)('%s', (_, settings) => {
  test('learns, and leaks no tensor', async () => {
    const before = tf.memory().numTensors;
    const model = await make(settings);
    const losses = await taught(model, 30);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! * 0.9);
    expect(model.imagesSeen).toBe(180);
    expect(model.updates).toBe(settings['update'] === 'every' ? 30 * 9 : 30);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a checkpoint goes on exactly', async () => {
    const whole = await make(settings);
    await taught(whole, 5);
    const half = await make(settings);
    await taught(half, 2);
    const training = { epoch: 0, offset: 12, step: half.updates, imagesSeen: half.imagesSeen, seed: 3, rng: null }; // prettier-ignore
    const bytes = await saveModel(half, { training, checkpoint: true });
    const opened = await bringToLife(readModel(decodeModel(bytes, 'half')), opByOp);
    await taught(opened.model as PredictiveNetwork, 3);
    expect([...(await opened.model.parameters())]).toEqual([...(await whole.parameters())]);
    for (const model of [whole, half, opened.model]) model.dispose();
  });
});

test('a classifier says the classes that it was taught, and is asked for them', async () => {
  const before = tf.memory().numTensors;
  const model = await make({ ...SUPERVISED, learningRate: 0.03 });
  await taught(model, 80);
  const x = images(4, 12);
  const scores = (model as unknown as { classify(x: tf.Tensor2D): tf.Tensor2D }).classify(x);
  const said = tf.argMax(scores, 1);
  expect([...(await said.data())]).toEqual([0, 1, 2, 3]);
  await expect(model.learn(x)).rejects.toThrow(/learns classes, which these images do not have/);
  await expect(model.learn(x, { labels: Uint8Array.of(0, 1, 2, 4) })).rejects.toThrow(/class 4/);
  const code = await model.perceive(x);
  expect(code.latents.shape).toEqual([4, 8]);
  code.dispose();
  model.dispose();
  tf.dispose([x, scores, said]);
  expect(tf.memory().numTensors).toBe(before);
});

test('a rate beyond 2/λmax ends a training, names both, and leaves the synapses as they were', async () => {
  const model = await make({ ...SUPERVISED, rate: 5, steps: 40 });
  const kept = [...(await model.parameters())];
  const before = tf.memory().numTensors;
  await expect(taught(model, 1)).rejects.toThrow(
    /Settling diverged: F went from .* at rate \(γ\) 5; it must stay below 2\/λmax, here [\d.]+\./,
  );
  expect([...(await model.parameters())]).toEqual(kept);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

test('hidden pixels: seen ones stay, and what is hidden has no say', async () => {
  const model = await make(COMPRESS);
  await taught(model, 20);
  const x = images(2, 12);
  const mask = tf.tensor2d(
    Array.from({ length: 24 }, (_, i) => (i % 12 < 6 ? 1 : 0)),
    [2, 12],
  );
  const other = tf.tidy((): tf.Tensor2D => tf.where(tf.cast(mask, 'bool'), x, tf.sub(1, x)));
  for (const how of ['inferred', 'recalled']) {
    const decoder = model as unknown as {
      complete(x: tf.Tensor2D, mask: tf.Tensor2D, options: { how: string }): Promise<{ picture: tf.Tensor2D; dispose(): void }>; // prettier-ignore
    };
    const [one, two] = [await decoder.complete(x, mask, { how }), await decoder.complete(other, mask, { how })]; // prettier-ignore
    const [a, b, truth] = [await one.picture.data(), await two.picture.data(), await x.data()];
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i]!, 6);
      if (i % 12 < 6) expect(value).toBe(truth[i]);
    });
    one.dispose();
    two.dispose();
  }
  tf.dispose([x, mask, other]);
  model.dispose();
});

test.each([
  [{ typo: 1 }, /Unknown setting typo/],
  [{ sizes: [784] }, /Setting sizes must be a list of 2 to 65/],
  [{ rate: 0 }, /Setting rate must be a number from/],
  [{ outputVariance: 0 }, /Setting outputVariance must be/],
  [{ steps: 0 }, /Setting steps must be a whole number from 1/],
  [{ temperature: -1 }, /Setting temperature must be a number from 0/],
  [{ temperature: 1, momentum: 0.5 }, /temperature samples only without momentum/],
  [{ nudge: 0 }, /Setting nudge must be from -1 to 1, but not 0/],
  [{ system: 'recall', output: 'softmax' }, /output softmax needs an output that is held/],
  [{ schedule: 'spiking', init: 'zero' }, /schedule spiking needs init forward/],
  [{ system: 'compress', learn: 'backprop' }, /learn backprop needs labels/],
  [{ learn: 'backprop', update: 'every' }, /learn backprop does not settle/],
  [{ skip: 1 }, /Setting skip must be one of false, true, not 1/],
])('settings %j are refused', (settings, message) => {
  expect(() => predictive.parse({ variant: 'pcn', ...settings })).toThrow(message);
});
