import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { parseConfig } from '../../src/engine/config/parse.ts';
import { Model } from '../../src/engine/model.ts';
import { trace } from '../../src/engine/trace.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden, GOLDEN_CASES } from '../helpers/golden.ts';

/** The bound every tensor of every case is held to. */
const TOLERANCE = 1e-4;

/**
 * Adam's first step is a sign: where the raw change is all but zero, rounding decides it. Such entries are not compared.
 */
const SIGN_NOISE = 1e-5;

function largestDifference(
  name: string,
  actual: FloatArray,
  expected: ReadonlyMap<string, FloatArray>,
  adam: boolean,
): number {
  const want = expected.get(name)!.data;
  const raw =
    adam && name.startsWith('next.') ? expected.get(name.replace('next.', 'd'))?.data : undefined;
  let worst = 0;
  want.forEach((value, i) => {
    if (raw && Math.abs(raw[i]!) <= SIGN_NOISE) return;
    const difference = Math.abs(actual.data[i]! - value);
    if (!(difference <= worst)) worst = difference; // NaN counts as worst
  });
  return worst;
}

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

    const actual = await trace(model, x, mask);

    const expected = golden(name, 'expected').tensors;
    expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
    const differences = Object.fromEntries(
      [...expected.keys()].map((key) => [
        key,
        largestDifference(key, actual.get(key)!, expected, config.optimizer === 'adam'),
      ]),
    );
    const tooLarge = Object.entries(differences).filter(([, d]) => !(d <= TOLERANCE));
    expect(tooLarge).toEqual([]);

    tf.dispose([x, ...(mask ? [mask] : [])]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
