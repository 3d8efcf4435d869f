import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Batch, Batches, Position } from '../data/batches.ts';
import { createBatches } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { binarise } from '../data/dataset.ts';
import type { Images } from '../engine/measures/images.ts';
import type { Model } from '../ngc/model.ts';
import type { Settling, Update } from '../ngc/settling.ts';

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
  private pending: Promise<UpdateReport> | null = null;
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
   * Settles what is left of the batch, learns from it and frees it; answers with the reports that have come in. Where the
   * executor lets batches overlap, the next one may begin before this one's report is there: it comes with the next
   * call, or with `drain`. Throws a "diverged" error, and leaves the synapses as they were, when numbers stop
   * being finite.
   */
  async finish(batch: TrainingBatch): Promise<readonly UpdateReport[]> {
    const { settling } = batch;
    try {
      const before = await this.drain();
      await settling.advance(this.model.config.steps - settling.steps);
      // From here to the assignment nothing waits: whoever begins the next batch finds this update on its way.
      this.pending = this.report(batch);
      this.pending.catch(() => undefined); // heard of in drain
      return this.model.executor.overlaps ? before : [...before, ...(await this.drain())];
    } catch (error) {
      this.abandon(batch);
      throw error;
    }
  }

  /** Waits for the report that is still on its way, if any. */
  async drain(): Promise<readonly UpdateReport[]> {
    const { pending } = this;
    this.pending = null;
    return pending ? [await pending] : [];
  }

  private async report(batch: TrainingBatch): Promise<UpdateReport> {
    const images = batch.x.shape[0];
    try {
      const update = await batch.settling.learn();
      this.updates++;
      return { ...update, batch: batch.batch, images };
    } finally {
      this.abandon(batch);
    }
  }

  /** Frees a batch; one that is freed already stays so. */
  abandon({ x, settling }: TrainingBatch): void {
    if (x.isDisposed) return;
    settling.dispose();
    x.dispose();
  }
}
