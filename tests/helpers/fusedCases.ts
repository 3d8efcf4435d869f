import * as tf from '@tensorflow/tfjs-core';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Executor, Update } from '../../src/ngc/settling.ts';
import { createRng } from '../../src/shared/rng.ts';
import type { MeddlingCase } from './meddling.ts';
import { meddle, momentDifferences } from './meddling.ts';
import { namesOf, smallModel } from './models.ts';

/*
 * Fused kernels against the plain-op equations on TensorFlow.js's JavaScript backend, on random networks and images: what
 * every neuron does after T = 50 steps, and what learning makes of it, batch after batch. Sizes are odd on purpose.
 */
export interface FusedCase {
  readonly name: string;
  readonly variant: Variant;
  readonly changes?: Partial<ModelConfig>;
  readonly rows: number;
  readonly masked?: boolean;
  /** Settings that change after the first update. */
  readonly then?: Partial<ModelConfig>;
}

const ODD = { sizes: [35, 13, 7, 9], groups: [13, 7, 3], steps: 50 };
const one = { rows: 1 };
const many = { rows: 37 };
const t2 = 'gncn-t2-lsigma';
const pdh = 'gncn-pdh';

export const FUSED_CASES: readonly FusedCase[] = [
  { name: 't1, tanh, Adam', variant: 'gncn-t1', ...many },
  { name: 't1, one image, softplus', variant: 'gncn-t1', changes: { activation: 'softplus' }, ...one },
  { name: 't1-sigma, Adam', variant: 'gncn-t1-sigma', ...many },
  { name: 't1-sigma, masked', variant: 'gncn-t1-sigma', ...many, masked: true },
  { name: 't2, gradient ascent', variant: t2, changes: { optimizer: 'sgd', errorRate: 0.7 }, ...many },
  { name: 't2, no precision', variant: t2, changes: { precision: 'none' }, ...many },
  { name: 't2, band', variant: t2, changes: { lateral: 'band', groups: [3, 3, 3] }, ...many, then: { lateralInhibition: 0.3 } },
  { name: 't2, Cholesky precision', variant: t2, changes: { precision: 'cholesky' }, rows: 5 },
  { name: 'pdh, Adam, norms along axis 1', variant: pdh, changes: { normAxis: 1, maxNorm: 0.8, maxNormAbove: 0.4 }, ...many, then: { learningRate: 0.05, beta: 0.2, normAxis: 0 } },
  { name: 'pdh, gradient ascent, forced norms', variant: pdh, changes: { optimizer: 'sgd', normMode: 'force', rateHalfLife: 100, learningRate: 0.5 }, ...many },
  { name: 'pdh, one image, masked', variant: pdh, ...one, masked: true },
  { name: 'pdh, sigmoid states, tanh means', variant: pdh, changes: { activation: 'sigmoid', meanActivation: 'tanh' }, rows: 9 },
  { name: 'pdh, one hidden layer', variant: pdh, changes: { sizes: [35, 18], groups: [6] }, rows: 9 },
  { name: 'pdh, four hidden layers', variant: pdh, changes: { sizes: [35, 12, 6, 6, 5], groups: [6, 3, 2, 5] }, rows: 70 },
]; // prettier-ignore

/** The tiles through which every case runs by itself, and the cases that the larger ones run. */
export const LARGE_TILE_CASES = ['t1-sigma, Adam', 'pdh, four hidden layers'];

/** What one run did, as plain numbers by name. */
type Numbers = Record<string, ArrayLike<number>>;

const uniform = (length: number, seed: number, from: (u: number) => number) => {
  const rng = createRng(seed);
  return Float32Array.from({ length }, () => from(rng.uniform()));
};

const BATCHES = 3;

async function numbersOf(
  { rows, masked, then }: FusedCase,
  config: ModelConfig,
  arrays: Awaited<ReturnType<Model['toArrays']>>,
  executor: Executor,
): Promise<Numbers> {
  const model = await Model.fromArrays(config, arrays);
  const pixels = config.sizes[0]!;
  const numbers: Numbers = {};
  const images = (seed: number, share: number) =>
    tf.tensor2d(
      uniform(rows * pixels, seed, (u) => (u < share ? 1 : 0)),
      [rows, pixels],
    );
  for (let batch = 0; batch < BATCHES; batch++) {
    const x = images(11 + batch, 0.4);
    const mask = masked ? images(31 + batch, 0.6) : null;
    const settling = await executor.begin(model, x, { mask });
    await settling.advance(7);
    // A look in between must not disturb it.
    const early = await settling.read(1);
    numbers[`${batch}.early`] = await early.z[1]!.data();
    await settling.advance(config.steps - 7);
    const activity = await settling.read();
    for (const family of ['z', 'phiZ', 'mu', 'e'] as const)
      for (const [l, tensor] of activity[family].entries())
        numbers[`${batch}.${family}${l}`] = await tensor.data();
    if (!masked) {
      const update: Update = await settling.learn();
      const { bce, sparsity, meanActivity, topActivity, weightChanges } = update;
      numbers[`${batch}.bce`] = [bce / pixels];
      numbers[`${batch}.sparsity`] = sparsity;
      meanActivity.forEach((mean, i) => (numbers[`${batch}.mean${i + 1}`] = mean));
      numbers[`${batch}.top`] = topActivity;
      numbers[`${batch}.weightChanges`] = weightChanges;
      for (const name of namesOf(model))
        numbers[`${batch}.${name}`] = (await model.synapses.get(name).data()).slice();
      for (let l = 1; l < model.layers; l++)
        if (model.precision(l)) numbers[`${batch}.P${l}`] = await model.precision(l)!.data();
    }
    settling.dispose();
    tf.dispose(mask ? [x, mask] : x);
    if (then) model.config = { ...model.config, ...then };
  }
  model.dispose();
  return numbers;
}

/** The largest difference of every quantity that differs by more than 1e-4 between the fused and the plain way. */
export const fusedDifferences = (one: FusedCase, executor: Executor) =>
  executorDifferences(one, executor, 'webgpu');

/** The same between any executor, on a backend, and the plain way. */
export async function executorDifferences(
  one: FusedCase,
  executor: Executor,
  backend: 'webgpu' | 'wasm',
): Promise<Record<string, number>> {
  await tf.setBackend('cpu');
  const changes = { ...ODD, optimizer: 'adam', learningRate: 0.02, ...one.changes } as const;
  const source = await smallModel(one.variant, changes);
  const arrays = await source.toArrays();
  const { config } = source;
  source.dispose();
  const expected = await numbersOf(one, config, arrays, opByOp);
  await tf.setBackend(backend);
  const actual = await numbersOf(one, config, arrays, executor);
  const differences: Record<string, number> = {};
  for (const [name, values] of Object.entries(expected)) {
    const got = actual[name];
    let worst = got?.length === values.length ? 0 : NaN;
    for (let i = 0; i < values.length; i++) {
      const gap = Math.abs(got![i]! - values[i]!);
      if (!(gap <= worst)) worst = gap;
    }
    if (!(worst <= 1e-4)) differences[name] = worst;
  }
  return differences;
}

/** What the fused executor makes of an episode that is meddled with, where it differs from plain operations. */
export async function meddlingDifferences(
  { variant, changes, lesions }: MeddlingCase,
  executor: Executor,
  rows: number,
): Promise<Record<string, number>> {
  await tf.setBackend('cpu');
  const model = await smallModel(variant, { ...ODD, ...changes });
  const arrays = await model.toArrays();
  const { config } = model;
  const expected = await meddle({ model, executor: opByOp }, lesions, rows);
  model.dispose();
  await tf.setBackend('webgpu');
  const twin = await Model.fromArrays(config, arrays);
  const actual = await meddle({ model: twin, executor }, lesions, rows);
  twin.dispose();
  return momentDifferences(actual, expected);
}
