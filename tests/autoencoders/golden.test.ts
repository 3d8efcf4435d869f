import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';

import { decoded, logMarginalLikelihoods } from '../../src/engine/measures/likelihood.ts';
import { measureReconstruction } from '../../src/engine/measures/reconstruction.ts';
import { generative } from '../../src/engine/model.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { mean } from '../../src/shared/arrays.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { openedBaseline, tracedBaseline } from '../helpers/baselines.ts';
import { BASELINE_CASES, golden, isCompletion, MEASURES, usesAdam } from '../helpers/golden.ts';
import { differences, TOLERANCE } from '../helpers/parity.ts';

const images = ({ shape, data }: FloatArray) => ({
  count: shape[0]!,
  read: (from: number, to: number) => data.slice(from * shape[1]!, to * shape[1]!),
});

describe.each(BACKENDS)('on %s, the numbers of the independent implementation', (backend) => {
  test.each(BASELINE_CASES)('%s', async (name) => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const model = golden(name, 'model');
    const actual = await tracedBaseline(model, golden(name, 'input'));
    expect(differences(actual, golden(name, 'expected').tensors, usesAdam(model))).toEqual({});
    expect(tf.memory().numTensors).toBe(before);
  });

  test('BCE, and hidden pixels filled in by every rule, of an input with a mask', async () => {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const [file, input] = [golden(MEASURES, 'model'), golden(MEASURES, 'input')];
    const traced = await tracedBaseline(file, input, 10);
    const bce = golden(MEASURES, 'expected').tensors.get('bce')!.data[0]!;
    expect(Math.abs(traced['loss.bce']![0]! - bce)).toBeLessThan(TOLERANCE);
    const completions = Object.entries(traced).filter(([name]) => isCompletion(name));
    const expected = [...golden(MEASURES, 'expected').tensors].filter(([name]) =>
      isCompletion(name),
    );
    expect(expected).toHaveLength(6);
    expect(differences(Object.fromEntries(completions), new Map(expected), false)).toEqual({});
    expect(tf.memory().numTensors).toBe(before);
  });

  test('pictures of drawn codes, and log p(x) under them', async () => {
    await useBackend(backend);
    const model = generative((await openedBaseline(golden(MEASURES, 'model'))).model, 'measure');
    const x = images(golden(MEASURES, 'input').tensors.get('x')!);
    const { tensors } = golden(MEASURES, 'expected');
    const z = tensors.get('sampled.z')!;
    const codes: Tensor2D = tf.tensor2d(z.data, [z.shape[0]!, z.shape[1]!]);
    const pictures = model.decode(codes);
    // Pictures are in float32, where 1 − mu_0 has lost digits that the logits have.
    const { bce } = await measureReconstruction(model, x);
    expect(bce).toBeCloseTo(tensors.get('bce')!.data[0]!, 2);
    const actual = {
      'sampled.mu0': await pictures.data(),
      logpx: [mean(await logMarginalLikelihoods(decoded(model), x, z))],
    };
    const expected = [...tensors].filter(([name]) => name in actual);
    expect(expected).toHaveLength(2);
    expect(differences(actual, new Map(expected), false)).toEqual({});
    tf.dispose([codes, pictures]);
    model.dispose();
  });
});
