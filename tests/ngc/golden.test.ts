import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import { Model } from '../../src/ngc/model.ts';
import { trace } from '../../src/ngc/trace.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden, GOLDEN_CASES } from '../helpers/golden.ts';
import { goldenBatch } from '../helpers/goldenBatch.ts';
import { plainly } from '../helpers/models.ts';
import { differences } from '../helpers/parity.ts';

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(GOLDEN_CASES)('%s', async (name) => {
    await useBackend(backend);
    const file = golden(name, 'model');
    const config = parseConfig(JSON.parse(file.metadata['config']!));
    const before = tf.memory().numTensors;
    const model = await Model.fromArrays(config, file.tensors);
    const batch = goldenBatch(golden(name, 'input'));

    const arrays = await trace(plainly(model), batch.x, batch.mask, batch.traced);

    const actual = Object.fromEntries([...arrays].map(([key, { data }]) => [key, data]));
    const expected = golden(name, 'expected').tensors;
    expect(differences(actual, expected, config.optimizer === 'adam')).toEqual({});

    batch.dispose();
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
