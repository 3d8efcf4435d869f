import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Activity } from '../../ngc/activity.ts';
import type { Model } from '../../ngc/model.ts';
import { settle } from '../../ngc/settle.ts';
import type { Executor } from '../../ngc/settling.ts';

/** Binarised images to measure on, read in runs: rows `from` … `to` − 1 as [to − from, J0], row-major. */
export interface Images {
  readonly count: number;
  read(from: number, to: number): Float32Array;
}

/** How long work talks to its caller. */
export interface Work {
  /** Called with the share that is done, 0 … 1; may return a promise to let others work in between. */
  onProgress?: ((fraction: number) => void | Promise<void>) | undefined;
  /** What settles; the model's own executor if not given. One that others use meanwhile may not be shared. */
  executor?: Executor | undefined;
}

/**
 * Settles all images, a batch at a time, and hands each settled batch to `use` with its input and first row.
 * Frees everything it makes.
 */
export async function settleAll(
  model: Model,
  images: Images,
  use: (activity: Activity, x: Tensor2D, from: number) => Promise<void>,
  options: Work & { mask?: Float32Array; batch?: number } = {},
): Promise<void> {
  const pixels = model.config.sizes[0]!;
  const batch = options.batch ?? 200;
  const { steps } = model.config;
  const executor = options.executor ?? model.executor;
  for (let from = 0; from < images.count; from += batch) {
    const to = Math.min(from + batch, images.count);
    const x = tf.tensor2d(images.read(from, to), [to - from, pixels]);
    const mask = options.mask
      ? tf.tidy(() => tf.tile(tf.tensor2d(options.mask!, [1, pixels]), [to - from, 1]))
      : null;
    try {
      const settled = await settle(model, x, {
        mask,
        stride: executor.stride,
        executor,
        onStep: (settling) =>
          options.onProgress?.((from + ((to - from) * settling.steps) / steps) / images.count),
      });
      try {
        await use(await settled.read(), x, from);
      } finally {
        settled.dispose();
      }
    } finally {
      tf.dispose(mask ? [x, mask] : x);
    }
  }
}
