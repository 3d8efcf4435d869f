import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Batch, Batches, Position } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { binarise } from '../data/dataset.ts';
import type { Images } from '../engine/measures/images.ts';
import type { Model } from '../engine/model.ts';
import type { Settling, Update } from '../engine/settling.ts';

/** What one weight update saw and did. */
export interface UpdateReport extends Update {
  readonly batch: Batch;
  readonly images: number;
}

/** One batch on its way: settle it (`settling.advance()` until T), then give it back to `finish`. */
export interface TrainingBatch {
  readonly batch: Batch;
  readonly x: Tensor2D;
  readonly settling: Settling;
}

/** The chosen images of a split, as measures read them. */
export function imagesOf(split: Split, indices?: Uint32Array): Images {
  return {
    count: indices?.length ?? split.count,
    read: (from, to) => binarise(split, indices ? indices.subarray(from, to) : { from, to }),
  };
}

/**
 * Trains a model on one split, a batch at a time. The order of images follows from (seed, position) alone, so a
 * run that stopped at a position continues exactly. The model stays the caller's.
 */
export class Trainer {
  updates = 0;
  private batches: Batches;
  private batchSize: number;

  constructor(
    private readonly model: Model,
    private readonly split: Split,
    private readonly seed: number,
    position?: Position,
  ) {
    this.batchSize = Math.min(model.config.batch, split.count);
    this.batches = createBatches(split.count, this.batchSize, seed, position);
  }

  /** Where the next batch starts. */
  get position(): Position {
    return this.batches.position;
  }

  get imagesPerEpoch(): number {
    return this.split.count;
  }

  /** Takes the next batch and puts the states to zero. */
  async begin(): Promise<TrainingBatch> {
    // A changed batch size takes effect at the next batch, where the data stands.
    const wanted = Math.min(this.model.config.batch, this.split.count);
    if (wanted !== this.batchSize) {
      this.batches = createBatches(this.split.count, wanted, this.seed, this.batches.position);
      this.batchSize = wanted;
    }
    const batch = this.batches.next();
    const x = tf.tensor2d(binarise(this.split, batch.indices), [
      batch.indices.length,
      this.model.config.sizes[0]!,
    ]);
    return { batch, x, settling: await this.model.executor.begin(this.model, x, null) };
  }

  /**
   * Settles what is left of the batch and learns from it; frees the batch.
   * Throws a "diverged" error, and leaves the synapses as they were before, when numbers stop being finite.
   */
  async finish(batch: TrainingBatch): Promise<UpdateReport> {
    const { x, settling } = batch;
    try {
      await settling.advance(this.model.config.steps - settling.steps);
      const update = await settling.learn();
      this.updates++;
      return { ...update, batch: batch.batch, images: x.shape[0] };
    } finally {
      this.abandon(batch);
    }
  }

  /** Frees a batch that will not be finished. */
  abandon({ x, settling }: TrainingBatch): void {
    settling.dispose();
    x.dispose();
  }
}
