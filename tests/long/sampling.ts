import { parseArgs } from 'node:util';

import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { startNumerics } from '../../src/cli/backend.ts';
import { loadDataset } from '../../src/cli/datasets.ts';
import { readBytes } from '../../src/cli/files.ts';
import { PIXELS, seenAs } from '../../src/data/dataset.ts';
import type { ClassifyingModel } from '../../src/engine/model.ts';
import { classifies } from '../../src/engine/model.ts';
import { normal } from '../../src/engine/noise.ts';
import { upperHalf } from '../../src/lab/recalling.ts';
import { openModel } from '../../src/models/files.ts';
import { PredictiveDecoder } from '../../src/predictive/network/decoder.ts';
import { predict } from '../../src/predictive/network/equations.ts';
import { wireForward } from '../../src/predictive/network/wiring.ts';
import { mean } from '../../src/shared/arrays.ts';

/*
 * What a sampling decoder has learnt (B9): how much its samples look like single digits of all classes, where a classifier is to judge that, and
 * how near it comes to the hidden lower half of test images, settling, by one sample and by the mean of twenty.
 *
 *   npx tsx tests/long/sampling.ts --model M [--judge CLASSIFIER] [--data-dir DIR] [--samples 5000] [--images 200] [--steps 200] [--seed 1]
 */
const { values: given } = parseArgs({
  options: {
    model: { type: 'string' },
    judge: { type: 'string' },
    'data-dir': { type: 'string' },
    samples: { type: 'string', default: '5000' },
    images: { type: 'string', default: '200' },
    steps: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const [samples, count, steps, seed] = [given.samples, given.images, given.steps, given.seed].map(Number) as [number, number, number, number]; // prettier-ignore
const CHAINS = 20;

const { executor } = await startNumerics('wasm', 1);
const opened = async (option: string, path: string) =>
  (await openModel(await readBytes(option, path), path, executor)).model;
if (given.model === undefined) throw new Error('--model is missing.');
const decoder = await opened('--model', given.model);
if (!(decoder instanceof PredictiveDecoder)) throw new Error('--model is no decoder.');

const { test } = await loadDataset('mnist', given['data-dir']);
const digits = (to: number) => tf.tensor2d(seenAs(test, { from: 0, to }, 'grey'), [to, PIXELS]);
/** Pictures from z_0 ~ N(b_0, 1); with `noisy`, hidden layers are drawn about what is predicted of them too, as the model has it. */
const imagine = (noisy: boolean): Tensor2D =>
  tf.tidy(() => {
    const { layers, b0 } = wireForward(decoder.network);
    const z0 = normal(seed, samples, decoder.latentWidth);
    let z: Tensor2D = b0 ? tf.add(z0, b0) : z0;
    for (const [i, layer] of layers.entries()) {
      const { mu } = predict(layer, z);
      const isDrawn = noisy && i + 1 < layers.length;
      z = isDrawn ? tf.add(mu, normal(seed + i + 1, ...mu.shape)) : mu;
    }
    return z;
  });
/** exp of the mean over pictures [N, 784] of KL(p(y|x) ‖ p(y)); p(y) is the mean of p(y|x). */
const scoreOf = (judge: ClassifyingModel, pictures: Tensor2D): number =>
  tf.tidy(() => {
    const said = tf.softmax(judge.classify(pictures));
    const all = tf.mean(said, 0, true);
    const apart = tf.sub(tf.log(tf.add(said, 1e-12)), tf.log(tf.add(all, 1e-12)));
    return Math.exp(tf.mean(tf.sum(tf.mul(said, apart), 1)).dataSync()[0]!);
  });
if (given.judge !== undefined) {
  const judge = await opened('--judge', given.judge);
  if (!classifies(judge)) throw new Error('--judge is no classifier.');
  const [real, plain, drawn] = [digits(samples), imagine(false), imagine(true)].map((pictures) => scoreOf(judge, pictures).toFixed(2)); // prettier-ignore
  process.stdout.write(`score of ${samples}: real ${real}, predicted from z0 ${plain}, all layers drawn ${drawn}\n`); // prettier-ignore
}

const x = digits(count);
const seen = upperHalf(x.shape);
const learnt = decoder.config;
/** The hidden half as the network predicts it, at a temperature. */
const completed = async (temperature: number, rows: Tensor2D, mask: Tensor2D) => {
  decoder.config = { ...learnt, temperature };
  return (await decoder.complete(rows, mask, { steps })).predicted;
};
/** The squared error over hidden pixels, an image. */
const error = (predicted: Tensor2D): number =>
  mean(tf.tidy(() => tf.sum(tf.mul(tf.square(tf.sub(predicted, x)), tf.sub(1, seen)), 1).dataSync() as Float32Array)); // prettier-ignore

const settled = error(await completed(0, x, seen));
// Every row has noise of its own, so a chain is a row.
const chains = await completed(1, tf.tile(x, [CHAINS, 1]), tf.tile(seen, [CHAINS, 1]));
const apart: Tensor3D = tf.reshape(chains, [CHAINS, count, PIXELS]);
const one = error(tf.squeeze(tf.slice(apart, [0, 0, 0], [1, count, PIXELS]), [0]));
process.stdout.write(`squared error of the hidden half, an image (${count}, ${steps} steps): settled ${settled.toFixed(1)}, one sample ${one.toFixed(1)}, mean of ${CHAINS} ${error(tf.mean(apart, 0)).toFixed(1)}\n`); // prettier-ignore
process.exit();
