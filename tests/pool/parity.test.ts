import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { settle } from '../../src/ngc/settle.ts';
import type { Update } from '../../src/ngc/settling.ts';
import { trace } from '../../src/ngc/trace.ts';
import type { Pool } from '../../src/pool/executor.ts';
import { poolExecutor } from '../../src/pool/executor.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { useBackend } from '../helpers/backends.ts';
import { golden, GOLDEN_CASES } from '../helpers/golden.ts';
import { goldenBatch } from '../helpers/goldenBatch.ts';
import { MEDDLING_CASES, meddle, momentDifferences } from '../helpers/meddling.ts';
import { binaryImages, plainly, smallModel } from '../helpers/models.ts';
import { differences } from '../helpers/parity.ts';
import type { LocalMember } from '../helpers/pool.ts';
import { copyOf, localMember } from '../helpers/pool.ts';

/** Sums in another order differ by rounding only. */
const ROUNDING = 1e-5;

beforeAll(() => useBackend('wasm'));

let pool: Pool;
/** A model, settled by the pool. */
const pooled = (model: Model) => ({ model, executor: pool });
afterEach(() => pool.close());

/** A pool of so many members that shares out even the smallest batch. */
function startPool(count: number): LocalMember[] {
  const members = Array.from({ length: count }, () => localMember());
  pool = poolExecutor({ count, waits: true, start: () => members }, opByOp, 1);
  return members;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}

function expectSameArrays(
  actual: ReadonlyMap<string, FloatArray>,
  expected: ReadonlyMap<string, FloatArray>,
): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [name, { data }] of expected)
    expect(largestDifference(actual.get(name)!.data, data), name).toBeLessThan(ROUNDING);
}

function expectSameUpdate(actual: Update, expected: Update): void {
  expect(actual.bce).toBeCloseTo(expected.bce, 4);
  expect(actual.weightChanges).toHaveLength(expected.weightChanges.length);
  actual.weightChanges.forEach((length, i) =>
    expect(length).toBeCloseTo(expected.weightChanges[i]!, 5),
  );
  expect(actual.warnings).toEqual(expected.warnings);
  expect(largestDifference(actual.sparsity, expected.sparsity)).toBeLessThan(ROUNDING);
  expect(largestDifference(actual.topActivity, expected.topActivity)).toBeLessThan(ROUNDING);
  expected.meanActivity.forEach((layer, i) =>
    expect(largestDifference(actual.meanActivity[i]!, layer)).toBeLessThan(ROUNDING),
  );
}

/** The synapses and precisions of a model. */
async function everything(model: Model): Promise<Map<string, FloatArray>> {
  const arrays = await model.toArrays();
  for (let l = 1; l < model.layers; l++) {
    const P = model.precision(l);
    if (P) arrays.set(`P${l}`, { shape: P.shape, data: new Float32Array(await P.data()) });
  }
  return arrays;
}

/** Large steps, so that a wrong sign or weight shows, and limits that some synapses reach. */
const STRONG: Partial<ModelConfig> = {
  optimizer: 'sgd',
  learningRate: 0.7,
  precisionRate: 0.05,
  errorRate: 0.6,
  maxNorm: 1.1,
  maxNormAbove: 0.9,
};

describe.each([1, 2, 3])('shared out over %i, the numbers of op by op', (count) => {
  test.each(VARIANTS)('%s: settling, changes and learnt synapses', async (variant) => {
    const members = startPool(count);
    const model = await smallModel(variant, STRONG);
    const shared = await copyOf(model);
    const x = binaryImages(7, 12); // divisible by neither 2 nor 3
    expectSameArrays(await trace(pooled(shared), x, null), await trace(plainly(model), x, null));
    expectSameArrays(await everything(shared), await everything(model));
    // It was the members that did it.
    for (const { orders } of members) expect(orders).toContain('sum');
    if (variant !== 'gncn-t1') expect(members.flatMap((m) => m.orders)).toContain('follow');
    tf.dispose(x);
    for (const each of [model, shared]) each.dispose();
  });

  test.each(VARIANTS)('%s: what is hidden is imagined alike', async (variant) => {
    startPool(count);
    const model = await smallModel(variant);
    const shared = await copyOf(model);
    const x = binaryImages(5, 12);
    const mask = binaryImages(5, 12, 11);
    expectSameArrays(await trace(pooled(shared), x, mask), await trace(plainly(model), x, mask));
    tf.dispose([x, mask]);
    for (const each of [model, shared]) each.dispose();
  });

  test('one batch after another, of any size: reports and synapses', async () => {
    startPool(count);
    const model = await smallModel('gncn-pdh', STRONG);
    const shared = await copyOf(model);
    for (const [i, rows] of [7, 3, 1, 2, 10].entries()) {
      const x = binaryImages(rows, 12, 20 + i);
      const [here, there] = [await settle(plainly(model), x), await settle(pooled(shared), x)];
      expectSameUpdate(await there.learn(), await here.learn());
      here.dispose();
      there.dispose();
      x.dispose();
    }
    expectSameArrays(await everything(shared), await everything(model));
    for (const each of [model, shared]) each.dispose();
  });
});

test('a lateral matrix of the user, and precisions in their Cholesky form, go along', async () => {
  startPool(2);
  const base = await smallModel('gncn-pdh', { ...STRONG, precision: 'cholesky' });
  const arrays = await base.toArrays();
  const V = binaryImages(8, 8, 4);
  for (const [l, size] of [6, 6, 8].entries())
    arrays.set(`V${l + 1}`, {
      shape: [size, size],
      data: new Float32Array(await V.data()).slice(0, size * size).map((v) => 0.2 * v),
    });
  const config = { ...base.config, lateral: 'matrix' as const };
  const model = await Model.fromArrays(config, arrays);
  const shared = await copyOf(model);
  const x = binaryImages(5, 12);
  expectSameArrays(await trace(pooled(shared), x, null), await trace(plainly(model), x, null));
  tf.dispose([x, V]);
  for (const each of [base, model, shared]) each.dispose();
});

describe('through a pool of two, the numbers of the independent implementation', () => {
  test.each(GOLDEN_CASES)('%s', async (name) => {
    startPool(2);
    const file = golden(name, 'model');
    const config = parseConfig(JSON.parse(file.metadata['config']!));
    const model = await Model.fromArrays(config, file.tensors);
    const batch = goldenBatch(golden(name, 'input'));
    const arrays = await trace(pooled(model), batch.x, batch.mask, batch.traced);
    const actual = Object.fromEntries([...arrays].map(([key, { data }]) => [key, data]));
    const expected = golden(name, 'expected').tensors;
    expect(differences(actual, expected, config.optimizer === 'adam')).toEqual({});
    batch.dispose();
    model.dispose();
  });
});

describe('through a pool of two, an episode that is meddled with', () => {
  test.each(MEDDLING_CASES)('$name: is what op by op makes of it', async (one) => {
    startPool(2);
    const model = await smallModel(one.variant, one.changes);
    const shared = await copyOf(model);
    const lesions = { ...one.lesions, units: one.lesions.units ?? [] };
    const expected = await meddle(plainly(model), lesions, 5);
    expect(momentDifferences(await meddle(pooled(shared), lesions, 5), expected)).toEqual({});
    for (const each of [model, shared]) each.dispose();
  });
});
