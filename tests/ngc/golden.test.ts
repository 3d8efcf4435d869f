import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import { Model } from '../../src/ngc/model.ts';
import { trace } from '../../src/ngc/trace.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden, GOLDEN_CASES } from '../helpers/golden.ts';
import { plainly } from '../helpers/models.ts';
import { differences } from '../helpers/parity.ts';

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(GOLDEN_CASES)('%s', async (name) => {
    await useBackend(backend);
    const file = golden(name, 'model');
    const config = parseConfig(JSON.parse(file.metadata['config']!));
    const before = tf.memory().numTensors;
    const model = await Model.fromArrays(config, file.tensors);
    const input = golden(name, 'input').tensors;
    const tensor = (array: FloatArray | undefined) =>
      array ? tf.tensor2d(array.data, array.shape as [number, number]) : null;
    const x = tensor(input.get('x'))!;
    const mask = tensor(input.get('mask'));

    const arrays = await trace(plainly(model), x, mask);

    const actual = Object.fromEntries([...arrays].map(([key, { data }]) => [key, data]));
    const expected = golden(name, 'expected').tensors;
    expect(differences(actual, expected, config.optimizer === 'adam')).toEqual({});

    tf.dispose([x, ...(mask ? [mask] : [])]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
