import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import type { ImageModel } from '../../src/engine/model.ts';
import { decodeModel } from '../../src/io/modelFile.ts';
import { toFloatArray } from '../../src/engine/floatArrays.ts';
import { traceAutoencoder } from '../../src/autoencoders/trace.ts';
import { bringToLife, readModel, saveModel } from '../../src/models/files.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { SMALL_BASELINES, smallAutoencoder } from '../helpers/baselines.ts';
import { binaryImages } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

const LABELS = Uint8Array.from([0, 1, 2, 3, 1]);

/** Learns from batches `from` … `to` − 1 of a fixed sequence; the losses. */
async function learn(model: ImageModel, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let i = from; i < to; i++) {
    const x = binaryImages(5, 12, 50 + i);
    const { report } = await model.learn(x, { labels: LABELS });
    losses.push((await report).bce);
    x.dispose();
  }
  return losses;
}

/** Through a checkpoint and back. */
async function reopened(model: ImageModel): Promise<ImageModel> {
  const { updates: step, imagesSeen } = model;
  const training = { step, imagesSeen, epoch: 0, offset: 0, seed: 3, rng: null };
  const bytes = await saveModel(model, { checkpoint: true, training });
  model.dispose();
  return (await bringToLife(readModel(decodeModel(bytes, 'checkpoint')), opByOp)).model;
}

describe.each(SMALL_BASELINES)('%s', (_, make) => {
  test.each(['sgd', 'adam'])(
    'a checkpoint goes on to the bit with %s, and leaves nothing behind',
    async (optimizer) => {
      const before = tf.memory().numTensors;
      const straight = await make({ optimizer });
      let parts = await make({ optimizer });
      const losses = await learn(straight, 0, 6);
      const first = await learn(parts, 0, 3);
      parts = await reopened(parts);
      expect([...first, ...(await learn(parts, 3, 6))]).toEqual(losses);
      expect(await parts.parameters()).toEqual(await straight.parameters());
      expect(await parts.optimizerState()).toEqual(await straight.optimizerState());
      expect(parts).toMatchObject({ updates: 6, imagesSeen: 30 });
      parts.dispose();
      straight.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('learns what it is shown over and over', async () => {
    const model = await make({ optimizer: 'adam', learningRate: 0.01 });
    const x = binaryImages(5, 12);
    const losses: number[] = [];
    for (let i = 0; i < 200; i++)
      losses.push((await (await model.learn(x, { labels: LABELS })).report).bce);
    const late = losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20;
    expect(late).toBeLessThan(0.7 * losses[0]!);
    x.dispose();
    model.dispose();
  });

  test('nothing is learnt from a batch that is thrown away, or whose numbers are not finite', async () => {
    const model = await make({ optimizer: 'adam' });
    await learn(model, 0, 2);
    const [parameters, optimizer] = [await model.parameters(), await model.optimizerState()];
    const before = tf.memory().numTensors;
    const x = binaryImages(5, 12);
    const stopped = () => {
      throw new Error('stopped');
    };
    await expect(model.learn(x, { labels: LABELS, onProgress: stopped })).rejects.toThrow(
      'stopped',
    );
    const broken: tf.Tensor2D = tf.mul(x, NaN);
    await expect(model.learn(broken, { labels: LABELS })).rejects.toMatchObject({
      kind: 'diverged',
    });
    tf.dispose([x, broken]);
    expect(tf.memory().numTensors).toBe(before);
    expect(await model.parameters()).toEqual(parameters);
    expect(await model.optimizerState()).toEqual(optimizer);
    expect(model).toMatchObject({ updates: 2, imagesSeen: 10 });
    model.dispose();
  });
});

test('every batch has noise of its own', async () => {
  const model = await smallAutoencoder('gvae-cv', { learningRate: 0, variance: 1 });
  const x = binaryImages(5, 12);
  const losses = new Set<number>();
  for (let i = 0; i < 5; i++) losses.add((await (await model.learn(x)).report).bce);
  expect(losses.size).toBe(5);
  x.dispose();
  model.dispose();
});

test('each phase keeps moments of its own: m ← 0.9 m − 0.1 of its gradient', async () => {
  const model = await smallAutoencoder('gan-ae', { clip: 1e6 });
  const [first, second] = [binaryImages(5, 12, 1), binaryImages(5, 12, 2)];
  await model.learn(first);
  const before = await model.optimizerState();
  const x = await toFloatArray(second);
  const traced = await traceAutoencoder(model, {
    ...{ x, mask: null, tensors: new Map(), steps: undefined },
  });
  await model.learn(second);
  const after = await model.optimizerState();
  for (const [moment, gradient] of [
    ['m.U1', 'dU1'],
    ['m.W2', 'dW2'],
  ] as const) {
    const [m, was, g] = [after, before, traced].map((arrays, i) => arrays.get(i < 2 ? moment : gradient)!.data); // prettier-ignore
    const off = m!.map((value, i) => Math.abs(value - (0.9 * was![i]! - 0.1 * g![i]!)));
    expect(Math.max(...off)).toBeLessThan(1e-5);
  }
  expect([...after.keys()]).toEqual(expect.arrayContaining(['m.D1', 'v.D1', 'm.g.U1', 'v.g.U1']));
  tf.dispose([first, second]);
  model.dispose();
});

test('a gradient of NaN in one matrix only is seen too', async () => {
  const model = await smallAutoencoder('gan-ae');
  const x = binaryImages(5, 12);
  const k2 = model.theta['k2']!;
  model.theta['k2'] = tf.fill(k2.shape, NaN); // the discriminator's, which reconstruction does not look at
  k2.dispose();
  await expect(model.learn(x)).rejects.toMatchObject({ kind: 'diverged' });
  expect(model.updates).toBe(0);
  x.dispose();
  model.dispose();
});
