import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { heldOut } from '../../data/batches.ts';
import type { Split } from '../../data/dataset.ts';
import { seenAs } from '../../data/dataset.ts';
import type { Fill } from '../../engine/measures/completion.ts';
import {
  filledInBy,
  filledInByImaginings,
  rightHalfHidden,
} from '../../engine/measures/completion.ts';
import type { GenerativeModel } from '../../engine/model.ts';
import type { StoredArray } from '../../experiments/result.ts';
import { IMAGINE } from '../evaluate.ts';
import { startsOf } from '../imaginings.ts';
import { storedPictures } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';
import type { Work } from '../work.ts';
import { follow } from '../work.ts';

/** How many test images, and the seed of their choice: the same ones for every model of a dataset. */
const COUNT = 12;
const SEED = 4;
const IMAGININGS = 16;

/**
 * The same test images as every model sees them: `examples`, `reconstructed`, `masked` (hidden pixels grey), and `completed.RULE` by
 * each rule of the model, in the hidden half as it says and in the seen half as it was; all [N, J0].
 */
export async function examplesOf(
  model: GenerativeModel,
  { prior, seed }: Trained,
  test: Split,
  work: Work,
): Promise<Record<string, StoredArray>> {
  const pixels = seenAs(test, heldOut(test, COUNT, SEED), model.shades ?? 'binary');
  const { pixels: width } = model;
  const count = pixels.length / width;
  const shape = [count, width];
  const hidden = rightHalfHidden(width);
  const x = tf.tensor2d(pixels, [count, width]);
  const mask: Tensor2D = tf.tidy(() => tf.tile(tf.tensor2d(hidden, [1, width]), [count, 1]));
  try {
    const perception = await model.perceive(x);
    const reconstructed = await perception.predicted.data().finally(() => perception.dispose());
    const found: Record<string, StoredArray> = {
      examples: storedPictures(shape, pixels),
      reconstructed: storedPictures(shape, reconstructed),
      masked: storedPictures(
        shape,
        pixels.map((value, i) => (hidden[i % width] ? value : 0.5)),
      ),
    };
    const rules = new Map<string, Fill>(
      model.completions.all.map((how) => [how, filledInBy(model, how)]),
    );
    if (prior && model.imagine) {
      const starts = startsOf(prior.mixture, IMAGININGS, seed);
      rules.set(IMAGINE, filledInByImaginings(model.imagine.bind(model), starts));
    }
    for (const [how, fill] of rules) {
      const filled = await fill(x, mask, 0, follow(work, 'Completing examples'));
      const picture = await filled.data().finally(() => filled.dispose());
      const whole = picture.map((value, i) => (hidden[i % width] ? pixels[i]! : value));
      found[`completed.${how}`] = storedPictures(shape, whole);
    }
    return found;
  } finally {
    tf.dispose([x, mask]);
  }
}
