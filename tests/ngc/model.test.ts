import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { applyChanges } from '../../src/ngc/learn.ts';
import { Model } from '../../src/ngc/model.ts';
import { optimizerArrays, restoreOptimizer } from '../../src/ngc/optimizerState.ts';
import { lateralsOf, parametersOf, precisionsOf } from '../../src/ngc/parameters.ts';
import { TensorSynapses } from '../../src/ngc/synapses.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, namesOf, plainly, smallConfig, smallModel } from '../helpers/models.ts';
import { settle } from '../../src/ngc/settle.ts';

let held: number;
beforeEach(async () => {
  await useBackend('cpu');
  held = tf.memory().numTensors;
});

describe('the matrices of a network (ngc.md, the table of symbols)', () => {
  test.each(VARIANTS)('%s: their names and shapes', (variant) => {
    const config = parseConfig({ variant, sizes: [10, 6, 4, 2], groups: [3, 2, 2] });
    const shapes = Object.fromEntries(parametersOf(config).map((one) => [one.name, one.shape]));
    const W = { W1: [6, 10], W2: [4, 6], W3: [2, 4] };
    const E = { E1: [10, 6], E2: [6, 4], E3: [4, 2] };
    const Sigma = { Sigma1: [6, 6], Sigma2: [4, 4] };
    const M = { M2: [4, 10], M3: [2, 6] };
    const expected = {
      'gncn-t1': W,
      'gncn-t1-sigma': { ...W, ...Sigma },
      'gncn-t2-lsigma': { ...W, ...E, ...Sigma },
      'gncn-pdh': { ...W, ...E, ...M, ...Sigma },
    };
    expect(shapes).toEqual(expected[variant]);
    expect(Object.keys(shapes)).toEqual(Object.keys(expected[variant])); // in file order
    const names = (places: readonly { name: string }[]) => places.map(({ name }) => name);
    expect(names(precisionsOf(config))).toEqual(variant === 'gncn-t1' ? [] : ['P1', 'P2']);
    expect(names(lateralsOf(config))).toEqual(
      variant.startsWith('gncn-t1') ? [] : ['V1', 'V2', 'V3'],
    );
  });
});

describe('the store of synapses', () => {
  test('owns what it holds, counts changes, and frees what is replaced or dropped', () => {
    const store = new TensorSynapses();
    const first = tf.ones<tf.Rank.R2>([2, 2]);
    store.set('W1', first);
    store.set('W1', first); // the same again frees nothing
    expect(first.isDisposed).toBe(false);
    const { revision } = store;
    store.set('W1', tf.zeros([2, 2]));
    expect(first.isDisposed).toBe(true);
    expect(store.revision).toBe(revision + 1);
    store.drop('W1');
    store.drop('W1');
    expect(store.revision).toBe(revision + 2);
    expect(store.has('W1')).toBe(false);
    expect(() => store.get('W1')).toThrow('W1');
    expect(tf.memory().numTensors).toBe(held);
  });
});

describe('nothing is left behind where it fails', () => {
  test.each([
    ['a missing matrix', (arrays: Map<string, unknown>) => arrays.delete('W2'), /lacks W2/],
    ['a covariance of no numbers', (arrays: Map<string, { data: Float32Array }>) => arrays.get('Sigma1')!.data.fill(NaN), /covariance/],
  ] as const)('opening a model with %s', async (_, spoil, sentence) => {
    const model = await smallModel('gncn-pdh');
    const arrays = await model.toArrays();
    (spoil as (arrays: unknown) => unknown)(arrays);
    const before = tf.memory().numTensors;
    await expect(Model.fromArrays(model.config, arrays)).rejects.toThrow(sentence);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  }); // prettier-ignore

  test('an update whose covariance is no longer made of numbers', async () => {
    const model = await smallModel('gncn-pdh', { optimizer: 'sgd' });
    const before = tf.memory().numTensors;
    const changes = new Map(
      model.parameters.map(({ name, family, shape }) => [
        name,
        tf.fill<tf.Rank.R2>([...shape], family === 'Sigma' ? NaN : 0),
      ]),
    );
    await expect(applyChanges(model, changes, 5)).rejects.toMatchObject({ kind: 'diverged' });
    tf.dispose([...changes.values()]);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  test('moments of a checkpoint that do not fit are refused, and none is put in', async () => {
    const model = await smallModel('gncn-pdh', { optimizer: 'adam' });
    const x = binaryImages(3, 12);
    const settled = await settle(plainly(model), x);
    await settled.learn();
    const arrays = await optimizerArrays(model);
    const fresh = await Model.create(smallConfig('gncn-pdh', { optimizer: 'adam' }), 1);
    const before = tf.memory().numTensors;
    arrays.set('v.M3', { shape: [1, 1], data: new Float32Array(1) });
    expect(() => restoreOptimizer(fresh, arrays, 1)).toThrow(/opt\.v\.M3/);
    arrays.delete('v.M3');
    expect(() => restoreOptimizer(fresh, arrays, 1)).toThrow(/opt\.v\.M3/);
    expect([tf.memory().numTensors, fresh.updates]).toEqual([before, 0]);
    expect(namesOf(fresh).some((name) => fresh.synapses.has(`m.${name}`))).toBe(false);
    settled.dispose();
    x.dispose();
    for (const each of [model, fresh]) each.dispose();
  });
});
