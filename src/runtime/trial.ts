import { Model } from '../ngc/model.ts';
import type { Executor } from '../ngc/settling.ts';
import * as tf from '@tensorflow/tfjs-core';

import { pageConfig } from './recipes.ts';

/** Images that are settled in a trial. */
const ROWS = 32;

/**
 * How fast an executor settles the page's network: images·steps a second, measured for about `milliseconds` on TensorFlow.js's
 * present backend, after a step that compiles what there is to compile.
 */
export async function settlingSpeed(executor: Executor, milliseconds: number): Promise<number> {
  const model = await Model.create(pageConfig('gncn-pdh'), 1);
  const x = tf.zeros<tf.Rank.R2>([ROWS, model.config.sizes[0]!]);
  const settling = await executor.begin(model, x);
  try {
    const step = async () => {
      await settling.advance();
      await (await settling.read(1)).z[1]!.data();
    };
    await step();
    const from = performance.now();
    let steps = 0;
    while (performance.now() - from < milliseconds) {
      await step();
      steps++;
    }
    return (1000 * ROWS * steps) / (performance.now() - from);
  } finally {
    settling.dispose();
    x.dispose();
    model.dispose();
  }
}
