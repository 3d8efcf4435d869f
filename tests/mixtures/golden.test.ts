import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { cholesky } from '../../src/engine/linalg/cholesky.ts';
import { expectation, formFor, maximisation } from '../../src/engine/prior/em.ts';
import type { FullMixture } from '../../src/engine/prior/mixture.ts';
import { triangleSize } from '../../src/engine/prior/mixture.ts';
import { createRng } from '../../src/shared/rng.ts';
import { covarianceOf } from '../engine/prior/support.ts';
import { BACKENDS, useBackend } from '../helpers/backends.ts';
import { golden } from '../helpers/golden.ts';

/*
 * One round of EM, against the independent float64 implementation (golden case "measures" of the baselines).
 */
const { tensors: input } = golden('baselines/measures', 'input');
const { tensors: expected } = golden('baselines/measures', 'expected');
const numbers = (name: string) => expected.get(name)!.data;
const latents = input.get('latents')!;
const [N, D] = latents.shape as [number, number];
const K = input.get('prior.weights')!.data.length;
const noPause = () => Promise.resolve();

/** The mixture that the case begins with. */
function given(): FullMixture {
  const covariances = input.get('prior.covariances')!.data;
  const packed: number[] = [];
  for (let k = 0; k < K; k++) {
    const r = cholesky(Float64Array.from(covariances.subarray(k * D * D, (k + 1) * D * D)), D)!;
    for (let i = 0; i < D; i++) packed.push(...r.subarray(i * D, i * D + i + 1));
  }
  return {
    kind: 'full',
    components: K,
    size: D,
    weights: input.get('prior.weights')!.data,
    means: input.get('prior.means')!.data,
    cholesky: Float32Array.from(packed),
  };
}

function expectNear(actual: ArrayLike<number>, wanted: ArrayLike<number>) {
  expect(actual.length).toBe(wanted.length);
  const worst = Array.from(wanted, (value, i) => Math.abs(value - actual[i]!));
  expect(Math.max(...worst)).toBeLessThan(1e-4);
}

describe.each(BACKENDS)('golden EM on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('the E step: the likelihood and who answers for what', async () => {
    const before = tf.memory().numTensors;
    const { shares, logLikelihood } = await expectation(given(), latents, noPause);
    const r = new Float64Array(N * K);
    shares.forEach(({ points, responsibilities }, k) =>
      points.forEach((n, i) => (r[n * K + k] = responsibilities[i]!)),
    );
    expectNear([logLikelihood], numbers('em.logLikelihood'));
    expectNear(r, numbers('em.responsibilities'));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('the M step: weights, means and covariances', async () => {
    const before = tf.memory().numTensors;
    const { shares } = await expectation(given(), latents, noPause);
    const wanted = { kind: 'full', shrinkage: 0, ridge: 1e-4 } as const;
    const form = await formFor(latents, K, wanted, noPause);
    const again = { rng: createRng(1), reseeds: 0 };
    const { mixture, collapses } = await maximisation(latents, shares, form, again, noPause);
    expect(collapses).toEqual([]);
    expect(mixture.kind === 'full' && mixture.cholesky.length).toBe(K * triangleSize(D));
    expectNear(mixture.weights, numbers('next.prior.weights'));
    expectNear(mixture.means, numbers('next.prior.means'));
    const covariances = Array.from({ length: K }, (_, k) => [...covarianceOf(mixture, k)]);
    expectNear(covariances.flat(), numbers('next.prior.covariances'));
    expect(tf.memory().numTensors).toBe(before);
  });
});
