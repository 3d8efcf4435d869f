import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { of } from '../../src/engine/theta.ts';
import { backpropagate } from '../../src/predictive/network/backprop.ts';
import { changesOf } from '../../src/predictive/network/changes.ts';
import { compareToBackprop } from '../../src/predictive/network/comparison.ts';
import { largestCurvature } from '../../src/predictive/network/curvature.ts';
import { equilibriumEnergies } from '../../src/predictive/network/equilibrium.ts';
import { fixedPrediction, zeroDivergence } from '../../src/predictive/network/exact.ts';
import { release, tidied } from '../../src/predictive/network/memory.ts';
import type { Network } from '../../src/predictive/network/parameters.ts';
import { settle, slopes, steps } from '../../src/predictive/network/settling.ts';
import { begin } from '../../src/predictive/network/start.ts';
import {
  energies,
  energyProfile,
  freeEnergies,
  stateOf,
} from '../../src/predictive/network/state.ts';
import type { Wiring } from '../../src/predictive/network/wiring.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { toFloatArray } from '../../src/engine/floatArrays.ts';
import { useBackend } from '../helpers/backends.ts';
import { heldEpisode, pictureEpisode, smallNetwork } from '../helpers/predictive.ts';

let before = 0;
beforeEach(async () => {
  await useBackend('cpu');
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

/** Σ over the batch of F at states z. */
async function totalEnergy(wiring: Wiring, z: readonly Tensor2D[]): Promise<number> {
  const each = tidied(() => freeEnergies(wiring, stateOf(wiring, z)));
  const total = sum(await each.data());
  each.dispose();
  return total;
}

/** How far numbers are moved to see how F changes: F is in float32, of about 1, so slopes are good to about 1e-4. */
const STEP = 1e-2;
const CLOSE = 3e-3;

/** (F(value + h) − F(value − h)) / 2h for each of the first numbers of a tensor, which `energyAt` puts in place. */
async function differences<T extends tf.Tensor>(
  tensor: T,
  energyAt: (moved: T) => Promise<number>,
): Promise<number[]> {
  const data = await tensor.data();
  const found: number[] = [];
  for (let i = 0; i < data.length; i++) {
    const at = async (far: number) => {
      const values = Float32Array.from(data);
      values[i]! += far;
      const moved = tf.tensor(values, tensor.shape) as T;
      const energy = await energyAt(moved);
      moved.dispose();
      return energy;
    };
    found.push(((await at(STEP)) - (await at(-STEP))) / (2 * STEP));
  }
  return found;
}

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

/** A network that has not come to rest: everything moves. */
async function unsettled(settings: Readonly<Record<string, unknown>>) {
  const network = smallNetwork({ init: 'random', initSd: 0.7, ...settings });
  const episode = network.settings.system === 'compress' ? pictureEpisode(network) : heldEpisode(network); // prettier-ignore
  const wiring = await wire(network);
  return { network, episode, wiring, state: begin(wiring, { ...episode, seed: 4 }) };
}

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

test('after t steps from a forward start errors are exactly 0 for l < L − t, and the next one is not', async () => {
  const network = smallNetwork({ sizes: [6, 5, 5, 5, 5, 3] });
  const [wiring, episode, last] = [await wire(network), heldEpisode(network), 5];
  for (const state of steps(wiring, episode, 4)) {
    const profile = await energyProfile(wiring, state);
    for (let l = 1; l <= last; l++)
      if (l < last - state.step) expect(profile[l]).toBe(0);
      else expect(profile[l]).toBeGreaterThan(0);
  }
  wiring.dispose();
  release([network.theta, episode]);
});

/** The largest difference between changes of the same names, as a share of the largest change. */
async function apart(a: tf.NamedTensorMap, b: tf.NamedTensorMap): Promise<number> {
  let [most, far] = [0, 0];
  for (const [name, tensor] of Object.entries(b)) {
    const [own, other] = [await a[name]!.data(), await tensor.data()];
    other.forEach((value, i) => {
      most = Math.max(most, Math.abs(value));
      far = Math.max(far, Math.abs(value - own[i]!));
    });
  }
  return far / most;
}

test.each([
  ['tanh', {}],
  ['softmax, inside', { output: 'softmax', placement: 'inside' }],
  ['skips', { sizes: [6, 5, 5, 5, 3], skip: true }],
])('Z-IL and fixed prediction are backpropagation to rounding: %s', async (_, settings) => {
  const network = smallNetwork(settings);
  const [wiring, { input, output, ...rest }] = [await wire(network), heldEpisode(network)];
  const back = backpropagate(wiring, input, output);
  for (const way of [zeroDivergence, fixedPrediction]) {
    const changes = way(wiring, input, output);
    expect(Object.keys(changes).sort()).toEqual(Object.keys(back.changes).sort());
    expect(await apart(changes, back.changes)).toBeLessThan(2e-6);
    release(changes);
  }
  wiring.dispose();
  release([back, network.theta, input, output, rest]);
});

test('backpropagation is −∂loss/∂W', async () => {
  const network = smallNetwork({ output: 'softmax' });
  const [wiring, episode] = [await wire(network), heldEpisode(network)];
  const { input, output } = episode;
  const { loss, deltas, changes } = backpropagate(wiring, input, output);
  const risen = await differences(of(network.theta, 'W1'), async (moved) => {
    const other = await wire({ ...network, theta: { ...network.theta, W1: moved } });
    const again = backpropagate(other, input, output);
    const value = (await again.loss.data())[0]!;
    release(again);
    other.dispose();
    return value;
  });
  const analytic = await changes['W1']!.data();
  risen.forEach((value, i) => expect(Math.abs(value + analytic[i]!)).toBeLessThan(CLOSE));
  wiring.dispose();
  release([loss, deltas, changes, network.theta, episode]);
});

test('a linear network comes to rest at the closed form', async () => {
  const network = smallNetwork({ hidden: 'identity', outputVariance: 1.5, steps: 2000 });
  const [wiring, episode] = [await wire(network), heldEpisode(network)];
  const state = await settle(wiring, episode);
  const each = freeEnergies(wiring, state);
  const [x, y] = [await toFloatArray(episode.input), await toFloatArray(episode.output)];
  const expected = await equilibriumEnergies(network, x, y);
  (await each.data()).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  wiring.dispose();
  release([state, each, network.theta, episode]);
});

test('the distance to backpropagation is ∝ 1/k at equilibrium, and the cosine climbs to 1', async () => {
  const network = smallNetwork({ rate: 0.3, steps: 300 });
  const { input, output } = heldEpisode(network);
  const at = async (k: number) => (await compareToBackprop(network, input, output, k)).whole;
  const [ten, hundred, thousand] = [await at(10), await at(100), await at(1000)];
  expect(ten.distance / hundred.distance).toBeGreaterThan(8);
  expect(hundred.distance / thousand.distance).toBeGreaterThan(9);
  expect(hundred.distance / thousand.distance).toBeLessThan(11);
  expect(thousand.cosine).toBeGreaterThan(0.99999);
  expect(Math.abs(thousand.ratio - 1)).toBeLessThan(0.01);
  release([network.theta, input, output]);
});

test('λmax of a linear network is that of its Hessian, and γ beyond 2/λmax diverges while less does not', async () => {
  const network = smallNetwork({ sizes: [2, 1, 2], hidden: 'identity' });
  const [wiring, episode] = [await wire(network), heldEpisode(network)];
  const state = begin(wiring, episode);
  const most = await largestCurvature(wiring, episode, state);
  // One free neuron: ∂²F/∂z² = 1 + ‖W_2‖².
  const [a = 0, b = 0] = await of(network.theta, 'W2').data();
  expect(most).toBeCloseTo(1 + a * a + b * b, 2);
  const after = async (rate: number) => {
    const moved = await wire({ ...network, settings: { ...network.settings, rate } });
    const end = await settle(moved, episode, { steps: 100 });
    const energy = sum(await energyProfile(moved, end));
    release(end);
    moved.dispose();
    return energy;
  };
  const start = sum(await energyProfile(wiring, state));
  expect(await after(1.9 / most)).toBeLessThan(start);
  expect(await after(2.1 / most)).toBeGreaterThan(10 * start);
  wiring.dispose();
  release([state, network.theta, episode]);
});

test('Langevin: one linear neuron has the mean of its posterior and the variance τ/(λ(1 − γλ/2))', async () => {
  const settings = { system: 'langevin', sizes: [1, 1], priorPrecision: 1, rate: 0.4 };
  const network: Network = smallNetwork({ ...settings, hidden: 'identity', temperature: 0.8 });
  const theta = { W1: tf.tensor2d([[1.2]]), b1: tf.tensor1d([0.3]), b0: tf.tensor1d([0.5]) };
  const rows = 20_000;
  const episode = { rows, output: tf.fill<tf.Rank.R2>([rows, 1], 2), seed: 9 };
  const wiring = await wire({ settings: network.settings, theta });
  const state = await settle(wiring, episode, { steps: 40 });
  const values = await state.z[0]!.data();
  const mean = sum(values) / rows;
  const variance = sum(values.map((z) => (z - mean) ** 2)) / rows;
  const curvature = 1 + 1.2 ** 2;
  expect(mean).toBeCloseTo((0.5 + 1.2 * (2 - 0.3)) / curvature, 1);
  const expected = 0.8 / (curvature * (1 - (0.4 * curvature) / 2));
  expect(Math.abs(variance / expected - 1)).toBeLessThan(0.03);
  wiring.dispose();
  release([state, theta, network.theta, episode]);
});

test('the same seed gives the same noise, another seed another; noise differs from step to step and layer to layer', async () => {
  const network = smallNetwork({ system: 'langevin', sizes: [3, 4, 6], priorPrecision: 1, temperature: 1, rate: 0.05 }); // prettier-ignore
  const [wiring, episode] = [await wire(network), pictureEpisode(network)];
  const endOf = async (seed: number) => {
    const state = await settle(wiring, { ...episode, seed }, { steps: 3 });
    const values = [...(await state.z[1]!.data())];
    release(state);
    return values;
  };
  const one = await endOf(1);
  expect(await endOf(1)).toEqual(one);
  expect(await endOf(2)).not.toEqual(one);
  wiring.dispose();
  release([network.theta, episode]);
});

test('energies have a column for every layer, and the prior of z_0 first', async () => {
  const { network, episode, wiring, state } = await unsettled(CASES.at(-1)![1]);
  const table = energies(wiring, state);
  expect(table.shape).toEqual([3, 3]);
  const [z0, b0] = [await state.z[0]!.data(), await of(network.theta, 'b0').data()];
  const first = sum([...z0.slice(0, 3)].map((z, i) => 0.35 * (z - b0[i]!) ** 2));
  expect((await table.data())[0]).toBeCloseTo(first, 5);
  wiring.dispose();
  release([table, state, network.theta, episode]);
});
