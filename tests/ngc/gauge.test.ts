import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { gaugeOf } from '../../src/ngc/gauge.ts';
import type { Model } from '../../src/ngc/model.ts';
import { TensorSynapses } from '../../src/ngc/synapses.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallModel } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

/** Puts diag(entries) in the place of a covariance. */
const putDiagonal = (model: Model, name: string, entries: readonly number[]) =>
  model.synapses.set(name, tf.diag(tf.tensor1d([...entries])) as tf.Tensor2D);

const sumOfLogs = (entries: readonly number[]) =>
  entries.reduce((sum, entry) => sum + Math.log(entry), 0);

describe('what total discrepancy needs of a network', () => {
  test('log determinants are those of the covariances as they are now', async () => {
    const model = await smallModel('gncn-pdh');
    const [first, second] = [
      [2, 3, 1, 1, 1, 5],
      [1, 1, 7, 1, 1, 2],
    ] as const;
    putDiagonal(model, 'Sigma1', first);
    putDiagonal(model, 'Sigma2', first);
    await model.refreshPrecision();
    const before = await gaugeOf(model);
    expect(before.logDeterminants[0]).toBe(0);
    for (const l of [1, 2]) expect(before.logDeterminants[l]).toBeCloseTo(sumOfLogs(first), 5);
    putDiagonal(model, 'Sigma2', second);
    const after = await gaugeOf(model);
    expect(after.logDeterminants[1]).toBeCloseTo(sumOfLogs(first), 5);
    expect(after.logDeterminants[2]).toBeCloseTo(sumOfLogs(second), 5);
    model.dispose();
  });

  test('they stay known when the synapses move to another store, and are of that one from then on', async () => {
    const model = await smallModel('gncn-pdh');
    const known = await model.logDeterminants();
    const store = new TensorSynapses();
    for (const name of (model.synapses as TensorSynapses).names)
      store.set(name, tf.clone(model.synapses.get(name)));
    model.moveTo(store);
    expect(await model.logDeterminants()).toBe(known);
    putDiagonal(model, 'Sigma1', [1, 1, 1, 4, 1, 1]);
    expect((await model.logDeterminants())[1]).toBeCloseTo(Math.log(4), 5);
    model.dispose();
  });

  test('a network without precisions has none', async () => {
    const model = await smallModel('gncn-t1');
    expect((await gaugeOf(model)).logDeterminants).toEqual([0, 0, 0]);
    model.dispose();
  });
});
