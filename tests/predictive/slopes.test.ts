import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { of } from '../../src/engine/theta.ts';
import { changesOf } from '../../src/predictive/network/changes.ts';
import { release } from '../../src/predictive/network/memory.ts';
import { slopes, steps } from '../../src/predictive/network/settling.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { useBackend } from '../helpers/backends.ts';
import { CLOSE, differences, STEP, sum, totalEnergy, unsettled } from '../helpers/energySlopes.ts';

let before = 0;
beforeEach(async () => {
  await useBackend('cpu');
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

const CASES: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['tanh outside', {}],
  ['tanh inside', { placement: 'inside' }],
  ['softplus, sigmoid end, output variance', { hidden: 'softplus', end: 'sigmoid', outputVariance: 0.5 }], // prettier-ignore
  ['softmax', { output: 'softmax' }],
  ['bernoulli, by k', { output: 'bernoulli', outputVariance: 2 }],
  ['skips', { sizes: [6, 5, 5, 5, 3], skip: true }],
  ['whole covariances', { sigma: 'full' }],
  ['variances', { sigma: 'diagonal', placement: 'inside' }],
  ['a free z_0 with a prior', { system: 'compress', sizes: [3, 4, 6], priorPrecision: 0.7 }],
];

describe.each(CASES)('%s', (_, settings) => {
  test('d_l is −∂F/∂z_l, of every layer', async () => {
    const { network, episode, wiring, state } = await unsettled(settings);
    const d = slopes(wiring, state);
    const last = state.z.length - 1;
    for (const [l, z] of state.z.entries()) {
      // The cross entropy is one of labels that are held: its slope by z_L means nothing.
      if (l === last && network.settings.output !== 'gaussian') continue;
      const risen = await differences(
        z,
        (moved) =>
        totalEnergy(wiring, state.z.map((own, i) => (i === l ? moved : own))), // prettier-ignore
      );
      const analytic = await d[l]!.data();
      risen.forEach((value, i) => expect(Math.abs(value + analytic[i]!)).toBeLessThan(CLOSE));
    }
    wiring.dispose();
    release([d, state, network.theta, episode]);
  });

  test('ΔW_l, Δb_l and Δb_0 are −∂F/∂θ of the mean F; ΔΣ_l too, but for its metric', async () => {
    const { network, episode, wiring, state } = await unsettled(settings);
    const changes = changesOf(wiring, episode, state);
    for (const [name, change] of Object.entries(changes)) {
      const energyWith = async (moved: tf.Tensor) => {
        const other = await wire({ ...network, theta: { ...network.theta, [name]: moved } });
        const total = await totalEnergy(other, state.z);
        other.dispose();
        return total / episode.rows;
      };
      const analytic = await change.data();
      if (name.startsWith('Sigma') && change.rank === 2) {
        // Σ stays symmetric: along a symmetric direction the slope is that of both entries together.
        const [n] = change.shape as [number];
        const direction = Float32Array.from({ length: n * n }, (_, at) => {
          const [i, j] = [Math.floor(at / n), at % n];
          return Math.cos(i + j) + (i === j ? 1 : 0);
        });
        const at = async (far: number) => {
          const moved = tf.tidy(
            () =>
            tf.add(of(network.theta, name), tf.tensor(direction.map((v) => v * far), [n, n])), // prettier-ignore
          );
          const energy = await energyWith(moved);
          moved.dispose();
          return energy;
        };
        const risen = ((await at(STEP)) - (await at(-STEP))) / (2 * STEP);
        const along = sum(direction.map((v, i) => v * analytic[i]!));
        expect(Math.abs(risen + along)).toBeLessThan(CLOSE);
        continue;
      }
      const risen = await differences(of(network.theta, name), energyWith);
      risen.forEach((value, i) => expect(Math.abs(value + analytic[i]!)).toBeLessThan(CLOSE));
    }
    wiring.dispose();
    release([changes, state, network.theta, episode]);
  });

  test('F never rises under a small rate, in either order', async () => {
    for (const order of ['parallel', 'sweep']) {
      const { network, episode, wiring, state } = await unsettled({ ...settings, order, rate: 0.02 }); // prettier-ignore
      release(state);
      let most = Infinity;
      for (const now of steps(wiring, { ...episode, seed: 4 }, 30)) {
        const energy = await totalEnergy(wiring, now.z);
        expect(energy).toBeLessThanOrEqual(most * (1 + 1e-6));
        most = energy;
      }
      wiring.dispose();
      release([network.theta, episode]);
    }
  });
});
