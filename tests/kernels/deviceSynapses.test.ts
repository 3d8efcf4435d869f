import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, test, vi } from 'vitest';

import type { Model } from '../../src/ngc/model.ts';
import { DeviceSynapses } from '../../src/kernels/deviceSynapses.ts';
import type { Gpu } from '../../src/kernels/gpu.ts';
import { useBackend } from '../helpers/backends.ts';
import { namesOf, randomMatrix, smallModel } from '../helpers/models.ts';

/*
 * The store of synapses on a device, with arrays of the main processor in the device's place: a tensor of them sees what is
 * written, as one of a buffer does.
 */
function fakeGpu() {
  const arrays = new Map<object, Float32Array>();
  const gpu = {
    arena(_: string, floats: number) {
      const buffer = { destroy: vi.fn() };
      arrays.set(buffer, new Float32Array(Math.max(floats, 1)));
      return buffer;
    },
    asTensor: (buffer: object) => tf.tensor1d(arrays.get(buffer)!),
    write: (buffer: object, offset: number, data: Float32Array) =>
      arrays.get(buffer)!.set(data, offset),
  };
  return { gpu: gpu as unknown as Gpu, arrayOf: (buffer: object) => arrays.get(buffer)! };
}

const read = async (tensor: tf.Tensor) => [...(await tensor.data())];

let model: Model;
let fake: ReturnType<typeof fakeGpu>;
let store: DeviceSynapses;
let held: number;
beforeEach(async () => {
  await useBackend('cpu');
  held = tf.memory().numTensors;
  model = await smallModel('gncn-pdh', { optimizer: 'adam' });
  fake = fakeGpu();
  store = new DeviceSynapses(fake.gpu, model, () => undefined);
});

/** What kernels do to a matrix on the device. */
function learn(name: string, value: number): void {
  const { offset, rows, cols } = store.synapses.region(name);
  fake.arrayOf(store.buffers.synapses).fill(value, offset, offset + rows * cols);
  store.changed();
}

test('takes over every matrix, and gives it back as it was', async () => {
  const names = [...namesOf(model), 'P1', 'P2'];
  const before = new Map<string, number[]>();
  for (const name of names) before.set(name, await read(model.synapses.get(name)));
  model.moveTo(store);
  expect(await store.write()).toBe(true);
  expect(await store.write()).toBe(false);
  for (const name of names) {
    expect(await read(store.get(name)), name).toEqual(before.get(name));
    expect(await read(store.read(name)), `${name} on the device`).toEqual(before.get(name));
  }
  model.dispose();
});

test('what kernels learnt is the newest; what was read before is read again', async () => {
  model.moveTo(store);
  await store.write();
  await read(store.get('W1'));
  const { revision } = store;
  learn('W1', 0.25);
  expect(store.revision).toBeGreaterThan(revision);
  expect(new Set(await read(store.get('W1')))).toEqual(new Set([0.25]));
});

test('what is set waits, is the newest at once, and reaches the device', async () => {
  model.moveTo(store);
  await store.write();
  const { revision } = store;
  store.set('W2', randomMatrix(6, 6, 0.3, 41));
  expect(store.revision).toBeGreaterThan(revision);
  const wanted = await read(randomMatrix(6, 6, 0.3, 41));
  expect(await read(store.get('W2'))).toEqual(wanted);
  await store.write();
  expect(await read(store.read('W2'))).toEqual(wanted);
  learn('W2', 0.5);
  expect(new Set(await read(store.get('W2')))).toEqual(new Set([0.5]));
});

test('a precision inverted between two updates is not lost to whoever read it before', async () => {
  model.moveTo(store);
  await store.write();
  await read(store.get('P1'));
  const { revision } = store;
  const exact = randomMatrix(6, 6, 0.3, 42);
  await store.writePrecision(1, exact);
  expect(store.revision).toBeGreaterThan(revision);
  expect(await read(store.get('P1'))).toEqual(await read(exact));
  expect(await read(model.precision(1)!)).toEqual(await read(exact));
});

test('forgotten moments are zeros again', async () => {
  model.moveTo(store);
  store.set('m.W1', tf.ones([6, 12]));
  await store.write();
  await model.forgetOptimizer();
  expect(new Set(await read(store.get('m.W1')))).toEqual(new Set([0]));
});

test('frees everything once', () => {
  model.moveTo(store);
  store.get('W1');
  model.dispose();
  model.dispose();
  expect(tf.memory().numTensors).toBe(held);
  for (const buffer of Object.values(store.buffers)) expect(buffer.destroy).toHaveBeenCalledOnce();
});
