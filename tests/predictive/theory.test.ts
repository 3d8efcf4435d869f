import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { of } from '../../src/engine/theta.ts';
import { backpropagate } from '../../src/predictive/network/backprop.ts';
import { compareToBackprop } from '../../src/predictive/network/comparison.ts';
import { largestCurvature } from '../../src/predictive/network/curvature.ts';
import { equilibriumEnergies } from '../../src/predictive/network/equilibrium.ts';
import { fixedPrediction, zeroDivergence } from '../../src/predictive/network/exact.ts';
import { release, tidied } from '../../src/predictive/network/memory.ts';
import type { Network } from '../../src/predictive/network/parameters.ts';
import { settle, steps } from '../../src/predictive/network/settling.ts';
import { begin } from '../../src/predictive/network/start.ts';
import {
  energies,
  energyProfile,
  freeEnergies,
  restated,
} from '../../src/predictive/network/state.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { toFloatArray } from '../../src/engine/floatArrays.ts';
import { useBackend } from '../helpers/backends.ts';
import { CLOSE, differences, sum, unsettled } from '../helpers/energySlopes.ts';
import { heldEpisode, pictureEpisode, smallNetwork } from '../helpers/predictive.ts';

let before = 0;
beforeEach(async () => {
  await useBackend('cpu');
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

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

test.each(['gaussian', 'softmax', 'bernoulli'] as const)(
  'what is hidden of a picture has no part in F, what is seen has: %s',
  async (output) => {
    const network = smallNetwork({ sizes: [3, 4, 4], output });
    const wiring = await wire(network);
    const seen = tf.tensor2d([[1, 0, 1, 0]]);
    const energy = async (picture: number[]) => {
      const shown = tf.tensor2d([picture]);
      const state = begin(wiring, { rows: 1, output: shown, seen });
      const same = tidied(() => restated(wiring, state));
      const each = [freeEnergies(wiring, state), freeEnergies(wiring, same)];
      const [value, again] = await Promise.all(each.map(async (one) => (await one.data())[0]!));
      expect(again).toBeCloseTo(value!, 6);
      release([shown, state, same, each]);
      return value;
    };
    const usual = await energy([1, 1, 0, 0]);
    expect(await energy([1, 0.2, 0, 0.9])).toBe(usual);
    expect(await energy([0.5, 1, 0, 0])).not.toBe(usual);
    wiring.dispose();
    release([seen, network.theta]);
  },
);

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
  const { network, episode, wiring, state } = await unsettled({
    ...{ system: 'compress', sizes: [3, 4, 6], priorPrecision: 0.7 },
  });
  const table = energies(wiring, state);
  expect(table.shape).toEqual([3, 3]);
  const [z0, b0] = [await state.z[0]!.data(), await of(network.theta, 'b0').data()];
  const first = sum([...z0.slice(0, 3)].map((z, i) => 0.35 * (z - b0[i]!) ** 2));
  expect((await table.data())[0]).toBeCloseTo(first, 5);
  wiring.dispose();
  release([table, state, network.theta, episode]);
});
