import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import { activeShare, logLikelihood } from '../../src/engine/likelihood.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';

test.each(BACKENDS)(
  'on %s, log p(x | mu_0) is the sum over pixels, by its definition',
  async (name) => {
    await useBackend(name);
    const x = [
      [1, 0, 1],
      [0, 0, 1],
    ];
    const mu = [
      [0.9, 0.2, 0.4],
      [0.5, 0.1, 0.99],
    ];
    const got = await logLikelihood(tf.tensor2d(x), tf.tensor2d(mu)).data();
    x.forEach((row, b) => {
      const want = row.reduce(
        (sum, on, j) => sum + (on ? Math.log(mu[b]![j]!) : Math.log(1 - mu[b]![j]!)),
        0,
      );
      expect(got[b]).toBeCloseTo(want, 5);
    });
  },
);

test('with a mask, only what is seen counts', async () => {
  const likelihood = async (x: number[][], seen: number[][] | null) =>
    logLikelihood(
      tf.tensor2d(x),
      tf.tensor2d([
        [0.9, 0.2, 0.4],
        [0.5, 0.1, 0.99],
      ]),
      seen && tf.tensor2d(seen),
    ).data();
  const seen = [
    [1, 0, 1],
    [0, 1, 0],
  ];
  const got = await likelihood(
    [
      [1, 0, 1],
      [0, 1, 1],
    ],
    seen,
  );
  expect(got[0]).toBeCloseTo(Math.log(0.9) + Math.log(0.4), 5);
  expect(got[1]).toBeCloseTo(Math.log(0.1), 5);
  // What is imagined where nobody sees, grey or black, changes nothing.
  const imagined = [
    [1, 0.7, 1],
    [0.3, 1, 0],
  ];
  expect([...(await likelihood(imagined, seen))]).toEqual([...got]);
});

test.each(BACKENDS)(
  'on %s, a certain prediction that is wrong costs log 1e-6, not infinity',
  async (name) => {
    await useBackend(name);
    const [black, white, right] = await logLikelihood(
      tf.tensor2d([[1], [0], [1]]),
      tf.tensor2d([[0], [1], [1]]),
    ).data();
    expect(black).toBeCloseTo(Math.log(1e-6), 4);
    expect(white).toBeCloseTo(Math.log(1e-6), 4);
    expect(right).toBeCloseTo(0, 6);
  },
);

beforeAll(() => useBackend('cpu'));

test('a neuron is active above 1e-6, and not at it', async () => {
  const share = activeShare(tf.tensor2d([[0, 1e-6, 1.1e-6, 2, -3]]));
  expect((await share.data())[0]).toBeCloseTo(2 / 5, 6);
});
