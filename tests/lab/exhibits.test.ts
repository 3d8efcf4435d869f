import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { binarise } from '../../src/data/dataset.ts';
import { numbersOf } from '../../src/experiments/arrays.ts';
import { fitMixture } from '../../src/engine/prior/fit.ts';
import { byClass } from '../../src/lab/exhibits/byClass.ts';
import {
  composition,
  shownField,
  strongestOf,
  weightedSum,
} from '../../src/lab/exhibits/composition.ts';
import { codeMap } from '../../src/lab/exhibits/map.ts';
import { drawnPictures, SAMPLE_SEED } from '../../src/lab/exhibits/samples.ts';
import { holdOut } from '../../src/lab/splits.ts';
import type { Trained } from '../../src/lab/trainedFiles.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import { useBackend } from '../helpers/backends.ts';
import { silentWork, smallData } from './support.ts';

const data = smallData(200, 60);
const images = {
  data,
  train: holdOut(data.train).rest,
  validation: holdOut(data.train).validation,
};

async function trained(): Promise<Trained & { readonly model: NgcImageModel }> {
  const config = parseConfig({ variant: 'gncn-t2-lsigma', sizes: [784, 40, 8], groups: [4, 4], steps: 4, beta: 0.25 }); // prettier-ignore
  const model = new NgcImageModel(await Model.create(config, 2), opByOp);
  const points = { shape: [60, 8], data: Float32Array.from({ length: 480 }, (_, i) => Math.sin(i) ** 2) }; // prettier-ignore
  const { mixture } = await fitMixture(points, { components: 2, seed: 1 });
  const curve = { images: [], seconds: [], train: [], validation: [], more: {} };
  const course = { curve, seconds: 0 };
  return { model, seed: 2, prior: { mixture, codes: 60 }, course } as unknown as Trained & { readonly model: NgcImageModel }; // prettier-ignore
}

beforeAll(() => useBackend('wasm'));

describe('a digit composed of features', () => {
  test('the strongest neurons come first, equals by their number', () => {
    expect(strongestOf([0.1, 3, 0, 3, 2], 4)).toEqual([1, 3, 4, 0]);
  });

  test('a field is scaled to 0 … 1, and black under a half', () => {
    expect([...shownField([-2, 0, 1, 2])]).toEqual([0, 0.5, 0.75, 1]);
    expect([...shownField([-2, -0.1, 2])]).toEqual([0, 0, 1]);
    expect([...shownField([7, 7])]).toEqual([0, 0]);
  });

  test('the sum is of each field by its neuron’s activity', () => {
    const sum = weightedSum([[1, 0, 0.5], [0, 1, 0.5]], [3, 1]); // prettier-ignore
    [1, 1 / 3, 2 / 3].forEach((value, p) => expect(sum[p]).toBeCloseTo(value, 6));
    expect([...weightedSum([[1, 0]], [0])]).toEqual([0, 0]);
  });

  test('of a network: the fields are rows of W1, in the order of the activity of its first layer', async () => {
    const one = await trained();
    const before = tf.memory().numTensors;
    const { arrays } = await composition(one, images);
    expect(tf.memory().numTensors).toBe(before);
    const digits = numbersOf(arrays['composition.digits']!);
    const features = numbersOf(arrays['composition.features']!);
    expect(arrays['composition.features']!.shape).toEqual([10, 11, 784]);
    expect(arrays['composition.sum']!.shape).toEqual([10, 784]);
    const label = 3;
    const index = data.test.labels!.indexOf(label);
    const x = binarise(data.test, [index]);
    expect([...digits.subarray(label * 784, (label + 1) * 784)]).toEqual([...x]);
    const input = tf.tensor2d(x, [1, 784]);
    const perception = await one.model.perceive(input);
    const phi = await perception.activity[0]!.data();
    const W1 = await one.model.model.W(1).data();
    const order = [...phi.keys()].sort((a, b) => phi[b]! - phi[a]! || a - b);
    for (const place of [0, 5, 10]) {
      const wanted = shownField(W1.subarray(order[place]! * 784, (order[place]! + 1) * 784));
      const at = (label * 11 + place) * 784;
      const found = features.subarray(at, at + 784);
      wanted.forEach((value, p) => expect(Math.abs(found[p]! - value)).toBeLessThan(0.51 / 255));
    }
    perception.dispose();
    input.dispose();
    one.model.dispose();
  });
});

test('samples stand in the column of the class that the classifier says, the first of each, below an image of it', async () => {
  const one = await trained();
  const before = tf.memory().numTensors;
  const { arrays, words } = await byClass(one, images, 150, silentWork());
  expect(tf.memory().numTensors).toBe(before);
  const { byClass: sheet } = arrays;
  expect(sheet!.shape).toEqual([9, 10, 784]);
  const values = numbersOf(sheet!);
  for (const label of [0, 7]) {
    const first = binarise(data.test, [data.test.labels!.indexOf(label)]);
    expect([...values.subarray(label * 784, (label + 1) * 784)]).toEqual([...first]);
  }
  // The very first draw stands on top of its column.
  const drawn = await drawnPictures(one, 500, SAMPLE_SEED);
  const top = Array.from({ length: 10 }, (_, label) => values.subarray((10 + label) * 784, (11 + label) * 784)); // prettier-ignore
  const same = top.filter((picture) => picture.every((value, p) => Math.abs(value - drawn!.data[p]!) < 0.51 / 255)); // prettier-ignore
  expect(same).toHaveLength(1);
  expect(words['by-class']).toMatch(/^The first of [\d,]+ draws/);
  expect((await byClass(one, images, 150, silentWork())).arrays).toEqual(arrays);
  const unlabelled = { ...images, data: { ...data, test: { ...data.test, labels: null } } };
  expect(await byClass(one, unlabelled, 150, silentWork())).toEqual({ arrays: {}, words: {} });
  one.model.dispose();
});

test('a map keeps what is near in the code near in the plane, the same for the same seed', async () => {
  const one = await trained();
  // Codes that are two far clumps: by their first pixel's class, even or odd.
  const clump = (x: tf.Tensor2D): tf.Tensor2D =>
    tf.tidy(() => {
      const ink: tf.Tensor2D = tf.sum(x, 1, true);
      const parity: tf.Tensor2D = tf.sub(ink, tf.mul(tf.floor(tf.div(ink, 2)), 2));
      const detail: tf.Tensor2D = tf.mul(tf.slice(x, [0, 200], [-1, 8]), 0.1);
      return tf.add(tf.mul(tf.tile(parity, [1, 8]), 50), detail);
    });
  const model = Object.assign(Object.create(one.model) as NgcImageModel, {
    perceive: async (x: tf.Tensor2D) => {
      const latents = clump(x);
      return { latents, activity: [], dispose: () => latents.dispose() };
    },
  });
  const before = tf.memory().numTensors;
  const { arrays, words } = await codeMap({ ...one, model }, images, silentWork());
  expect(tf.memory().numTensors).toBe(before);
  expect(words['map']).toMatch(/^UMAP \(15 neighbours/);
  const points = numbersOf(arrays['map.points']!);
  const labels = numbersOf(arrays['map.labels']!);
  expect(arrays['map.points']!.shape).toEqual([60, 2]);
  expect([...labels].sort()).toEqual([...data.test.labels!].sort());
  const odd = Array.from({ length: 60 }, (_, n) => binarise(data.test, [n]).reduce((sum, value) => sum + value, 0) % 2); // prettier-ignore
  const middle = (of: number) => {
    const those = odd.flatMap((one, n) => (one === of ? [n] : []));
    return [0, 1].map((d) => those.reduce((sum, n) => sum + points[2 * n + d]!, 0) / those.length);
  };
  const [even, uneven] = [middle(0), middle(1)];
  const near = (n: number, [x = 0, y = 0]: readonly number[]) => Math.hypot(points[2 * n]! - x, points[2 * n + 1]! - y); // prettier-ignore
  odd.forEach((is, n) =>
    expect(near(n, is === 1 ? uneven : even)).toBeLessThan(near(n, is === 1 ? even : uneven)),
  );
  expect((await codeMap({ ...one, model }, images, silentWork())).arrays).toEqual(arrays);
  one.model.dispose();
});
