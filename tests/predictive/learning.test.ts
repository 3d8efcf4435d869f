import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { of } from '../../src/engine/theta.ts';
import { changesOf } from '../../src/predictive/network/changes.ts';
import { lifted } from '../../src/predictive/network/covariance.ts';
import { learnFrom } from '../../src/predictive/network/learning.ts';
import { release, tidied } from '../../src/predictive/network/memory.ts';
import { storedTheta } from '../../src/predictive/network/parameters.ts';
import { parseSettings } from '../../src/predictive/network/parse.ts';
import { advance, settle } from '../../src/predictive/network/settling.ts';
import { begin, forwardPass } from '../../src/predictive/network/start.ts';
import { restated } from '../../src/predictive/network/state.ts';
import { learnByBackprop } from '../../src/predictive/network/twin.ts';
import { wire } from '../../src/predictive/network/wiring.ts';
import { useBackend } from '../helpers/backends.ts';
import { heldEpisode, pictureEpisode, smallNetwork } from '../helpers/predictive.ts';

let before = 0;
beforeEach(async () => {
  await useBackend('cpu');
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

test('a nudged output starts a share β of the way to the label, and what is learnt is that much larger', async () => {
  const network = smallNetwork({ nudge: -0.25 });
  const [wiring, episode] = [await wire(network), heldEpisode(network)];
  const state = begin(wiring, episode);
  const mu = forwardPass(wiring, episode.input);
  const [z, m, y] = [await numbers(state.z[3]!), await numbers(mu[3]!), await numbers(episode.output)]; // prettier-ignore
  z.forEach((value, i) => expect(value).toBeCloseTo(m[i]! - 0.25 * (y[i]! - m[i]!), 6));
  const plain = { ...wiring, settings: { ...wiring.settings, nudge: 1 } };
  const [nudged, raw] = [changesOf(wiring, episode, state), changesOf(plain, episode, state)];
  const [a, b] = [await numbers(nudged['W3']!), await numbers(raw['W3']!)];
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i]! / -0.25, 6));
  wiring.dispose();
  release([state, mu, nudged, raw, network.theta, episode]);
});

test('incremental learning is settling and learning in turn, slopes first, with every step under the newest synapses', async () => {
  const rates = { optimizer: 'sgd', learningRate: 0.1, weightDecay: 0, steps: 3, update: 'every' };
  const network = smallNetwork(rates);
  const episode = heldEpisode(network);
  const { settings } = network;
  const { learnt, updates } = await learnFrom(settings, { theta: network.theta, moments: {} }, episode, 0); // prettier-ignore
  expect(updates).toBe(4);
  // The same by hand: plain ascent on every parameter.
  let theta = network.theta;
  let wiring = await wire({ settings, theta });
  let state = begin(wiring, episode);
  const learn = () => {
    const next = tidied(() => {
      const changes = changesOf(wiring, episode, state);
      const moved = Object.entries(changes).map(
        ([name, change]) => [name, tf.add(of(theta, name), tf.mul(change, 0.1))] as const,
      );
      return Object.fromEntries<tf.Tensor>(moved);
    });
    if (theta !== network.theta) release(theta);
    theta = next;
  };
  for (let step = 0; step < 3; step++) {
    const next = advance(wiring, episode, state);
    learn();
    wiring.dispose();
    wiring = await wire({ settings, theta });
    const seen = tidied(() => restated(wiring, { ...next, z: next.z.map((z) => tf.clone(z)) }));
    release([state, next]);
    state = seen;
  }
  learn();
  for (const name of ['W1', 'W3', 'b2']) {
    const [a, b] = [await numbers(of(learnt.theta, name)), await numbers(of(theta, name))];
    a.forEach((value, i) => expect(value).toBeCloseTo(b[i]!, 6));
  }
  wiring.dispose();
  release([state, theta, learnt, network.theta, episode]);
});

test('the twin makes its loss small; predictive coding makes F small; nothing of before changes', async () => {
  const network = smallNetwork({ learningRate: 0.02 });
  const episode = heldEpisode(network);
  const w = await numbers(of(network.theta, 'W1'));
  const losses: number[] = [];
  let learnt = { theta: network.theta, moments: {} };
  for (let step = 1; step <= 40; step++) {
    const { learnt: next, loss } = await learnByBackprop(network.settings, learnt, episode, step);
    if (step > 1) release(learnt);
    learnt = next;
    losses.push(loss);
  }
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 4);
  expect(await numbers(of(network.theta, 'W1'))).toEqual(w);
  release([learnt, network.theta, episode]);
});

test('of a free z_L what is kept stays to the bit, and what is not moves; with noise too', async () => {
  const network = smallNetwork({ system: 'langevin', sizes: [3, 4, 6], priorPrecision: 1, temperature: 0.5, rate: 0.05 }); // prettier-ignore
  const wiring = await wire(network);
  const { output, ...rest } = pictureEpisode(network);
  const kept = tf.tensor2d(
    Array.from({ length: 18 }, (_, i) => i % 2),
    [3, 6],
  );
  const state = await settle(wiring, { ...rest, start: new Map([[2, output!]]), kept, seed: 2 });
  const [z, x] = [await numbers(state.z[2]!), await numbers(output!)];
  z.forEach((value, i) =>
    i % 2 === 1 ? expect(value).toBe(x[i]) : expect(value).not.toBeCloseTo(x[i]!, 6),
  );
  wiring.dispose();
  release([state, output, kept, network.theta]);
});

test('decay shrinks matrices and nothing else', async () => {
  const step = { optimizer: 'sgd', learningRate: 0.1, steps: 2 };
  const network = smallNetwork({ ...step, weightDecay: 0.5 });
  const episode = heldEpisode(network);
  const from = { theta: network.theta, moments: {} };
  const decayed = await learnFrom(network.settings, from, episode, 0);
  const plain = await learnFrom({ ...network.settings, weightDecay: 0 }, from, episode, 0);
  for (const name of ['W2', 'b2']) {
    const [own, a, b] = [
      await numbers(of(network.theta, name)),
      await numbers(of(decayed.learnt.theta, name)),
      await numbers(of(plain.learnt.theta, name)),
    ];
    a.forEach((value, i) =>
      expect(value).toBeCloseTo(b[i]! - (name === 'W2' ? 0.05 * own[i]! : 0), 6),
    );
  }
  release([decayed.learnt, plain.learnt, network.theta, episode]);
});

test('eigenvalues of a covariance are lifted to the floor, the others stay', () => {
  // Eigenvectors (1, 1)/√2 and (1, −1)/√2, eigenvalues 3 and −1.
  const { data } = lifted({ shape: [2, 2], data: Float32Array.of(1, 2, 2, 1) }, 0.5);
  [1.75, 1.25, 1.25, 1.75].forEach((value, i) => expect(data[i]).toBeCloseTo(value, 6));
  expect([...lifted({ shape: [2], data: Float32Array.of(-1, 2) }, 0.25).data]).toEqual([0.25, 2]);
});

test.each([
  [
    {
      Sigma2: [
        [1, 0.5],
        [0.2, 1],
      ],
    },
    /Sigma2 must be symmetric and positive definite/,
  ],
  [
    {
      Sigma2: [
        [1, 2],
        [2, 1],
      ],
    },
    /Sigma2 must be symmetric and positive definite/,
  ],
  [{ W1: [[NaN], [0]] }, /W1 must hold finite numbers only/],
  [{ W1: [[0], [0], [0]] }, /W1 has shape \[3, 1\]; its settings ask for \[2, 1\]/],
  [{ b0: [[0]] }, /The model holds b0, which a pcn has not/],
])('parameters %j are refused', (wrong, message) => {
  const settings = parseSettings({ variant: 'pcn', sizes: [2, 1, 2], sigma: 'full' });
  const rows: Record<string, number[][]> = { W1: [[1], [1]], W2: [[1, 1]], Sigma1: [[1]], Sigma2: [[1, 0], [0, 1]], ...(wrong as object) }; // prettier-ignore
  const arrays = new Map(
    Object.entries(rows).map(([name, matrix]) => [
      name,
      { shape: [matrix.length, matrix[0]!.length], data: Float32Array.from(matrix.flat()) },
    ]),
  );
  arrays.set('b1', { shape: [1], data: new Float32Array(1) });
  arrays.set('b2', { shape: [2], data: new Float32Array(2) });
  expect(() => storedTheta(settings, arrays)).toThrow(message);
});
