import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';

import { cholesky, inverseSPD } from '../../../src/engine/linalg/cholesky.ts';
import { conditionPrior } from '../../../src/engine/prior/conditioned.ts';
import type { FactorMixture, Mixture } from '../../../src/engine/prior/mixture.ts';
import { createRng } from '../../../src/shared/rng.ts';
import { BACKENDS, useBackend } from '../../helpers/backends.ts';
import { covarianceOf, randomMixture, slowLogDensity } from './support.ts';

const noPause = () => Promise.resolve();
const D = 5;
const NOISE = 0.7;
const full = randomMixture([0.5, 0.3, 0.2], D, 0.8, 3);
const random = (count: number, seed: number) => {
  const rng = createRng(seed);
  return Float32Array.from({ length: count }, () => rng.normal());
};
const deviations = random(3 * D, 4).map((value) => 0.3 + Math.abs(value));
const factor: FactorMixture = { ...full, kind: 'factor', rank: 2, loadings: random(3 * D * 2, 5), deviations }; // prettier-ignore
const mixtures: readonly Mixture[] = [full, { ...full, kind: 'diagonal', deviations }, factor];
const observed = random(D, 6);

/** Component k with its covariance raised by s²I, as a mixture whose density the slow oracle knows. */
function withNoise(mixture: Mixture, noise: number): Mixture {
  const packed: number[] = [];
  for (let k = 0; k < mixture.components; k++) {
    const covariance = covarianceOf(mixture, k);
    for (let i = 0; i < D; i++) covariance[i * (D + 1)]! += noise ** 2;
    const r = cholesky(covariance, D)!;
    for (let i = 0; i < D; i++) packed.push(...r.subarray(i * D, i * D + i + 1));
  }
  const { components, size, weights, means } = mixture;
  return { kind: 'full', components, size, weights, means, cholesky: Float32Array.from(packed) };
}

/** log N(ĉ; z, s²I). */
function logNoise(z: ArrayLike<number>): number {
  let log = (-D / 2) * Math.log(2 * Math.PI * NOISE ** 2);
  for (let i = 0; i < D; i++) log -= (observed[i]! - z[i]!) ** 2 / (2 * NOISE ** 2);
  return log;
}

describe.each(BACKENDS)('a prior that is conditioned on a code, on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test.each(mixtures)(
    '$kind: Bayes holds at every draw: p(z) N(ĉ; z, s²I) = q(z|ĉ) p(ĉ)',
    async (mixture) => {
      // prettier-ignore
      const before = tf.memory().numTensors;
      const prior = await conditionPrior(mixture, NOISE, noPause);
      const { draws, logWeights } = await prior.propose(observed, 200, 1);
      expect(draws.shape).toEqual([200, D]);
      const evidence = slowLogDensity(withNoise(mixture, NOISE), observed);
      for (let j = 0; j < 200; j++) {
        const z = draws.data.subarray(j * D, (j + 1) * D);
        expect(Math.abs(logWeights[j]! + logNoise(z) - evidence)).toBeLessThan(2e-4);
      }
      expect(await prior.propose(observed, 200, 1)).toEqual({ draws, logWeights });
      expect((await prior.propose(observed, 200, 2)).draws).not.toEqual(draws);
      prior.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('one Gaussian: the draws have the mean and covariance of the posterior', async () => {
    const mixture = randomMixture([1], D, 1, 8);
    const prior = await conditionPrior(mixture, NOISE, noPause);
    const n = 40_000;
    const { draws } = await prior.propose(observed, n, 2);
    prior.dispose();
    // (C⁻¹ + I/s²)⁻¹ and its mean, by another formula than the one that is tested.
    const precision = inverseSPD(covarianceOf(mixture, 0), D)!;
    const pull = Array.from({ length: D }, (_, i) => {
      let sum = observed[i]! / NOISE ** 2;
      for (let j = 0; j < D; j++) sum += precision[i * D + j]! * mixture.means[j]!;
      return sum;
    });
    const posterior = precision.slice();
    for (let i = 0; i < D; i++) posterior[i * (D + 1)]! += 1 / NOISE ** 2;
    const S = inverseSPD(posterior, D)!;
    for (let i = 0; i < D; i++) {
      const wanted = pull.reduce((sum, value, j) => sum + S[i * D + j]! * value, 0);
      let mean = 0;
      for (let j = 0; j < n; j++) mean += draws.data[j * D + i]! / n;
      expect(Math.abs(mean - wanted)).toBeLessThan(0.02);
      for (let m = 0; m <= i; m++) {
        let moment = 0;
        const other = pull.reduce((sum, value, j) => sum + S[m * D + j]! * value, 0);
        for (let j = 0; j < n; j++)
          moment += ((draws.data[j * D + i]! - wanted) * (draws.data[j * D + m]! - other)) / n;
        expect(Math.abs(moment - S[i * D + m]!)).toBeLessThan(0.015);
      }
    }
  });

  test('where more than three answer for a code, the rest is left out, and the weights still average to 1', async () => {
    const mixture = randomMixture([0.2, 0.2, 0.2, 0.2, 0.2], D, 0.3, 9);
    const prior = await conditionPrior(mixture, 3, noPause); // so much noise that nothing is known
    const { logWeights } = await prior.propose(observed, 20_000, 3);
    prior.dispose();
    const average = Array.from(logWeights).reduce((sum, log) => sum + Math.exp(log), 0) / 20_000;
    expect(Math.abs(average - 1)).toBeLessThan(0.05);
  });
});
