import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { storedTheta } from '../../src/predictive/network/parameters.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';
import { release } from '../../src/predictive/network/memory.ts';
import { traceNetwork } from '../../src/predictive/network/tracing/trace.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden, PC_NETWORK_CASES } from '../helpers/golden.ts';
import { differences } from '../helpers/parity.ts';

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(PC_NETWORK_CASES)('%s', async (name) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const [model, { tensors }] = [golden(name, 'model'), golden(name, 'input')];
    const expected = golden(name, 'expected').tensors;
    const settings = parseSettings(JSON.parse(model.metadata['config']!));
    const theta = storedTheta(settings, model.tensors);
    const [x, mask = null] = [tensors.get('x')!, tensors.get('mask')];
    const traced = await traceNetwork({ settings, theta }, { x, mask, tensors, steps: undefined });
    // What a case does not name is written too.
    const named = [...traced].filter(([key]) => expected.has(key));
    const actual = Object.fromEntries(named.map(([key, { data }]) => [key, data]));
    expect(differences(actual, expected, settings.optimizer === 'adam')).toEqual({});
    for (const [key, { shape }] of named) expect([key, shape]).toEqual([key, expected.get(key)!.shape]); // prettier-ignore
    release(theta);
    expect(tf.memory().numTensors).toBe(before);
  });
});
