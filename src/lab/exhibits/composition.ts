import * as tf from '@tensorflow/tfjs-core';

import { binarise } from '../../data/dataset.ts';
import { receptiveFields } from '../../ngc/fields.ts';
import { NgcImageModel } from '../../ngc/imageModel.ts';
import { generativeSynapses } from '../../ngc/wiring.ts';
import type { LabImages } from '../splits.ts';
import { storedPictures } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';
import type { Exhibits } from './shown.ts';

/** Neurons that are summed, and of those the ones that are shown. */
const STRONGEST = 30;
const SHOWN = 11;
/** What of a field scaled to 0 … 1 is less than this is black, as in the paper. */
const THRESHOLD = 0.5;

/** The strongest neurons of an activity, strongest first; of equals the first. */
export function strongestOf(activity: ArrayLike<number>, count: number): readonly number[] {
  const order = Array.from(activity, (_, j) => j);
  order.sort((a, b) => activity[b]! - activity[a]! || a - b);
  return order.slice(0, count);
}

/** A field as the paper shows it: scaled to 0 … 1, and black where that is under a half. A field of one value is black. */
export function shownField(field: ArrayLike<number>): Float32Array {
  const values = Array.from(field);
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  return Float32Array.from(values, (value) => {
    const scaled = range > 0 ? (value - least) / range : 0;
    return scaled < THRESHOLD ? 0 : scaled;
  });
}

/** Σ_j φ_j·field_j of the neurons given, scaled so that its brightest pixel is 1; black of none. */
export function weightedSum(
  fields: readonly ArrayLike<number>[],
  weights: readonly number[],
): Float32Array {
  const sum = new Float64Array(fields[0]?.length ?? 0);
  fields.forEach((field, j) => {
    for (let p = 0; p < sum.length; p++) sum[p]! += weights[j]! * field[p]!;
  });
  const most = Math.max(0, ...sum);
  return Float32Array.from(sum, (value) => (most > 0 ? Math.max(0, value) / most : 0));
}

/**
 * Table 4 and Figure 6b: a test image of each class (the first), the generative fields of its 11 strongest neurons of layer 1, and the
 * sum of the 30 strongest, each by its activity φ(z_1): `composition.digits` [N, J0], `composition.features` [N, 11, J0],
 * `composition.sum` [N, J0]. Nothing, where a model has no such synapses.
 */
export async function composition({ model }: Trained, { data }: LabImages): Promise<Exhibits> {
  const { labels } = data.test;
  if (!(model instanceof NgcImageModel) || !labels) return { arrays: {}, words: {} };
  const classes = data.classNames.length || Math.max(...labels) + 1;
  const first = Array.from({ length: classes }, (_, label) => labels.indexOf(label));
  const chosen = first.filter((index) => index >= 0);
  const digits = binarise(data.test, chosen);
  const { pixels } = model;
  const [W1, activity] = await looked(model, digits, chosen.length);
  const neurons = activity.length / chosen.length;
  const features = new Float32Array(chosen.length * SHOWN * pixels);
  const sums = new Float32Array(chosen.length * pixels);
  chosen.forEach((_, n) => {
    const phi = activity.subarray(n * neurons, (n + 1) * neurons);
    const strongest = strongestOf(phi, STRONGEST);
    const fields = strongest.map((j) => shownField(W1.subarray(j * pixels, (j + 1) * pixels)));
    fields.slice(0, SHOWN).forEach((field, i) => features.set(field, (n * SHOWN + i) * pixels));
    sums.set(
      weightedSum(
        fields,
        strongest.map((j) => phi[j]!),
      ),
      n * pixels,
    );
  });
  return {
    arrays: {
      'composition.digits': storedPictures([chosen.length, pixels], digits),
      'composition.features': storedPictures([chosen.length, SHOWN, pixels], features),
      'composition.sum': storedPictures([chosen.length, pixels], sums),
    },
    words: {},
  };
}

/** The generative fields of layer 1 [J1·J0], and its activity for pictures [N·J1]. */
async function looked(
  model: NgcImageModel,
  digits: Float32Array,
  count: number,
): Promise<[Float32Array, Float32Array]> {
  const x = tf.tensor2d(digits, [count, model.pixels]);
  const perception = await model.perceive(x);
  const fields = receptiveFields(generativeSynapses(model.model), 1);
  try {
    const activity = await perception.activity[0]!.data();
    return [Float32Array.from(await fields.data()), Float32Array.from(activity)];
  } finally {
    perception.dispose();
    tf.dispose([x, fields]);
  }
}
