import * as tf from '@tensorflow/tfjs-core';

import { createSplit } from '../../src/data/dataset.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { Trainer } from '../../src/runtime/trainer.ts';
import { createRng } from '../../src/shared/rng.ts';
import { smallConfig, smallModel } from './models.ts';

/** Pictures of 28 × 28 pixels, black or white by chance. */
const split = () => {
  const rng = createRng(5);
  const pixels = Uint8Array.from({ length: 40 * 784 }, () => (rng.uniform() < 0.1 ? 255 : 0));
  return createSplit(pixels, null, 'random');
};

const CHANGES = {
  sizes: [784, 6, 6, 8],
  weightScale: 0.05,
  optimizer: 'adam',
  learningRate: 0.005,
} as const;

/** Eight batches of training, as the page and the command line do it; the synapses then, and each batch's BCE. */
async function train(executor: Executor, arrays: Awaited<ReturnType<Model['toArrays']>>) {
  const config = smallConfig('gncn-pdh', CHANGES);
  const model = await Model.fromArrays(config, arrays);
  const trainer = new Trainer(new NgcImageModel(model, executor), split(), 1);
  const bce: number[] = [];
  for (let i = 0; i < 8; i++) {
    const reports = await trainer.step();
    // A batch may begin before the report of the last: at most one is ever missing.
    bce.push(...reports.map((report) => report.bce));
    if (bce.length < i) throw new Error(`after ${i + 1} batches only ${bce.length} reports`);
  }
  bce.push(...(await trainer.drain()).map((report) => report.bce));
  const trained = await model.toArrays();
  model.dispose();
  return { bce, trained };
}

/** The largest difference between training with an executor and op by op in JavaScript: in synapses, and in BCE. */
export async function trainingDifferences(
  executor: Executor,
  backend: string,
): Promise<{ synapses: number; bce: number; reports: number }> {
  await tf.setBackend('cpu');
  const source = await smallModel('gncn-pdh', CHANGES);
  const arrays = await source.toArrays();
  source.dispose();
  const expected = await train(opByOp, arrays);
  await tf.setBackend(backend);
  const actual = await train(executor, arrays);
  let synapses = 0;
  for (const [name, { data }] of expected.trained)
    data.forEach((value, i) => {
      const gap = Math.abs(actual.trained.get(name)!.data[i]! - value);
      if (!(gap <= synapses)) synapses = gap;
    });
  const bce = Math.max(...expected.bce.map((value, i) => Math.abs(value - actual.bce[i]!)));
  return { synapses, bce, reports: actual.bce.length };
}
