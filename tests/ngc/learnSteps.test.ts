import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';

import { stepsToLearn } from '../../src/ngc/config/episodes.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { NgcImageModel } from '../../src/ngc/imageModel.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';

/*
 * A network may learn from few settling steps and be read after many. What is expected of it is what two networks do that
 * know one T each.
 */
beforeAll(() => useBackend('cpu'));

const network = async (variant: Variant, changes: Partial<ModelConfig>) =>
  new NgcImageModel(await smallModel(variant, changes), opByOp);

/** Its numbers after one update, and what it then predicts of the batch. */
async function learntAndRead(variant: Variant, changes: Partial<ModelConfig>, then = changes) {
  const model = await network(variant, changes);
  const x = binaryImages(5, 12);
  await (
    await model.learn(x)
  ).report;
  const parameters = await model.parameters();
  model.model.config = { ...model.config, ...then };
  const seen = await model.perceive(x);
  const predicted = await seen.predicted.data();
  seen.dispose();
  x.dispose();
  model.dispose();
  return { parameters, predicted };
}

test.each(VARIANTS)('%s learns from its own T and is read after the other', async (variant) => {
  const tensors = tf.memory().numTensors;
  const both = await learntAndRead(variant, { steps: 9, learnSteps: 3 });
  const expected = await learntAndRead(variant, { steps: 3 }, { steps: 9 });
  expect(both).toEqual(expected);
  const long = await learntAndRead(variant, { steps: 9 });
  expect(both.parameters).not.toEqual(long.parameters);
  const short = await learntAndRead(variant, { steps: 3 });
  expect(both.parameters).toEqual(short.parameters);
  expect(both.predicted).not.toEqual(short.predicted);
  expect(tf.memory().numTensors).toBe(tensors);
});

test('hidden pixels are filled in, and wholes imagined, after the T of reading', async () => {
  const [x, mask, latents] = [binaryImages(1, 12), binaryImages(1, 12, 9), binaryImages(3, 8)];
  const made = async (changes: Partial<ModelConfig>) => {
    const model = await network('gncn-pdh', changes);
    const completed = await model.complete(x, mask);
    const picture = await completed.picture.data();
    completed.dispose();
    const imagined = await model.imagine(x, mask, latents);
    model.dispose();
    return { picture, imagined };
  };
  expect(await made({ steps: 9, learnSteps: 3 })).toEqual(await made({ steps: 9 }));
  tf.dispose([x, mask, latents]);
});

describe('the steps that a batch is learnt from', () => {
  test('are those of every episode unless it is said otherwise', () => {
    expect(stepsToLearn({ steps: 20, learnSteps: 0 })).toBe(20);
    expect(stepsToLearn({ steps: 20, learnSteps: 8 })).toBe(8);
    expect(stepsToLearn({ steps: 5, learnSteps: 8 })).toBe(8);
  });
});
