import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';

import type { ActivationName } from '../../src/engine/activations.ts';
import { ACTIVATION_NAMES, ACTIVATIONS } from '../../src/engine/activations.ts';
import { rankImaginings } from '../../src/engine/imaginings.ts';
import { imagine } from '../../src/ngc/imagine.ts';
import type { Model } from '../../src/ngc/model.ts';
import { imaginedStates } from '../../src/ngc/sample.ts';
import { generativeSynapses } from '../../src/ngc/wiring.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, plainly, randomMatrix, smallModel } from '../helpers/models.ts';
import { INTACT, naiveNetwork } from '../helpers/naive.ts';

beforeAll(() => useBackend('cpu'));

type Rows = number[][];
const rows = async (tensor: { array(): Promise<unknown> }) => (await tensor.array()) as Rows;
const relu = (v: number) => Math.max(0, v);

const VARIANTS = ['gncn-pdh', 'gncn-t2-lsigma', 'gncn-t1-sigma', 'gncn-t1'] as const;
const N = 3;

/** z_1 … z_L of one draw of φ(z_L), in float64 loops: each layer is what the one above predicts. */
async function naiveStart(model: Model, draw: number[]): Promise<Rows> {
  const { layers, config, definition } = model;
  const tanh = config.activation === 'tanh';
  const phi = tanh ? Math.tanh : relu;
  const g = config.meanActivation === 'relu' ? relu : (v: number) => v;
  const limit = (v: number) => Math.min(0.999, Math.max(-0.999, v));
  const z: Rows = [];
  z[layers] = draw.map((v) => (tanh ? Math.atanh(limit(v)) : relu(v)));
  for (let l = layers - 1; l >= 1; l--) {
    const W = await rows(model.W(l + 1));
    const far = definition.auxiliary && l + 2 <= layers ? await rows(model.M(l + 2)) : null;
    z[l] = W[0]!.map((_, j) => {
      let h = z[l + 1]!.reduce((sum, v, i) => sum + phi(v) * W[i]![j]!, 0);
      if (far) h += z[l + 2]!.reduce((sum, v, i) => sum + phi(v) * far[i]![j]!, 0);
      return g(h);
    });
  }
  return z;
}

/** Settles one imagining step by step: hidden pixels are what is predicted for them. */
async function naiveImagining(model: Model, x: number[], m: number[], draw: number[]) {
  const network = await naiveNetwork(model);
  const start = await naiveStart(model, draw);
  const fill = (states: Rows) => {
    const [mu0 = []] = network.now(states, INTACT).mu;
    return [x.map((v, j) => v * m[j]! + mu0[j]! * (1 - m[j]!)), ...states.slice(1)];
  };
  let states = fill([x, ...start.slice(1)]);
  for (let t = 0; t < model.config.steps; t++)
    states = fill(network.step(network.now(states, INTACT)));
  const [mu0 = []] = network.now(states, INTACT).mu;
  const clip = (p: number) => Math.max(1e-6, p);
  const seen = x.reduce(
    (sum, v, j) => sum + m[j]! * (v * Math.log(clip(mu0[j]!)) + (1 - v) * Math.log(clip(1 - mu0[j]!))), // prettier-ignore
    0,
  );
  return { picture: states[0]!, seen };
}

test.each(VARIANTS)(
  '%s: imaginings are what plain loops make of the same draws',
  async (variant) => {
    const model = await smallModel(variant);
    const x = binaryImages(1, 12, 5);
    const mask = binaryImages(1, 12, 6);
    const draws = randomMatrix(N, 8, 0.8, 11);
    const before = tf.memory().numTensors;
    let steps = 0;
    const got = await imagine(plainly(model), x, mask, draws, {
      onStep: (settling) => {
        expect(settling.steps).toBe(steps++);
      },
    });
    expect(steps).toBe(model.config.steps + 1);
    expect(tf.memory().numTensors).toBe(before);
    const [[seenPixels = []], [m = []], tops] = await Promise.all([
      rows(x),
      rows(mask),
      rows(draws),
    ]);
    const expected = await Promise.all(
      tops.map((draw) => naiveImagining(model, seenPixels, m, draw)),
    );
    const order = expected.map((_, i) => i).sort((a, b) => expected[b]!.seen - expected[a]!.seen);
    expect(got.order).toEqual(order);
    order.forEach((row, place) => {
      expect(got.seen[place]).toBeCloseTo(expected[row]!.seen, 4);
      expected[row]!.picture.forEach((v, j) =>
        expect(got.pictures[place * 12 + j]).toBeCloseTo(v, 4),
      );
    });
    const weights = expected.map(({ seen }) => Math.exp(seen));
    const total = weights.reduce((a, b) => a + b);
    for (let j = 0; j < 12; j++) {
      const values = expected.map(({ picture }) => picture[j]!);
      const mean = values.reduce((sum, v, i) => sum + (weights[i]! / total) * v, 0);
      const plain = values.reduce((a, b) => a + b) / N;
      const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - plain) ** 2, 0) / N);
      expect(got.mean[j]).toBeCloseTo(mean, 4);
      expect(got.spread[j]).toBeCloseTo(spread, 4);
      if (m[j] === 1) expect([got.mean[j], got.spread[j]]).toEqual([seenPixels[j], 0]);
    }
    // They are different wholes.
    expect(Math.max(...got.spread)).toBeGreaterThan(0.01);
    tf.dispose([x, mask, draws]);
    model.dispose();
  },
);

test('the states of a start predict one another: no error but at the pixels', async () => {
  for (const variant of VARIANTS) {
    const model = await smallModel(variant);
    const draws = randomMatrix(2, 8, 0.5, 3);
    const states = tf.tidy(() =>
      imaginedStates(generativeSynapses(model), model.config.activation, draws),
    );
    const x = binaryImages(2, 12);
    const settling = await plainly(model).executor.begin(model, x, { states });
    const { z, mu } = await settling.read();
    for (const l of [1, 2]) expect(await rows(z[l]!)).toEqual(await rows(mu[l]!));
    settling.dispose();
    tf.dispose([...states, draws, x]);
    model.dispose();
  }
});

test.each(ACTIVATION_NAMES)(
  '%s: φ of its inverse is the value, within its range',
  async (name: ActivationName) => {
    const { apply, inverse, range } = ACTIVATIONS[name];
    const steps = name === 'sign' || name === 'heaviside';
    const values = steps ? [1] : [0.002, 0.3, 0.998, 40].filter((v) => v < range[1]);
    if (range[0] < 0) values.push(...values.map((v) => -v));
    const there = tf.tensor2d([values]);
    const back = tf.tidy(() => apply(inverse(there)));
    (await rows(back))[0]!.forEach((v, i) => expect(v).toBeCloseTo(values[i]!, 5));
    // The ends themselves, which φ may not reach, are finite.
    const ends = tf.tidy(() =>
      inverse(tf.tensor2d([range.map((v) => Math.max(-9, Math.min(9, v)))])),
    );
    expect((await rows(ends))[0]!.every(Number.isFinite)).toBe(true);
  },
);

test('the best fitting comes first; weights are likelihoods, however far below 1', () => {
  const pictures = Float32Array.of(0, 1, /**/ 1, 0.5, /**/ 0.5, 0);
  const {
    order,
    seen,
    pictures: ordered,
    mean,
    spread,
  } = rankImaginings(pictures, Float32Array.of(-2000 - Math.log(3), -2000, -3000));
  expect(order).toEqual([1, 0, 2]);
  expect(seen[0]).toBe(-2000);
  expect([...ordered]).toEqual([1, 0.5, 0, 1, 0.5, 0]);
  expect(mean[0]).toBeCloseTo(0.75, 3);
  expect(mean[1]).toBeCloseTo(0.75 * 0.5 + 0.25, 3);
  expect(spread[0]).toBeCloseTo(Math.sqrt(1 / 6), 6);
});
