import * as tf from '@tensorflow/tfjs-core';

import type { Split } from '../../data/dataset.ts';
import { binarise, imagesOf, PIXELS } from '../../data/dataset.ts';
import { evenOverClasses } from '../../data/batches.ts';
import { classesOf, fitClassifier } from '../../engine/measures/classification.ts';
import { grouped } from '../../shared/grouped.ts';
import type { LabImages } from '../splits.ts';
import { storedPictures } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';
import type { Work } from '../work.ts';
import { follow } from '../work.ts';
import type { Exhibits } from './shown.ts';
import { drawnPictures, SAMPLE_SEED } from './samples.ts';

/** Samples a class; draws at once, and at most. */
const EACH = 8;
const DRAWS = 500;
const MOST = 5_000;

/**
 * Figure 5: `byClass` [1 + 8, classes, J0]: the first test image of each class, and below it the first eight draws that a softmax
 * classifier on the pixels of `codes` training images puts into the class; places that no draw fills stay empty. Nothing, where a
 * model cannot draw or the data have no classes.
 */
export async function byClass(
  trained: Trained,
  { data, train }: LabImages,
  codes: number,
  work: Work,
): Promise<Exhibits> {
  const nothing: Exhibits = { arrays: {}, words: {} };
  if (!train.labels || !data.test.labels) return nothing;
  const classes = data.classNames.length || Math.max(...train.labels) + 1;
  const columns = Array.from({ length: classes }, (): Float32Array[] => []);
  const sort = await sorter(train, classes, codes, trained.seed, work);
  let drawn = 0;
  try {
    while (drawn < MOST && columns.some(({ length }) => length < EACH)) {
      const pictures = await drawnPictures(trained, DRAWS, SAMPLE_SEED + drawn);
      if (!pictures) return nothing;
      const found = await sort.classOf(pictures.data);
      for (let n = 0; n < found.length; n++) {
        const column = columns[found[n] ?? classes];
        if (column && column.length < EACH)
          column.push(pictures.data.slice(n * PIXELS, (n + 1) * PIXELS));
      }
      drawn += DRAWS;
      await follow(work, 'Drawing samples of every class')(drawn / MOST);
    }
  } finally {
    sort.dispose();
  }
  const values = new Float32Array((1 + EACH) * classes * PIXELS);
  const put = (row: number, label: number, picture: Float32Array | undefined) => {
    if (picture) values.set(picture, (row * classes + label) * PIXELS);
  };
  for (let label = 0; label < classes; label++) {
    put(0, label, firstOf(data.test, label));
    for (let row = 0; row < EACH; row++) put(1 + row, label, columns[label]?.[row]);
  }
  const said = `The first of ${grouped(drawn)} draws that softmax regression on the pixels of ${grouped(sort.images)} training images puts into each class.`;
  return {
    arrays: { byClass: storedPictures([1 + EACH, classes, PIXELS], values) },
    words: { 'by-class': said },
  };
}

/** The first picture of a class. */
function firstOf(split: Split, label: number): Float32Array | undefined {
  const index = split.labels?.indexOf(label) ?? -1;
  return index < 0 ? undefined : binarise(split, [index]);
}

/** A classifier on pixels: says the class of pictures [N·J0]. The caller disposes it. */
async function sorter(train: Split, classes: number, count: number, seed: number, work: Work) {
  const chosen = evenOverClasses(train, count, seed);
  const pixels = imagesOf(train, chosen).read(0, chosen.length);
  const labels = Uint8Array.from(chosen, (index) => train.labels?.[index] ?? 0);
  const shown = { shape: [chosen.length, PIXELS], data: pixels };
  const classifier = await fitClassifier(shown, labels, classes, {
    onProgress: follow(work, 'Fitting a classifier to the pixels'),
  });
  return {
    images: chosen.length,
    async classOf(pictures: Float32Array): Promise<ArrayLike<number>> {
      const x = tf.tensor2d(pictures, [pictures.length / PIXELS, PIXELS]);
      const best = tf.tidy(() => classesOf(classifier, x));
      x.dispose();
      return best.data().finally(() => best.dispose());
    },
    dispose: () => classifier.dispose(),
  };
}
