import * as tf from '@tensorflow/tfjs-core';

import { Model } from '../../ngc/model.ts';
import type { Executor, Settling } from '../../ngc/settling.ts';
import { createRng } from '../../shared/rng.ts';
import type { Backend, BackendName } from '../backends.ts';
import type { Trial } from './trial.ts';
import { BENCH_CONFIG } from './trial.ts';
import type { Product } from './work.ts';
import { stepProducts } from './work.ts';

/** A way to compute on a backend. */
export interface Contender {
  readonly backend: BackendName;
  /** "fused kernels", "op by op", "bare products" … */
  readonly way: string;
  /** Whether it is a ceiling: the step's matrix products and nothing else. */
  readonly bare: boolean;
  begin(rows: number): Promise<Trial>;
}

const uniform = (rows: number, cols: number, seed: number, from: (u: number) => number) => {
  const rng = createRng(seed);
  const values = Float32Array.from({ length: rows * cols }, () => from(rng.uniform()));
  return tf.tensor2d(values, [rows, cols]);
};

/** @param done resolves when what was asked for is computed; elsewhere than on a graphics device it is at once */
async function executorTrial(
  executor: Executor,
  rows: number,
  done: () => Promise<void>,
): Promise<Trial> {
  const model = await Model.create(BENCH_CONFIG, 1);
  const x = uniform(rows, BENCH_CONFIG.sizes[0]!, 7, (u) => (u < 0.2 ? 1 : 0));
  await x.data();
  let settling: Settling | null = null;
  const reset = async () => {
    settling?.dispose();
    settling = await executor.begin(model, x);
  };
  return {
    async reset() {
      await reset();
      await done();
    },
    async steps(count) {
      await settling!.advance(count);
      await done();
    },
    async learn() {
      await settling!.learn();
    },
    async batch() {
      const from = performance.now();
      await reset();
      const begun = performance.now();
      const settled = settling!.advance(BENCH_CONFIG.steps);
      const submitted = performance.now();
      await settled;
      const learning = performance.now();
      const update = settling!.learn();
      const busy = begun - from + (submitted - begun) + (performance.now() - learning);
      await update;
      return busy;
    },
    dispose() {
      settling?.dispose();
      model.dispose();
      x.dispose();
    },
  };
}

/** The same products by tf.matMul. */
function matMulTrial(rows: number): Trial {
  const operands = stepProducts(BENCH_CONFIG, rows).map((p: Product, i) => ({
    a: uniform(p.rows, p.depth, i, (u) => u - 0.5),
    b: uniform(p.depth, p.cols, 100 + i, (u) => u - 0.5),
  }));
  return {
    reset: () => Promise.resolve(),
    async steps(count) {
      for (let i = 0; i < count; i++)
        for (const [k, { a, b }] of operands.entries()) {
          const product = tf.matMul(a, b);
          if (i === count - 1 && k === operands.length - 1) await product.data();
          product.dispose();
        }
    },
    learn: null,
    batch: null,
    dispose: () => operands.forEach(({ a, b }) => tf.dispose([a, b])),
  };
}

/** What competes on a started backend. */
export async function contendersOf({ name, executor, ways }: Backend): Promise<Contender[]> {
  const of = (way: string, bare: boolean, begin: (rows: number) => Promise<Trial>): Contender => ({
    ...{ backend: name, way, bare, begin },
  });
  const kernels = name === 'webgpu' ? await import('./bareKernels.ts') : null;
  const done = kernels?.idle ?? (() => Promise.resolve());
  const contenders = [
    ...ways.map((way) => of(way.title, false, (rows) => executorTrial(way, rows, done))),
    of('bare products (tf.matMul)', true, (rows) => Promise.resolve(matMulTrial(rows))),
  ];
  if (kernels)
    contenders.push(
      of('bare products (own kernel)', true, (rows) => kernels.bareTrial(executor, rows)),
    );
  return contenders;
}
