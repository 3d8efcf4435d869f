import * as tf from '@tensorflow/tfjs-core';

import { evenOverClasses } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { imagesOf, PIXELS } from '../data/dataset.ts';
import { classificationError, fitClassifier } from '../engine/measures/classification.ts';
import { rightHalfHidden } from '../engine/measures/completion.ts';
import { eachBatch } from '../engine/measures/images.ts';
import type { Cell } from '../experiments/experiment.ts';
import { MEAN_IMAGE, NEAREST, PIXELS as ON_PIXELS } from '../experiments/rows.ts';
import type { Measurement } from './measuring.ts';
import type { LabImages } from './splits.ts';
import { firstImages } from './splits.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** How many neighbours fill in and vote. */
const NEIGHBOURS = 10;
/** Test images compared with all training images at once: what bounds the memory (some 50 MB). */
const TOGETHER = 200;

/** What needs no training, measured on the same test images as the models: the mean image, nearest neighbours, a classifier on pixels. */
export async function measureReference(
  { row, extent, measures }: Pick<Cell, 'row' | 'extent' | 'measures'>,
  { data, train }: LabImages,
  work: Work,
): Promise<Measurement> {
  const test = firstImages(data.test, extent.test);
  const numbers: Record<string, number> = {};
  const words: Record<string, string> = {};
  const add = (name: string, value: number) => {
    numbers[name] = value;
    numbers[`n.${name}`] = test.count;
  };
  const has = (name: 'mmse' | 'err') => measures.includes(name);
  switch (row) {
    case MEAN_IMAGE.key:
      if (has('mmse')) add('mmse.mean-image', await meanImageError(train, test));
      break;
    case NEAREST.key: {
      const found = await nearest(train, test, work);
      if (has('mmse')) add('mmse.10-nn', found.mmse);
      if (has('err') && found.err !== null) add('err', found.err);
      break;
    }
    case ON_PIXELS.key:
      if (has('err') && train.labels && test.labels)
        add('err', await pixelError(train, test, extent.codes, work));
      break;
    default:
      throw new Error(`No reference is called ${row}.`);
  }
  return { numbers, words };
}

/** M-MSE of the mean of the training images as everybody's hidden half. */
async function meanImageError(train: Split, test: Split): Promise<number> {
  const sums = new Float64Array(PIXELS);
  for (let at = 0; at < train.pixels.length; at++)
    if (train.pixels[at]! > 127) sums[at % PIXELS]! += 1;
  const hidden = rightHalfHidden(PIXELS).map((seen) => 1 - seen);
  let error = 0;
  for (let at = 0; at < test.pixels.length; at++) {
    const p = at % PIXELS;
    const x = test.pixels[at]! > 127 ? 1 : 0;
    error += hidden[p]! * (x - sums[p]! / train.count) ** 2;
  }
  return Promise.resolve(error / test.count);
}

/**
 * M-MSE of the mean of the ten training images that are nearest in the seen half, and Err in percent of the class that most of
 * the ten nearest in all pixels have (of as many, the one of the nearest).
 */
async function nearest(
  train: Split,
  test: Split,
  work: Work,
): Promise<{ readonly mmse: number; readonly err: number | null }> {
  const seen = rightHalfHidden(PIXELS);
  const known = knownImages(train, seen);
  const hidden = seen.map((shown) => 1 - shown);
  let error = 0;
  let wrong = 0;
  const images = imagesOf(test);
  await eachBatch(
    images,
    PIXELS,
    async (x, from, onProgress) => {
      const rows = x.shape[0];
      const pixels = await x.data();
      const half = await known.nearestTo(x, 'half');
      const whole = await known.nearestTo(x, 'whole');
      for (let row = 0; row < rows; row++) {
        const ten = half.subarray(row * NEIGHBOURS, (row + 1) * NEIGHBOURS);
        for (let p = 0; p < PIXELS; p++) {
          if (!hidden[p]) continue;
          let sum = 0;
          for (const i of ten) sum += train.pixels[i * PIXELS + p]! > 127 ? 1 : 0;
          error += (pixels[row * PIXELS + p]! - sum / ten.length) ** 2;
        }
        const voters = whole.subarray(row * NEIGHBOURS, (row + 1) * NEIGHBOURS);
        if (train.labels && test.labels)
          wrong += majority(voters, train.labels) === test.labels[from + row] ? 0 : 1;
      }
      await onProgress(1);
    },
    { batch: TOGETHER, onProgress: follow(work, 'Finding the nearest images') },
  ).finally(() => known.dispose());
  const labelled = train.labels && test.labels;
  return { mmse: error / test.count, err: labelled ? (100 * wrong) / test.count : null };
}

/** The class of most of the images, nearest first; of as many, that of the nearest of them. */
function majority(indices: ArrayLike<number>, labels: Uint8Array): number {
  const votes = new Map<number, number>();
  for (let i = 0; i < indices.length; i++) {
    const label = labels[indices[i]!]!;
    votes.set(label, (votes.get(label) ?? 0) + 1);
  }
  // A map keeps the order in which classes were first met, and `sort` keeps the order of equals.
  return [...votes].sort((a, b) => b[1] - a[1])[0]![0];
}

/** Training images laid out for distances: |x − t|² = |x|² − 2 x·t + |t|², of which |x|² is the same for all t. */
function knownImages(train: Split, seen: Float32Array) {
  const { count } = train;
  const pieces: { readonly from: number; readonly t: tf.Tensor2D; readonly norms: Record<'half' | 'whole', tf.Tensor1D> }[] = []; // prettier-ignore
  const images = imagesOf(train);
  const mask = tf.tensor2d(seen, [1, PIXELS]);
  for (let from = 0; from < count; from += 10_000) {
    const to = Math.min(from + 10_000, count);
    pieces.push(
      tf.tidy(() => {
        const x = tf.tensor2d(images.read(from, to), [to - from, PIXELS]);
        const norms = { half: tf.sum(tf.mul(x, mask), 1), whole: tf.sum(x, 1) };
        return { from, t: tf.transpose(x), norms: norms as Record<'half' | 'whole', tf.Tensor1D> };
      }),
    );
  }
  return {
    /** The ten nearest of each row of x [B, J0], nearest first [B·10]; of as near ones the first. */
    async nearestTo(x: tf.Tensor2D, what: 'half' | 'whole'): Promise<Uint32Array> {
      const rows = x.shape[0];
      const best = Array.from({ length: rows }, () => [] as { i: number; d: number }[]);
      for (const { from, t, norms } of pieces) {
        const distances = tf.tidy(() => {
          const shown: tf.Tensor2D = what === 'half' ? tf.mul(x, mask) : x;
          return tf.sub(norms[what], tf.mul(2, tf.matMul(shown, t)));
        });
        const values = await distances.data();
        distances.dispose();
        const width = values.length / rows;
        for (let row = 0; row < rows; row++) insert(best[row]!, values, row * width, width, from);
      }
      return Uint32Array.from(best.flatMap((ten) => ten.map(({ i }) => i)));
    },
    dispose: () => tf.dispose([mask, ...pieces.flatMap(({ t, norms }) => [t, norms.half, norms.whole])]), // prettier-ignore
  };
}

/** Puts a run of distances into the sorted list of the ten least. */
function insert(
  ten: { i: number; d: number }[],
  values: ArrayLike<number>,
  at: number,
  width: number,
  from: number,
): void {
  for (let k = 0; k < width; k++) {
    const d = values[at + k]!;
    if (ten.length === NEIGHBOURS && d >= ten[NEIGHBOURS - 1]!.d) continue;
    let place = ten.length;
    while (place > 0 && ten[place - 1]!.d > d) place--;
    ten.splice(place, 0, { i: from + k, d });
    if (ten.length > NEIGHBOURS) ten.pop();
  }
}

/** Err of the softmax classifier on the pixels themselves. */
async function pixelError(train: Split, test: Split, count: number, work: Work): Promise<number> {
  const chosen = evenOverClasses(train, count, 1);
  const labels = Uint8Array.from(chosen, (index) => train.labels![index]!);
  const pixels = imagesOf(train, chosen).read(0, chosen.length);
  const classes = Math.max(...labels, ...test.labels!) + 1;
  const classifier = await fitClassifier(
    { shape: [chosen.length, PIXELS], data: pixels },
    labels,
    classes,
    { onProgress: follow(work, 'Fitting the classifier') },
  );
  const shown = { shape: [test.count, PIXELS], data: imagesOf(test).read(0, test.count) };
  return classificationError(classifier, shown, test.labels!).finally(() => classifier.dispose());
}
