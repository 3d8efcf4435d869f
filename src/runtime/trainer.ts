import type { Batch, Position } from '../data/batches.ts';
import type { Split } from '../data/dataset.ts';
import type { ImageModel, LearningReport, Watched } from '../engine/model.ts';
import { Feed } from './feed.ts';

/** What one update saw, and of which images. */
export interface UpdateReport extends LearningReport {
  readonly batch: Batch;
  readonly images: number;
}

/** Trains a model on one split, a batch at a time. The model stays the caller's. */
export class Trainer {
  private readonly feed: Feed;
  private readonly labels: Uint8Array | null;
  private dealt = 0;
  private pending: Promise<UpdateReport> | null = null;

  constructor(
    private readonly model: ImageModel,
    split: Split,
    seed: number,
    position?: Position,
  ) {
    this.feed = new Feed(split, seed, position, model.shades);
    this.labels = split.labels;
  }

  /** Where the next batch starts. */
  get position(): Position {
    return this.feed.position;
  }

  /** Images of all batches that were begun, those included whose report is still on its way. */
  get begun(): number {
    return this.dealt;
  }

  get imagesPerEpoch(): number {
    return this.feed.imagesPerEpoch;
  }

  /**
   * Learns from the next batch; answers with the reports that have come in. Where the model lets batches overlap, the report of
   * this one comes with the next call, or with `drain`. Throws a "diverged" error, and leaves the parameters as they
   * were, when numbers stop being finite.
   */
  async step(watched: Watched = {}): Promise<readonly UpdateReport[]> {
    const { batch, x } = this.feed.next(this.model.config.batch);
    const images = batch.indices.length;
    this.dealt += images;
    try {
      const labels = this.labels && Uint8Array.from(batch.indices, (index) => this.labels![index]!);
      const { report } = await this.model.learn(x, { ...watched, ...(labels && { labels }) });
      const { pending: before } = this;
      this.pending = report.then((told) => ({ ...told, batch, images }));
      this.pending.catch(() => undefined); // heard of in drain
      const told = before ? [await before] : [];
      return this.model.overlaps ? told : [...told, ...(await this.drain())];
    } finally {
      x.dispose();
    }
  }

  /** Waits for the report that is still on its way, if any. */
  async drain(): Promise<readonly UpdateReport[]> {
    const { pending } = this;
    this.pending = null;
    return pending ? [await pending] : [];
  }
}
