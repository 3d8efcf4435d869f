import type { Position } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Images } from '../engine/measures/images.ts';
import { measureReconstruction } from '../engine/measures/reconstruction.ts';
import type { ImageModel } from '../engine/model.ts';
import { generates } from '../engine/model.ts';
import type { TrainingRecord } from '../io/modelFile.ts';
import { RunawayWatch } from '../runtime/runaway.ts';
import type { UpdateReport } from '../runtime/trainer.ts';
import { Trainer } from '../runtime/trainer.ts';
import { mean } from '../shared/arrays.ts';
import { grouped } from '../shared/grouped.ts';
import { breathe, duration, lossText, Progress } from './progress.ts';

/** What one epoch (or the part of it that was run) gave: a line of the log. */
export interface EpochRecord {
  /** 1 for the first. */
  readonly epoch: number;
  /** Images the model has learnt from since its beginning. */
  readonly imagesSeen: number;
  /** Images of this epoch that these numbers are about: fewer than all where the run stopped or was resumed. */
  readonly images: number;
  /** Time spent training on them. */
  readonly seconds: number;
  /** Mean BCE, or what else the model makes small, before each update, nats an image. */
  readonly trainBce: number;
  /** BCE on held-out test images after the epoch; null without any. */
  readonly testBce: number | null;
  /** ρ_1 … ρ_L on the held-out images, or on the training images without any; empty where that says nothing. */
  readonly sparsity: readonly number[];
}

interface TrainPlan {
  /** Epochs in all, from the model's beginning. */
  readonly epochs: number;
  /** Images in all, from the model's beginning. */
  readonly images: number;
}

/** What the run asks of its caller. */
interface TrainEvents {
  /** After every epoch, and after the last update of a run that stops within one. */
  onEpoch(record: EpochRecord): Promise<void>;
  /** A copy of the model as it is, between two batches, for when it is due. */
  readonly spare: { readonly due: boolean; keep(): Promise<void> };
  /** True ends the run as soon as the model asks how it is; the batch on its way is thrown away. */
  stopped(): boolean;
}

/** A checkpoint that was written: all of it, as another may have taken its place when it turns out to be the last good one. */
export interface KeptCheckpoint {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly imagesSeen: number;
}

/** Ends a batch that is on its way. */
class Stopped extends Error {}

/** Trains a model up to a plan, showing progress. */
export class TrainRun {
  private readonly trainer: Trainer;
  private readonly progress = new Progress();
  private readonly startedAt = performance.now();
  private readonly startedWith: number;
  /** What was kept of it, and whether it has run away since. */
  readonly watch: RunawayWatch<KeptCheckpoint>;
  /** Where the next batch that has not been learnt from begins. */
  private position: Position;

  constructor(
    private readonly model: ImageModel,
    private readonly data: Dataset,
    private readonly heldOut: Images,
    private readonly seed: number,
    private readonly plan: TrainPlan,
    position?: Position,
  ) {
    this.trainer = new Trainer(model, data.train, seed, position);
    this.position = this.trainer.position;
    this.startedWith = model.imagesSeen;
    this.watch = new RunawayWatch(model.pixels);
  }

  /** Whether the plan is fulfilled. */
  get done(): boolean {
    return this.position.epoch >= this.plan.epochs || this.model.imagesSeen >= this.plan.images;
  }

  /** Whether what was begun fulfils the plan's images; its last report may still be on its way. */
  private get begunEnough(): boolean {
    return this.startedWith + this.trainer.begun >= this.plan.images;
  }

  /** Where the run stands, for a model file. */
  get record(): TrainingRecord {
    const { model, seed, position } = this;
    return {
      ...position,
      step: model.updates,
      imagesSeen: model.imagesSeen,
      seed,
      rng: null,
    };
  }

  /** What is made small, for people. */
  get lossName(): string {
    return this.model.lossName ?? 'BCE';
  }

  /** Whether what is made small is a BCE: what others are in proportion to, nobody knows. */
  private get isBce(): boolean {
    return this.model.lossName === undefined;
  }

  note(line: string): void {
    this.progress.note(line);
  }

  /** Runs to the plan's end or until it is stopped. Throws a "diverged" error when numbers stop being finite or are out of all proportion. */
  async run(events: TrainEvents): Promise<void> {
    try {
      while (!this.done && !events.stopped()) await this.epoch(events);
    } finally {
      this.progress.clear();
    }
  }

  /** One epoch, or what is left of it. */
  private async epoch(events: TrainEvents): Promise<void> {
    const { epoch } = this.position;
    const began = performance.now();
    const sums = { images: 0, bce: 0, sparsity: [] as number[] };
    const recent: number[] = [];
    const take = (reports: readonly UpdateReport[]) => {
      for (const report of reports) {
        const { images, bce, sparsity } = report;
        this.position = report.batch.next;
        if (this.isBce) this.watch.take(bce);
        sums.images += images;
        sums.bce += bce * images;
        sums.sparsity = sparsity.map((share, i) => (sums.sparsity[i] ?? 0) + share * images);
        recent.push(bce);
        if (recent.length > 20) recent.shift();
        for (const warning of report.warnings) this.progress.note(warning);
        this.show(epoch, mean(recent));
      }
    };
    while (this.trainer.position.epoch === epoch && !this.begunEnough) {
      const reports = await this.update(events);
      take(reports ?? (await this.trainer.drain()));
      if (!reports) return;
      if (events.spare.due && !this.watch.suspects) {
        take(await this.trainer.drain());
        await events.spare.keep();
      }
    }
    take(await this.trainer.drain());
    const seconds = (performance.now() - began) / 1000;
    const test = this.heldOut.count > 0 ? await this.measure() : null;
    if (test && this.isBce) this.watch.check(test.bce);
    await events.onEpoch({
      epoch: epoch + 1,
      imagesSeen: this.model.imagesSeen,
      images: sums.images,
      seconds,
      trainBce: sums.bce / sums.images,
      testBce: test?.bce ?? null,
      sparsity: test?.sparsity ?? sums.sparsity.map((sum) => sum / sums.images),
    });
  }

  /** One batch, letting signals through; the reports that came in, or null when stopped, with nothing learnt from it. */
  private async update(events: TrainEvents): Promise<readonly UpdateReport[] | null> {
    const onProgress = async () => {
      await breathe();
      if (events.stopped()) throw new Stopped();
    };
    try {
      await onProgress();
      return await this.trainer.step({ onProgress });
    } catch (error) {
      if (error instanceof Stopped) return null;
      throw error;
    }
  }

  private async measure() {
    if (!generates(this.model)) return null;
    return measureReconstruction(this.model, this.heldOut, {
      batch: this.model.config.batch,
      onProgress: this.progress.follow('Measuring test images'),
    });
  }

  private show(epoch: number, bce: number): void {
    const { count } = this.data.train;
    const { epochs, images } = this.plan;
    const learnt = this.model.imagesSeen - this.startedWith;
    const here = this.position.epoch > epoch ? count : this.position.offset;
    const left = Math.min(
      (epochs - epoch) * count - here,
      Math.max(0, images - this.model.imagesSeen),
    );
    const rate = learnt / ((performance.now() - this.startedAt) / 1000);
    this.progress.show(learnt / (learnt + left), () =>
      [
        `epoch ${epoch + 1}${Number.isFinite(epochs) ? `/${epochs}` : ''}`,
        `${grouped(here)}/${grouped(count)}`,
        `${rate.toFixed(rate < 10 ? 1 : 0)} images/s`,
        `${this.lossName} ${lossText(bce, 1)}`,
        `${duration(left / rate)} left`,
      ].join(', '),
    );
  }
}
