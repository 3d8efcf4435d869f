import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import * as tf from '@tensorflow/tfjs-core';

import { startNumerics } from '../../src/cli/backend.ts';
import { imagesOf } from '../../src/data/dataset.ts';
import { loadSynthetic } from '../../src/data/synthetic.ts';
import type * as Models from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import type * as Files from '../../src/runtime/nodeKernels.ts';
import type * as Recipes from '../../src/runtime/recipes.ts';
import type * as Own from '../../src/wasm/executor.ts';
import type * as Kernels from '../../src/wasm/kernels.ts';

/*
 * What a batch of the page's recipe costs one thread by the own kernels of this checkout and of another (with its packages installed), batches
 * of synthetic digits by turns in one process: what else the machine does meets both alike.
 *
 *   npx tsx tests/long/against.ts ANOTHER_CHECKOUT [batches]
 */

const ROWS = 100;
const STEPS = 10;
/** Until precisions follow in one step, and what is often called is compiled. */
const WARM_UP = 80;

const [another, batches = '100'] = process.argv.slice(2);
if (another === undefined) throw new Error('Which checkout is it to be measured against?');

/** The kernels of a checkout at work, and what they took (ms). */
interface Lane {
  readonly executor: Executor;
  readonly model: Models.Model;
  readonly settling: number[];
  readonly learning: number[];
}

async function laneOf(root: string): Promise<Lane> {
  const load = (path: string) =>
    import(pathToFileURL(join(root, 'src', path)).href) as Promise<unknown>;
  const models = (await load('ngc/model.ts')) as typeof Models;
  const recipes = (await load('runtime/recipes.ts')) as typeof Recipes;
  const files = (await load('runtime/nodeKernels.ts')) as typeof Files;
  const kernels = (await load('wasm/kernels.ts')) as typeof Kernels;
  const own = (await load('wasm/executor.ts')) as typeof Own;
  const module = await kernels.compileKernels(files.nodeKernels);
  if (typeof module === 'string') throw new Error(module);
  const tell = (sentence: string) => {
    throw new Error(sentence);
  };
  const model = await models.Model.create(recipes.pageConfig('gncn-pdh', { batch: ROWS }), 1);
  return { executor: own.ownExecutor(module, { tell }), model, settling: [], learning: [] };
}

async function batch({ executor, model, settling, learning }: Lane, x: tf.Tensor2D): Promise<void> {
  const began = performance.now();
  const episode = await executor.begin(model, x);
  await episode.advance(STEPS);
  const settled = performance.now();
  await episode.learn();
  learning.push(performance.now() - settled);
  settling.push(settled - began);
  episode.dispose();
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

const backend = await startNumerics('wasm', 1);
const { count, read } = imagesOf((await loadSynthetic()).train);
const imagesAt = (from: number) => read(from, from + ROWS);
const here = await laneOf(resolve(import.meta.dirname, '../..'));
const there = await laneOf(resolve(another));
for (let i = 0; i < WARM_UP + Number(batches); i++) {
  const x = tf.tensor2d(Float32Array.from(imagesAt((i * ROWS) % (count - ROWS))), [ROWS, 784]);
  for (const lane of i % 2 ? [here, there] : [there, here]) await batch(lane, x);
  x.dispose();
}
for (const what of ['settling', 'learning'] as const) {
  const [mine, others] = [here, there].map((lane) => lane[what].slice(WARM_UP)) as [number[], number[]]; // prettier-ignore
  const ratio = median(others.map((time, i) => time / mine[i]!));
  process.stdout.write(`${what}: ${median(others).toFixed(1)} ms there, ${median(mine).toFixed(1)} ms here: ${ratio.toFixed(2)} times as fast\n`); // prettier-ignore
}
backend.close();
process.exit(0);
