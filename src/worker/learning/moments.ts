import * as tf from '@tensorflow/tfjs-core';

import { evenOverClasses } from '../../data/batches.ts';
import type { Split } from '../../data/dataset.ts';
import { chosen, imagesOf, PIXELS } from '../../data/dataset.ts';
import { rightHalfHidden } from '../../engine/measures/completion.ts';
import { picturesOf } from '../../engine/latents/walk.ts';
import { fitMixture } from '../../engine/prior/fit.ts';
import { sampleMixture } from '../../engine/prior/mixture.ts';
import { receptiveField } from '../../ngc/fields.ts';
import { generativeSynapses } from '../../ngc/wiring.ts';
import type { Moment } from '../../protocol/learning.ts';
import { EXAMPLES } from '../../protocol/learning.ts';
import { intensityBytes } from '../../shared/bytes.ts';
import { createRng } from '../../shared/rng.ts';
import type { Network } from '../network.ts';

/** The same images, neurons and draws for every run, so that runs and moments can be compared. */
const SEED = 1;
/** A prior for a glance: so many Gaussians, of at most so many codes, and no fewer than so many a Gaussian. */
const COMPONENTS = 10;
const MOST_CODES = 400;
const LEAST_CODES = 10;
/** From k-means: with the page's network three more gain 0.4 to 2.3 nats of 700 to 1,200. */
const ITERATIONS = 2;

/** The fixed images that a run is watched by: even over the classes. */
export function exampleImages(held: Split): Split {
  return chosen(held, evenOverClasses(held, EXAMPLES, SEED));
}

/** The neurons of layer 1 whose fields are shown. */
export function exampleNeurons(size: number): number[] {
  const rng = createRng(SEED);
  const neurons = new Set<number>();
  while (neurons.size < Math.min(EXAMPLES, size)) neurons.add(rng.below(size));
  return [...neurons].sort((a, b) => a - b);
}

/** What a network can do now, with the fixed images. Between two batches; changes nothing. */
export async function momentOf(network: Network, examples: Split): Promise<Moment> {
  const { image, model } = network;
  const { imagesSeen } = model;
  const { count, read } = imagesOf(examples);
  const shape: [number, number] = [2 * count, PIXELS];
  const pixels = read(0, count);
  // All as one batch: whole, so that they are reconstructed, and half hidden, so that they are completed.
  const x = tf.tensor2d(Float32Array.from([...pixels, ...pixels]), shape);
  const half = rightHalfHidden(PIXELS);
  const whole = count * PIXELS;
  const mask = tf.tensor2d(
    Float32Array.from({ length: 2 * whole }, (_, i) => (i < whole ? 1 : half[i % PIXELS]!)),
    shape,
  );
  try {
    const settled = await image.complete(x, mask, { how: image.completions.all[0] });
    const predicted = await settled.predicted.data();
    const pictures = await settled.picture.data();
    settled.dispose();
    const reconstructed = intensityBytes(predicted.slice(0, whole));
    const completed = intensityBytes(pictures.slice(whole));
    const samples = await samplesOf(network);
    const fields = await fieldsOf(network);
    return { imagesSeen, reconstructed, completed, samples, fields };
  } finally {
    tf.dispose([x, mask]);
  }
}

/** A few samples of a small prior, fitted to the codes of the images last learnt from; none where those are too few. */
async function samplesOf({ latents, image }: Network): Promise<Uint8Array> {
  const codes = latents.newest(MOST_CODES);
  const count = codes.length / latents.width;
  const components = Math.min(COMPONENTS, Math.floor(count / LEAST_CODES));
  if (components === 0) return new Uint8Array(0);
  const points = { shape: [count, latents.width], data: codes };
  const { mixture } = await fitMixture(points, {
    ...{ components, covariance: 'diagonal', iterations: ITERATIONS, seed: SEED },
  });
  return intensityBytes(await picturesOf(image, sampleMixture(mixture, EXAMPLES, SEED)));
}

async function fieldsOf({ model }: Network): Promise<Uint8Array> {
  const synapses = generativeSynapses(model);
  const pictures = await Promise.all(
    exampleNeurons(model.config.sizes[1]!).map(async (neuron) => {
      const field = receptiveField(synapses, 1, neuron);
      const values = await field.data();
      field.dispose();
      return signedBytes(values);
    }),
  );
  return Uint8Array.from(pictures.flatMap((picture) => [...picture]));
}

/** A signed picture by its largest value: 1 … 255, 128 is zero. */
export function signedBytes(values: ArrayLike<number>): Uint8Array {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return Uint8Array.from(values, (value) => 128 + Math.round((127 * value) / (most || 1)));
}
