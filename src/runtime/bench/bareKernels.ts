import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';

import { Model } from '../../ngc/model.ts';
import type { Executor } from '../../ngc/settling.ts';
import { deviceIdle } from '../../kernels/gpu.ts';
import type { FusedSettling } from '../../kernels/settling.ts';
import type { Trial } from './trial.ts';
import { BENCH_CONFIG } from './trial.ts';

/** Resolves when TensorFlow.js's present device has done everything it was given. */
export const idle = (): Promise<void> => deviceIdle(tf.backend() as WebGPUBackend);

/** The products of a step by the kernels' own core, with nothing fused to them: what fusing costs. */
export async function bareTrial(executor: Executor, rows: number): Promise<Trial> {
  const model = await Model.create(BENCH_CONFIG, 1);
  const x = tf.ones<tf.Rank.R2>([rows, BENCH_CONFIG.sizes[0]!]);
  const settling = (await executor.begin(model, x)) as FusedSettling;
  const bare = await settling.bareProducts();
  return {
    reset: () => Promise.resolve(),
    steps: (count) => bare.run(count),
    learn: null,
    batch: null,
    dispose() {
      bare.dispose();
      settling.dispose();
      model.dispose();
      x.dispose();
    },
  };
}
