import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { saveModel } from '../../src/models/files.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { Network } from '../../src/worker/network.ts';
import { ask, draw, idle, pull, select, useDrawingSession } from '../helpers/drawingSession.ts';

useDrawingSession();

/** Every byte that learning may change, by what a checkpoint of it holds. */
const bytesOf = async (network: Network) => {
  const { updates, imagesSeen } = network.model;
  const training = { step: updates, epoch: 0, offset: 0, imagesSeen, seed: 0, rng: null };
  return Buffer.from(await saveModel(network.image, { checkpoint: true, training })).toString('hex'); // prettier-ignore
};
const update = () => ask({ type: 'weightUpdate', of: 'input' });
const model = async () => (await pull()).model!;
const saved = async () => Buffer.from((await ask({ type: 'saveModel' })).bytes).toString('hex');

/** A network as a pretrained one comes, of the session's settings. */
async function pretrained(): Promise<Network> {
  const { bytes } = await ask({ type: 'saveModel' });
  return Network.fromFile(bytes, 'a.safetensors', 'pretrained', 'GNCN-PDH, pretrained', opByOp);
}
async function learnOnce(network: Network, brightness: number) {
  const pixels = Float32Array.from({ length: 784 }, (_, i) => (i < brightness ? 1 : 0));
  const x = tf.tensor2d(pixels, [1, 784]);
  const settling = await opByOp.begin(network.model, x);
  await settling.advance(4);
  const done = await network.learnByHand(() => settling.learn());
  settling.dispose();
  x.dispose();
  return done.report;
}

describe.each(['sgd', 'adam'] as const)('a weight update by hand, %s', (optimizer) => {
  test('is undone to the last bit, several deep, and so is all of it at once', async () => {
    await select('gncn-pdh', { optimizer });
    await draw();
    await update(); // moments and precisions that are no first ones
    const states = [await saved()];
    const versions = [(await pull()).weightsVersion];
    for (let i = 0; i < 3; i++) {
      const { version } = await update();
      states.push(await saved());
      versions.push(version);
    }
    expect(new Set(states).size).toBe(4);
    expect(new Set(versions).size).toBe(4);
    for (const back of [2, 1]) {
      await ask({ type: 'undoUpdates', all: false });
      expect(await saved()).toBe(states[back]);
      expect((await pull()).weightsVersion).toBe(versions[back]);
    }
    expect(await model()).toMatchObject({ updatesHere: 2, undoable: 2 });
    // What is learnt then is not what was taken back.
    const { version } = await update();
    expect(versions).not.toContain(version);
    expect(await saved()).toBe(states[2]);
    await ask({ type: 'undoUpdates', all: true });
    expect(await model()).toMatchObject({ updatesHere: 0, undoable: 0, restorable: false });
    await expect(ask({ type: 'undoUpdates', all: false })).rejects.toThrow(/no weight update/);
    await expect(ask({ type: 'undoUpdates', all: true })).rejects.toThrow(/no weight update/);
  });
});

test('undone before the first update, Adam has no moments, as before', async () => {
  await select('gncn-pdh', { optimizer: 'adam' });
  const before = await saved();
  await draw();
  await update();
  expect(await saved()).not.toBe(before);
  await ask({ type: 'undoUpdates', all: false });
  expect(await saved()).toBe(before);
});

test('a pretrained network that has learnt says so, and can be put back after any number of updates', async () => {
  const network = await pretrained();
  const before = await bytesOf(network);
  expect(network.report(false)).toMatchObject({ updatesHere: 0, restorable: false });
  for (let i = 1; i <= 12; i++) await learnOnce(network, 20 * i);
  expect(network.report(false)).toMatchObject({
    ...{ weights: 'pretrained', updatesHere: 12, undoable: 8, restorable: true },
  });
  expect(await bytesOf(network)).not.toBe(before);
  network.undoUpdates(true);
  expect(await bytesOf(network)).toBe(before);
  expect(network.report(false)).toMatchObject({ updatesHere: 0, restorable: false });
  network.dispose();
});

test('a pretrained network that was trained is no longer what it was either; there is no way back past training', async () => {
  const network = await pretrained();
  await learnOnce(network, 100);
  const x = tf.ones<tf.Rank.R2>([2, 784]);
  const settling = await opByOp.begin(network.model, x);
  await settling.advance(4);
  network.observe(await settling.learn());
  expect(network.report(false)).toMatchObject({ updatesHere: 2, undoable: 0, restorable: true });
  settling.dispose();
  x.dispose();
  network.dispose();
});

test('tells how far each matrix was moved', async () => {
  await draw();
  const read = async (name: string) => (await ask({ type: 'synapses', name })).values.slice();
  const names = ['W1', 'W2', 'W3', 'M2', 'M3', 'E1', 'E2', 'E3', 'Sigma1', 'Sigma2'];
  const before = await Promise.all(names.map(read));
  const report = await update();
  expect(report.matrices.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const [i, name] of names.entries()) {
    const after = await read(name);
    const norm = (value: (at: number) => number) =>
      Math.sqrt(after.reduce((sum, _, at) => sum + value(at) ** 2, 0));
    const { change, length } = report.matrices.find((one) => one.name === name)!;
    expect(change).toBeCloseTo(
      norm((at) => after[at]! - before[i]![at]!),
      5,
    );
    expect(length).toBeCloseTo(
      norm((at) => before[i]![at]!),
      4,
    );
    expect(change).toBeGreaterThan(0);
  }
  await ask({ type: 'selectDataset', dataset: 'synthetic' });
  const trained = await ask({ type: 'weightUpdate', of: 'training' });
  expect(trained.matrices.every(({ change }) => change > 0)).toBe(true);
  expect(trained.version).toBe((await pull()).weightsVersion);
});

test('one that fails leaves nothing to take back, and the drawing settles as before after an undo', async () => {
  await draw();
  await ask({ type: 'settle' });
  await idle();
  const before = [...(await pull()).episode!.frames];
  await update();
  await ask({ type: 'undoUpdates', all: false });
  const tensors = tf.memory().numTensors;
  await draw();
  await ask({ type: 'settle' });
  await idle();
  expect([...(await pull()).episode!.frames]).toEqual(before);
  await update();
  await ask({ type: 'undoUpdates', all: true });
  await draw();
  expect(tf.memory().numTensors).toBe(tensors);
  const network = await pretrained();
  const fails = network.learnByHand(() => Promise.reject(new Error('diverged')));
  await expect(fails).rejects.toThrow('diverged');
  expect(network.report(false)).toMatchObject({ undoable: 0, restorable: false });
  network.dispose();
});
