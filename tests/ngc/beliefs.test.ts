import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { beliefs } from '../../src/ngc/beliefs.ts';
import { NO_LESIONS } from '../../src/ngc/lesions.ts';
import type { Model } from '../../src/ngc/model.ts';
import { movement } from '../../src/ngc/movement.ts';
import { useBackend } from '../helpers/backends.ts';
import { randomMatrix, smallModel } from '../helpers/models.ts';

beforeAll(() => useBackend('cpu'));

const rows = async (tensor: tf.Tensor2D) => await tensor.array();
const relu = (v: number) => Math.max(0, v);
const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
const identity = (v: number) => v;

/** What layer l alone projects to the pixels, in float64 loops: by the definition. */
async function naive(
  model: Model,
  l: number,
  phi: number[],
  cut: (k: number, j: number) => boolean,
) {
  const { config, definition } = model;
  const act = { relu, tanh: Math.tanh, identity, sigmoid };
  const phiOf = act[config.activation as keyof typeof act];
  const g = act[config.meanActivation as keyof typeof act];
  const activity: number[][] = [];
  activity[l] = phi;
  for (let k = l - 1; k >= 0; k--) {
    const W = await rows(model.W(k + 1));
    const far = definition.auxiliary && k + 2 <= l ? await rows(model.M(k + 2)) : null;
    activity[k] = W[0]!.map((_, j) => {
      let h = activity[k + 1]!.reduce((sum, value, i) => sum + value * W[i]![j]!, 0);
      if (far) h += activity[k + 2]!.reduce((sum, value, i) => sum + value * far[i]![j]!, 0);
      if (k === 0) return sigmoid(h);
      return cut(k, j) ? 0 : phiOf(g(h));
    });
  }
  return activity[0]!;
}

const phiOf = (model: Model) =>
  model.config.sizes.map((size, l) =>
    tf.tidy((): tf.Tensor2D => tf.relu(randomMatrix(2, size, 1, 20 + l))),
  );

test.each(['gncn-t1', 'gncn-t1-sigma', 'gncn-t2-lsigma', 'gncn-pdh'] as const)(
  '%s: a layer believes what its activity alone sends down to the pixels',
  async (variant) => {
    const model = await smallModel(variant);
    const phiZ = phiOf(model);
    const before = tf.memory().numTensors;
    const got = beliefs(model, phiZ);
    expect(got).toHaveLength(3);
    for (const [i, belief] of got.entries())
      for (const [row, pixels] of (await rows(belief)).entries()) {
        const activity = (await rows(phiZ[i + 1]!))[row]!;
        const expected = await naive(model, i + 1, activity, () => false);
        pixels.forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 5));
      }
    tf.dispose(got);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(phiZ);
    model.dispose();
  },
);

test('what is silent or cut on the way passes nothing on; the layer itself is as it is', async () => {
  const model = await smallModel('gncn-pdh');
  const phiZ = phiOf(model);
  const activity = (l: number) => rows(phiZ[l]!).then((all) => all[0]!);
  const silent = { ...NO_LESIONS, layers: [1], units: [{ layer: 2, index: 3 }] };
  const isSilent = (k: number, j: number) => k === 1 || (k === 2 && j === 3);
  for (const [lesions, cut] of [
    [silent, isSilent],
    [{ ...NO_LESIONS, topDown: true }, () => true],
  ] as const) {
    const got = beliefs(model, phiZ, lesions);
    for (const [i, belief] of got.entries()) {
      const expected = await naive(model, i + 1, await activity(i + 1), cut);
      (await rows(belief))[0]!.forEach((v, j) => expect(v).toBeCloseTo(expected[j]!, 5));
    }
    tf.dispose(got);
  }
  tf.dispose(phiZ);
  model.dispose();
});

test('movement is the largest relative change of a layer', () => {
  expect(movement([[3, 4], [1]], [[3, 4.5], [1.02]])).toBeCloseTo(0.1, 12);
  expect(movement([[3, 4], [1]], [[3, 4.01], [0.5]])).toBeCloseTo(0.5, 12);
  expect(movement([[0, 0], [2]], [[0, 0], [2]])).toBe(0);
  expect(movement([[0, 0], [2]], [[0, 1e-3], [2]])).toBe(1);
  expect(movement([[1], [2]], [[NaN], [2]])).toBeNaN();
  expect(movement([[2], [1]], [[2], [NaN]])).toBeNaN();
});
