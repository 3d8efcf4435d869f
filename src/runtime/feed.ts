import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Batch, Batches, Position } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Shades } from '../shared/shades.ts';
import type { Split } from '../data/dataset.ts';
import { seenAs } from '../data/dataset.ts';

/** A batch dealt out: which images, and what a network sees of them. Whoever takes it disposes x. */
export interface FedBatch {
  readonly batch: Batch;
  /** As the model sees them, [B, J0]. */
  readonly x: Tensor2D;
}

/**
 * Deals out the images of a split in batches. Their order follows from (seed, position) alone, so a run that stopped at a position
 * continues exactly. A batch size that has changed takes effect at the next batch, where the data stands.
 */
export class Feed {
  private batches: Batches | null = null;
  private batchSize = 0;
  private readonly start: Position;

  constructor(
    private readonly split: Split,
    private readonly seed: number,
    { epoch, offset }: Position = { epoch: 0, offset: 0 },
    private readonly shades: Shades = 'binary',
  ) {
    this.start = offset < split.count ? { epoch, offset } : { epoch: epoch + 1, offset: 0 };
  }

  /** Where the next batch starts. */
  get position(): Position {
    return this.batches?.position ?? this.start;
  }

  get imagesPerEpoch(): number {
    return this.split.count;
  }

  /** The next images: `batch` of them, or what is left of the epoch. */
  next(batch: number): FedBatch {
    const wanted = Math.min(batch, this.split.count);
    if (!this.batches || wanted !== this.batchSize) {
      this.batches = createBatches(this.split.count, wanted, this.seed, this.position);
      this.batchSize = wanted;
    }
    const dealt = this.batches.next();
    const pixels = seenAs(this.split, dealt.indices, this.shades);
    const rows = dealt.indices.length;
    return { batch: dealt, x: tf.tensor2d(pixels, [rows, pixels.length / rows]) };
  }
}
