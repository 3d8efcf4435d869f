import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Imaginings } from '../engine/imaginings.ts';
import type { GenerativeModel } from '../engine/model.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { IMAGINE } from '../lab/evaluate.ts';
import { rowsOf } from './models.ts';
import { usageError, whole } from './options.ts';

/** How many imaginings of an image, unless it is said otherwise. */
export const IMAGININGS = 16;

/** `--count`, of the commands that have `--how`. */
export const COUNT_OPTION = {
  count: whole(
    'N',
    `Imaginings of each picture, for --how ${IMAGINE}; default ${IMAGININGS}.`,
    1,
    1000,
  ),
} as const;

/** Throws a usage error where `--count` would not be heard. */
export function checkCount(how: string | undefined, count: number | undefined): void {
  if (count !== undefined && how !== IMAGINE)
    throw usageError(`Option --count goes with --how ${IMAGINE} only.`);
}

/**
 * Imagines every picture of x [B, J0]: `x [B, N, J0]`, the best fitting first, `seen [B, N]` in nats and `mean [B, J0]`.
 *
 * @param starts the latents of image i, disposed here
 */
export async function imaginePictures(
  imagine: NonNullable<GenerativeModel['imagine']>,
  { x, mask }: { readonly x: FloatArray; readonly mask: FloatArray },
  starts: (image: number) => Tensor2D,
  options: {
    readonly count: number;
    readonly steps?: number | undefined;
    readonly follow: (fraction: number) => void | Promise<void>;
  },
): Promise<Map<string, FloatArray>> {
  const [rows = 0, pixels = 0] = x.shape;
  const { count, steps, follow } = options;
  const room = (...shape: number[]): FloatArray => ({
    shape,
    data: new Float32Array(shape.reduce((size, n) => size * n, 1)),
  });
  const pictures = room(rows, count, pixels);
  const seen = room(rows, count);
  const mean = room(rows, pixels);
  for (let row = 0; row < rows; row++) {
    const given = [rowsOf(x, row, row + 1), rowsOf(mask, row, row + 1), starts(row)] as const;
    let imagined: Imaginings;
    try {
      imagined = await imagine(...given, {
        steps,
        onProgress: (fraction) => follow((row + fraction) / rows),
      });
    } finally {
      tf.dispose([...given]);
    }
    pictures.data.set(imagined.pictures, row * count * pixels);
    seen.data.set(imagined.seen, row * count);
    mean.data.set(imagined.mean, row * pixels);
  }
  return new Map(Object.entries({ x: pictures, seen, mean }));
}
