import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden, PC_NETWORK_CASES, usesAdam } from '../helpers/golden.ts';
import { differences } from '../helpers/parity.ts';
import { tracedPredictive } from '../helpers/goldenPredictive.ts';

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(PC_NETWORK_CASES)('%s', async (name) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const [model, input] = [golden(name, 'model'), golden(name, 'input')];
    const expected = golden(name, 'expected').tensors;
    const traced = await tracedPredictive(model, input);
    // What a case does not name is written too.
    const named = [...traced].filter(([key]) => expected.has(key));
    const actual = Object.fromEntries(named.map(([key, { data }]) => [key, data]));
    expect(differences(actual, expected, usesAdam(model))).toEqual({});
    for (const [key, { shape }] of named) expect([key, shape]).toEqual([key, expected.get(key)!.shape]); // prettier-ignore
    expect(tf.memory().numTensors).toBe(before);
  });
});
