import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, test } from 'vitest';

import { imagesOf } from '../../src/data/dataset.ts';
import type { EnergyModel } from '../../src/engine/model.ts';
import { measureStrangers, STRANGERS } from '../../src/lab/strangers.ts';
import { imageSource } from '../../src/lab/splits.ts';
import { strangeTo } from '../../src/lab/strangeSets.ts';
import { NgcError } from '../../src/shared/errors.ts';
import { useBackend } from '../helpers/backends.ts';
import { smallData } from './support.ts';

beforeEach(() => useBackend('cpu'));

const SIDE = 28;
const PIXELS = SIDE * SIDE;

/** Looks at images, is surprised by their mean square, and keeps the last rows that it saw. */
function watcher() {
  const seen: Float32Array[] = [];
  const model = {
    ...{ title: 'watcher', pixels: PIXELS, config: { variant: 'w', sizes: [PIXELS], batch: 2 } },
    async surprises(x: Tensor2D) {
      seen.push(Float32Array.from(await x.data()));
      return tf.tidy(() => tf.mean(tf.square(x), 1));
    },
  };
  return { model: model as unknown as EnergyModel, seen };
}

/** The same as a classifier that is the less sure the more ink there is. */
function doubter() {
  const { model } = watcher();
  const classify = (x: Tensor2D) =>
    tf.tidy(() => tf.mul(tf.tensor2d([[-9, 0]]), tf.sub(1, tf.mean(x, 1, true))));
  return { ...model, classify } as unknown as EnergyModel;
}

const work = { signal: undefined, show: () => undefined, pause: async () => undefined } as never;

test('strangers are noise, a quarter turn, one shuffle for all, and ink for paper; energy is the mean', async () => {
  const { model, seen } = watcher();
  const data = Float32Array.from({ length: 3 * PIXELS }, (_, i) => ((i * 7919) % 256) / 255);
  const images = { count: 3, read: (from: number, to: number) => data.slice(from * PIXELS, to * PIXELS) }; // prettier-ignore
  const before = tf.memory().numTensors;
  const others = new Map([['blank', { count: 2, read: () => new Float32Array(2 * PIXELS) }]]);
  const { energy, auroc } = await measureStrangers(model, images, others, 1, work);
  expect(tf.memory().numTensors).toBe(before);
  expect(energy).toBeCloseTo(data.reduce((sum, v) => sum + v * v, 0) / data.length, 5);
  expect(Object.keys(auroc)).toEqual([...STRANGERS, 'blank']);
  expect(auroc['blank']).toBe(0);
  expect(auroc['turned']).toBe(0.5);
  // Two batches each: the images, noise, turned, shuffled, inverted.
  const rows = (kind: number) => [...seen[2 * kind]!, ...seen[2 * kind + 1]!];
  const [own = [], noise = [], turned = [], shuffled = [], inverted = []] = [0, 1, 2, 3, 4].map(rows); // prettier-ignore
  for (let n = 0; n < 3; n++)
    for (let r = 0; r < SIDE; r++)
      for (let c = 0; c < SIDE; c++) {
        const at = n * PIXELS + r * SIDE + c;
        expect(turned[at]).toBe(own[n * PIXELS + c * SIDE + (SIDE - 1 - r)]);
        expect(inverted[at]).toBeCloseTo(1 - own[at]!, 6);
      }
  const sorted = (x: number[]) => [...x].sort();
  expect(sorted(shuffled.slice(0, PIXELS))).toEqual(sorted(own.slice(0, PIXELS)));
  expect(shuffled).not.toEqual(own);
  expect(noise.reduce((sum, v) => sum + v, 0) / noise.length).toBeCloseTo(0.5, 1);
});

test('a classifier’s doubt is told beside its surprise: 1 where it is surer of all that it knows', async () => {
  const images = { count: 2, read: (from: number, to: number) => new Float32Array((to - from) * PIXELS).fill(0.1) }; // prettier-ignore
  const before = tf.memory().numTensors;
  const { doubt, auroc } = await measureStrangers(doubter(), images, new Map(), 1, work);
  expect(tf.memory().numTensors).toBe(before);
  expect(Object.keys(doubt!)).toEqual(Object.keys(auroc));
  expect(doubt!['inverted']).toBe(1); // nine tenths of ink for one
  expect(doubt!['turned']).toBe(0.5); // the same
  expect((await measureStrangers(watcher().model, images, new Map(), 1, work)).doubt).toBeUndefined(); // prettier-ignore
});

test('the first set that can be had is the strange one; where none can, the words say why', async () => {
  const dataset = smallData(220, 20);
  const load = imageSource(async (set) => {
    if (set === 'mnist') return dataset;
    throw new NgcError('data', `${set} lies nowhere.`);
  });
  const cell = { measures: ['auroc'], extent: { test: 5, likelihood: 5, bound: 5, codes: 5, components: 1 } } as const; // prettier-ignore
  const { model } = watcher();
  const found = await strangeTo(model, { ...cell, strangers: ['kmnist', 'mnist'] }, load);
  expect(found.told).toBe('5 test images of Digits are the other set');
  expect(found.images.get('others')!.read(0, 1)).toEqual(imagesOf(dataset.test).read(0, 1));
  const none = await strangeTo(model, { ...cell, strangers: ['kmnist'] }, load);
  expect([none.images.size, none.told]).toEqual([0, 'the other set cannot be had here: kmnist lies nowhere.']); // prettier-ignore
  const unasked = await strangeTo(
    model,
    { ...cell, measures: ['mse'], strangers: ['mnist'] },
    load,
  );
  expect(unasked).toEqual({ images: new Map(), told: null });
});
