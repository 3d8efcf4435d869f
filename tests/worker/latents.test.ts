import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

import { picturesOf, between } from '../../src/engine/latents/walk.ts';
import type { LatentMapReport } from '../../src/protocol/latents.ts';
import { placeOf } from '../../src/protocol/latents.ts';
import { frameLayout, readSection } from '../../src/protocol/frame.ts';
import { smallAutoencoder } from '../helpers/baselines.ts';
import { ask, episodeNow, idle, pull, ring, until, useDrawingSession } from '../helpers/drawingSession.ts'; // prettier-ignore
import { idx } from '../data/files.ts';

/*
 * Maps, samples, walks and the nearest training image, asked for as the page asks: of a small network and rings of many sizes.
 */
useDrawingSession();

const WIDTH = 6;
const bytesOf = (radii: readonly number[]) =>
  radii.flatMap((radius) => Array.from(ring(radius).pixels, (value) => 255 * value));
const radii = (count: number, from: number) =>
  Array.from({ length: count }, (_, i) => from + (7 * i) / count);
const TRAIN = radii(30, 4);
const TEST = radii(12, 4.1);

async function openRings(labelled: boolean, test = TEST) {
  const images = (of: readonly number[]) => idx([of.length, 28, 28], bytesOf(of));
  const labels = (of: readonly number[]) => idx([of.length], of.map((radius) => (radius < 7 ? 0 : 1))); // prettier-ignore
  const files: [string, Uint8Array][] = [
    ['train-images-idx3-ubyte', images(TRAIN)],
    ['t10k-images-idx3-ubyte', images(test)],
  ];
  if (labelled)
    files.push(['train-labels-idx1-ubyte', labels(TRAIN)], ['t10k-labels-idx1-ubyte', labels(test)]); // prettier-ignore
  const { staged, usual } = await ask({
    type: 'stageImages',
    files: files.map(([name, bytes]) => new File([bytes.slice()], name)),
  });
  await ask({ type: 'useImages', staged, change: usual, keep: false });
}
const pictureIn = (pictures: Float32Array, at: number) => pictures.slice(at * 784, (at + 1) * 784);
const pointIn = ({ points }: LatentMapReport, at: number) => [points[2 * at]!, points[2 * at + 1]!];

/** φ of the top layer at the end of the drawing's episode. */
async function settledCode(pixels: Float32Array): Promise<Float32Array> {
  await ask({ type: 'setInput', pixels: pixels.slice(), mask: null, input: 1 });
  await ask({ type: 'settle' });
  await idle();
  const { frames, sizes, stepOf } = await episodeNow();
  const layout = frameLayout(sizes);
  return readSection(frames, layout, stepOf.length - 1, layout.states.at(-1)!).slice();
}

test.each(['pca', 'umap'] as const)(
  'a picture that is drawn falls on the same picture of the map, %s',
  async (projection) => {
    await openRings(true);
    const map = await ask({ type: 'latentMap', projection, images: 12 });
    expect(map).toMatchObject({ testImages: 12, version: 1 });
    expect(map.indices.toSorted()).toEqual(Uint32Array.from(TEST, (_, i) => i));
    expect([...map.labels!]).toEqual(Array.from(map.indices, (i) => (TEST[i]! < 7 ? 0 : 1)));
    const places = new Set(Array.from(map.indices, (_, at) => pointIn(map, at).join()));
    expect(places.size).toBe(12);
    const extent = Math.max(...map.points) - Math.min(...map.points);
    for (const at of [0, 7]) {
      const pixels = Float32Array.from(map.pictures.subarray(at * 784, (at + 1) * 784), (v) => v / 255); // prettier-ignore
      const place = placeOf(map, await settledCode(pixels));
      pointIn(map, at).forEach((value, i) => expect(Math.abs(place[i]! - value)).toBeLessThan(1e-3 * extent)); // prettier-ignore
    }
    expect((await pull()).mapping).toBeNull();
  },
);

test('the map is of the codes: its middle is their mean, and it spreads most along x', async () => {
  await openRings(true);
  const map = await ask({ type: 'latentMap', projection: 'pca', images: 12 });
  const along = (axis: number) => {
    const values = Array.from(map.indices, (_, at) => pointIn(map, at)[axis]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
  };
  const [x, y] = [along(0), along(1)];
  expect(Math.abs(x.mean)).toBeLessThan(1e-4 * Math.sqrt(x.variance));
  expect(x.variance).toBeGreaterThan(y.variance);
  const { placing } = map;
  if (placing.kind !== 'pca') throw new Error('a map by PCA');
  expect(x.variance / y.variance).toBeCloseTo(placing.shares[0]! / placing.shares[1]!, 2);
  expect(placeOf(map, placing.mean)).toEqual([0, 0]);
});

test('a small map is of the first images of a large one, and none is looked at twice', async () => {
  await openRings(true);
  const ask4 = { type: 'latentMap', projection: 'pca', images: 4 } as const;
  const four = await ask(ask4);
  const all = await ask({ ...ask4, images: 5000 });
  expect(four.indices).toHaveLength(4);
  expect(all.indices).toHaveLength(12);
  expect(all.indices.slice(0, 4)).toEqual(four.indices);
  expect(all.pictures.slice(0, 4 * 784)).toEqual(four.pictures);
  expect((await ask(ask4)).points).toEqual(four.points);
  await ask({ type: 'changeSettings', settings: { beta: 0.02 } });
  expect((await ask(ask4)).points).not.toEqual(four.points);
});

test('images without labels are a map without classes; too few images are none', async () => {
  await openRings(false);
  expect(await ask({ type: 'latentMap', projection: 'pca', images: 12 })).toMatchObject({ labels: null }); // prettier-ignore
  await openRings(true, TEST.slice(0, 3));
  await expect(ask({ type: 'latentMap', projection: 'pca', images: 12 })).rejects.toMatchObject({
    kind: 'data',
    message: expect.stringMatching(/needs 4 test images or more; .* has 3\./) as string,
  });
});

test('making a map can be cancelled, is over when the network changes, and leaves no tensors behind', async () => {
  await openRings(true);
  await ask({ type: 'latentMap', projection: 'pca', images: 12 });
  const before = tf.memory().numTensors;
  const refused = { kind: 'cancelled' };
  await ask({ type: 'reseed', seed: 5 });
  const cancelled = ask({ type: 'latentMap', projection: 'pca', images: 12 });
  await until(({ mapping }) => mapping !== null);
  await ask({ type: 'cancelMap' });
  await expect(cancelled).rejects.toMatchObject(refused);
  const changed = ask({ type: 'latentMap', projection: 'pca', images: 12 });
  const outdated = expect(changed).rejects.toMatchObject(refused);
  await until(({ mapping }) => mapping !== null);
  await ask({ type: 'reseed', seed: 6 });
  await outdated;
  expect((await pull()).mapping).toBeNull();
  expect((await ask({ type: 'latentMap', projection: 'pca', images: 12 })).points).toHaveLength(24);
  expect(tf.memory().numTensors).toBe(before);
});

test('a walk begins and ends with the pictures of the two codes, and passes through the middle', async () => {
  const [from, to] = [ring(5).pixels, ring(9).pixels];
  const before = tf.memory().numTensors;
  const { pictures, count, version } = await ask({ type: 'walk', from, to, count: 5 });
  expect([count, version, pictures.length]).toEqual([5, 1, 5 * 784]);
  const [first, last] = [await ask({ type: 'code', pixels: from }), await ask({ type: 'code', pixels: to })]; // prettier-ignore
  expect(first.values).toHaveLength(WIDTH);
  const close = (found: Float32Array, wanted: Float32Array) =>
    found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
  close(pictureIn(pictures, 0), first.picture);
  close(pictureIn(pictures, 4), last.picture);
  const values = first.values.map((value, i) => 0.25 * value + 0.75 * last.values[i]!);
  close(pictureIn(pictures, 3), (await ask({ type: 'decode', values })).picture);
  expect(pictureIn(pictures, 1)).not.toEqual(pictureIn(pictures, 2));
  // What the drawing's own episode ends with is that code too.
  const settled = await settledCode(from);
  first.values.forEach((value, i) => expect(settled[i]).toBeCloseTo(value, 5));
  expect(first.high).toBeCloseTo(1.5 * Math.max(...first.values), 5);
  expect(first.low).toBe(0);
  await ask({ type: 'pause' });
  await ask({ type: 'walk', from, to, count: 2 });
  await expect(ask({ type: 'decode', values: new Float32Array(5) })).rejects.toMatchObject({
    kind: 'usage',
    message: 'A code of this network has 6 numbers, not 5.',
  });
  expect(before).toBeGreaterThan(0);
});

test('temperature 0 gives the mean pictures; one Gaussian gives none of the others', async () => {
  await openRings(true);
  const form = { covariance: 'diagonal', components: 4 } as const;
  const prior = await ask({ type: 'prior', form });
  expect(prior).toMatchObject({ form, is: form, came: false });
  expect(prior.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 5);
  const means = Array.from(prior.weights, (_, k) => pictureIn(prior.pictures, k).join());
  expect(new Set(means).size).toBeGreaterThan(1);
  const draw = { type: 'sample', count: 12, seed: 2 } as const;
  const frozen = await ask({ ...draw, temperature: 0 });
  const drawn = Array.from({ length: 12 }, (_, n) => pictureIn(frozen.pixels, n).join());
  expect(drawn.every((one) => means.includes(one))).toBe(true);
  expect(new Set(drawn).size).toBeGreaterThan(1);
  const own = await ask({ ...draw, temperature: 0, component: 2 });
  for (let n = 0; n < 12; n++) expect(pictureIn(own.pixels, n).join()).toBe(means[2]);
  const whole = await ask(draw);
  expect(whole.pixels).toEqual((await ask({ ...draw, temperature: 1 })).pixels);
  expect(whole.pixels).not.toEqual((await ask({ ...draw, temperature: 0.5 })).pixels);
  expect(whole).toMatchObject({ component: null, temperature: 1, version: 1 });
  await expect(ask({ ...draw, component: 4 })).rejects.toMatchObject({ kind: 'usage' });
});

test('a prior is of the form that was chosen, also when the synapses have changed; cancelled, it stays as it was', async () => {
  await openRings(true);
  for (const covariance of ['full', 'factor', 'diagonal'] as const) {
    const form = { covariance, components: 2 };
    const prior = await ask({ type: 'prior', form });
    expect(prior.is).toEqual(form);
    expect(prior.words).toContain(covariance === 'factor' ? 'low-rank' : covariance);
    expect((await ask({ type: 'sample', count: 1, seed: 1 })).prior).toBe(prior.words);
  }
  const two = await ask({ type: 'prior' });
  const fit = ask({ type: 'prior', form: { covariance: 'full', components: 3 } });
  await until(({ progress }) => progress !== null);
  await ask({ type: 'cancel' });
  await expect(fit).rejects.toMatchObject({ kind: 'cancelled' });
  expect(await ask({ type: 'prior' })).toEqual(two);
  await ask({ type: 'weightUpdate', of: 'training' });
  const later = await ask({ type: 'prior' });
  expect(later.is).toEqual({ covariance: 'diagonal', components: 2 });
  expect(later.version).toBeGreaterThan(two.version);
  expect(later.pictures).not.toEqual(two.pictures);
});

test('the nearest training image is that of the definition, and so is the one nearest to it', async () => {
  await openRings(true);
  const pixels = ring(6.05).pixels;
  const differing = (a: Float32Array, b: Float32Array) => a.reduce((n, v, i) => n + (v - b[i]!) ** 2, 0); // prettier-ignore
  const images = TRAIN.map((radius) => ring(radius).pixels);
  const nearestTo = (picture: Float32Array, not: number) =>
    images
      .map((image, index) => ({ index, differing: differing(image, picture) }))
      .filter(({ index }) => index !== not)
      .sort((a, b) => a.differing - b.differing || a.index - b.index)[0]!;
  const wanted = nearestTo(pixels, -1);
  const found = await ask({ type: 'nearest', pixels: pixels.map((value) => 0.6 * value) });
  expect(found.nearest).toMatchObject(wanted);
  expect(found.nearest.picture).toEqual(images[wanted.index]);
  expect(found.next).toMatchObject(nearestTo(images[wanted.index]!, wanted.index));
  expect(found).toMatchObject({ images: 30 });
  expect(found.nearest.label).toBe(TRAIN[wanted.index]! < 7 ? 0 : 1);
});

test('what decodes walks does so for autoencoders too: its ends are their reconstructions', async () => {
  const model = await smallAutoencoder('rae');
  const x = tf.tensor2d(
    Float32Array.from({ length: 24 }, (_, i) => i % 2),
    [2, 12],
  );
  const seen = await model.perceive(x);
  const codes = (await seen.latents.data()) as Float32Array;
  const line = between(codes.slice(0, 3), codes.slice(3), 3);
  const pictures = await picturesOf(model, line);
  const wanted = await seen.predicted.data();
  for (let i = 0; i < 12; i++) {
    expect(pictures[i]).toBeCloseTo(wanted[i]!, 5);
    expect(pictures[24 + i]).toBeCloseTo(wanted[12 + i]!, 5);
  }
  seen.dispose();
  x.dispose();
  model.dispose();
});
