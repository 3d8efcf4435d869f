import * as tf from '@tensorflow/tfjs-core';

import { Model } from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { binaryImages, smallConfig } from './models.ts';

/** Counts the buffers of a device that are alive. */
function countBuffers(device: GPUDevice): () => number {
  let alive = 0;
  const create = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    let gone = false;
    alive++;
    buffer.destroy = () => {
      if (!gone) alive--;
      gone = true;
      destroy();
    };
    return buffer;
  };
  return () => alive;
}

/**
 * How many tensors and buffers more there are after `batches` batches of training than after the first ten, and how many
 * tensors are left when the model is gone. All should be 0.
 */
export async function countLeaks(
  device: GPUDevice,
  executor: Executor,
  batches: number,
): Promise<Record<string, number>> {
  const buffers = countBuffers(device);
  const start = tf.memory().numTensors;
  const model = await Model.create(smallConfig('gncn-pdh', { optimizer: 'adam', steps: 4 }), 1);
  const x = binaryImages(5, 12);
  const train = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const settling = await executor.begin(model, x);
      await settling.advance(4);
      // Now and then somebody looks, at the neurons and at the synapses.
      if (i % 10 === 0) await (await settling.read(1)).z[1]!.data();
      await settling.learn();
      settling.dispose();
      if (i % 10 === 0) await model.synapses.get('W1').data();
    }
  };
  await train(20);
  const after = { tensors: tf.memory().numTensors, buffers: buffers() };
  await train(batches);
  const growth = {
    tensors: tf.memory().numTensors - after.tensors,
    buffers: buffers() - after.buffers,
  };
  model.dispose();
  x.dispose();
  return { ...growth, tensorsLeft: tf.memory().numTensors - start };
}
