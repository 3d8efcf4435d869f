import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import { Model } from '../../src/ngc/model.ts';
import type { Executor } from '../../src/ngc/settling.ts';
import { trace } from '../../src/ngc/trace.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { FUSED_CASES, executorDifferences } from '../helpers/fusedCases.ts';
import { golden, GOLDEN_CASES } from '../helpers/golden.ts';
import { goldenBatch } from '../helpers/goldenBatch.ts';
import { MEDDLING_CASES, meddle, momentDifferences } from '../helpers/meddling.ts';
import { plainly, smallModel } from '../helpers/models.ts';
import { ownKernels } from '../helpers/ownKernels.ts';
import { differences } from '../helpers/parity.ts';
import { copyOf } from '../helpers/pool.ts';

let own: Executor;
beforeAll(async () => {
  for (const name of BACKENDS) await useBackend(name);
  own = await ownKernels();
});

describe('by our own kernels, the numbers of the independent implementation', () => {
  test.each(GOLDEN_CASES)('%s', async (name) => {
    const file = golden(name, 'model');
    const config = parseConfig(JSON.parse(file.metadata['config']!));
    const before = tf.memory().numTensors;
    const model = await Model.fromArrays(config, file.tensors);
    const batch = goldenBatch(golden(name, 'input'));
    const arrays = await trace({ model, executor: own }, batch.x, batch.mask, batch.traced);
    const actual = Object.fromEntries([...arrays].map(([key, { data }]) => [key, data]));
    const expected = golden(name, 'expected').tensors;
    expect(differences(actual, expected, config.optimizer === 'adam')).toEqual({});
    batch.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('by our own kernels, an episode that is meddled with', () => {
  test.each(MEDDLING_CASES)('$name: is what op by op makes of it', async (one) => {
    for (const rows of [1, 5]) {
      const model = await smallModel(one.variant, one.changes);
      const twin = await copyOf(model);
      const lesions = { ...one.lesions, units: one.lesions.units ?? [] };
      const expected = await meddle(plainly(model), lesions, rows);
      const actual = await meddle({ model: twin, executor: own }, lesions, rows);
      expect(momentDifferences(actual, expected)).toEqual({});
      for (const each of [model, twin]) each.dispose();
    }
  });
});

describe('by our own kernels, random networks of odd sizes, three batches', () => {
  test.each(FUSED_CASES)('$name', async (one) => {
    expect(await executorDifferences(one, own, 'wasm')).toEqual({});
  });
});
