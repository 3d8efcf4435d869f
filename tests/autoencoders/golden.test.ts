import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { tracedBaseline } from '../helpers/baselines.ts';
import { BASELINE_CASES, golden } from '../helpers/golden.ts';
import { differences } from '../helpers/parity.ts';

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(BASELINE_CASES)('%s', async (name) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const model = golden(name, 'model');
    const actual = await tracedBaseline(model, golden(name, 'input'));
    const adam = model.metadata['config']!.includes('"optimizer": "adam"');
    expect(differences(actual, golden(name, 'expected').tensors, adam)).toEqual({});
    expect(tf.memory().numTensors).toBe(before);
  });
});
