import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Batch, Position } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import { stepsToLearn } from '../ngc/config/episodes.ts';
import type { Running, Settling, Update } from '../ngc/settling.ts';
import { Feed } from '../runtime/feed.ts';

/** What one weight update saw and did, and of which images. */
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

/** Trains a network on one split so that every settling step can be watched. The network stays the caller's. */
export class SteppedTrainer {
  updates = 0;
  private readonly feed: Feed;
  private pending: Promise<UpdateReport> | null = null;

  constructor(
    private readonly running: Running,
    split: Split,
    seed: number,
    position?: Position,
  ) {
    this.feed = new Feed(split, seed, position);
  }

  /** Where the next batch starts. */
  get position(): Position {
    return this.feed.position;
  }

  get imagesPerEpoch(): number {
    return this.feed.imagesPerEpoch;
  }

  /** Takes the next batch and puts the states to zero. */
  async begin(): Promise<TrainingBatch> {
    const { model, executor } = this.running;
    const { batch, x } = this.feed.next(model.config.batch);
    try {
      return { batch, x, settling: await executor.begin(model, x) };
    } catch (error) {
      x.dispose();
      throw error;
    }
  }

  /**
   * Settles what is left of the batch, learns from it and frees it; answers with the reports that have come in. Where the
   * executor lets batches overlap, the next one may begin before this one's report is there: it comes with the next
   * call, or with `drain`. Throws a "diverged" error, and leaves the synapses as they were, when numbers stop
   * being finite.
   */
  async finish(batch: TrainingBatch): Promise<readonly UpdateReport[]> {
    const { model, executor } = this.running;
    let { settling } = batch;
    try {
      const before = await this.drain();
      if (settling.outdated) {
        settling.dispose();
        settling = await executor.begin(model, batch.x);
      }
      await settling.advance(stepsToLearn(model.config) - settling.steps);
      // From here to the assignment nothing waits: whoever begins the next batch finds this update on its way.
      this.pending = this.report({ ...batch, settling });
      this.pending.catch(() => undefined); // heard of in drain
      return executor.overlaps ? before : [...before, ...(await this.drain())];
    } catch (error) {
      this.abandon({ ...batch, settling });
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
