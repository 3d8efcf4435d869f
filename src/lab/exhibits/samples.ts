import * as tf from '@tensorflow/tfjs-core';

import type { ImageModel } from '../../engine/model.ts';
import { generates, isDensity } from '../../engine/model.ts';
import { sampleMixture } from '../../engine/prior/mixture.ts';
import type { StoredArray } from '../../experiments/result.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { storedPictures } from '../storedArrays.ts';
import type { Trained } from '../trainedFiles.ts';

const COUNT = 40;
/** Which draws they are: others than those that log p(x) is estimated with, which take the seed 1, 2, 3 … */
export const SAMPLE_SEED = 101;

/** Pictures that a model draws [count, J0]; null where it cannot, or has no prior to draw from. */
export async function drawnPictures(
  { model, prior }: { readonly model: ImageModel } & Pick<Trained, 'prior'>,
  count: number,
  seed: number,
): Promise<FloatArray | null> {
  if (isDensity(model)) return model.draw(count, seed);
  if (!prior || !generates(model)) return null;
  const drawn = sampleMixture(prior.mixture, count, seed);
  const pictures = tf.tidy(() =>
    model.decode(tf.tensor2d(drawn.data, [count, prior.mixture.size])),
  );
  const data = Float32Array.from(await pictures.data().finally(() => pictures.dispose()));
  return { shape: [count, model.pixels], data };
}

/** `samples` [40, J0]. */
export async function samplesOf(trained: Trained): Promise<Record<string, StoredArray>> {
  const drawn = await drawnPictures(trained, COUNT, SAMPLE_SEED);
  return drawn ? { samples: storedPictures(drawn.shape, drawn.data) } : {};
}
