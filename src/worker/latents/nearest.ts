import { PIXELS, binarise, binariseValues, imagesOf } from '../../data/dataset.ts';
import type { Dataset } from '../../data/dataset.ts';
import { nearestRows } from '../../engine/latents/neighbours.ts';
import type { NearestReport } from '../../protocol/latents.ts';
import { NgcError } from '../../shared/errors.ts';
import { yieldToMessages } from '../pacing.ts';

/**
 * The training image nearest to a picture, both as networks see them, black or white, by squared distance: the number of pixels that
 * differ. And, for scale, the training image nearest to that one. Throws a data error where there are fewer than two.
 */
export async function nearestImage(
  { train, title, classNames }: Dataset,
  pixels: Float32Array,
): Promise<NearestReport> {
  if (train.count < 2)
    throw new NgcError('data', `${title} has too few training images to compare with.`);
  const images = imagesOf(train);
  const find = async (picture: Float32Array, not?: readonly number[]) => {
    const { indices, distances } = await nearestRows(
      { shape: [1, PIXELS], data: picture },
      images,
      1,
      {
        onProgress: yieldToMessages,
        ...(not && { not }),
      },
    );
    const index = indices[0]!;
    return {
      index,
      picture: binarise(train, [index]),
      label: train.labels?.[index] ?? -1,
      differing: Math.round(distances[0]!),
    };
  };
  const nearest = await find(binariseValues(pixels));
  const next = await find(nearest.picture, [nearest.index]);
  return { nearest, next, images: train.count, dataset: title, classNames };
}
