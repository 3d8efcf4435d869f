import type { Position } from '../data/batches.ts';
import { imagesOf } from '../data/dataset.ts';
import { ownClassificationError } from '../engine/measures/classification.ts';
import { surprisesOf } from '../engine/measures/energy.ts';
import { measureReconstruction } from '../engine/measures/reconstruction.ts';
import type { ImageModel, ModelSettings } from '../engine/model.ts';
import { classifies, generates, hasEnergy } from '../engine/model.ts';
import type { Settings, Training } from '../experiments/experiment.ts';
import type { TrainingRecord } from '../io/modelFile.ts';
import { changeSettings } from '../models/changes.ts';
import type { Family } from '../models/family.ts';
import { RunawayWatch } from '../runtime/runaway.ts';
import type { UpdateReport } from '../runtime/trainer.ts';
import { Trainer } from '../runtime/trainer.ts';
import { mean } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { Course } from './course.ts';
import { isBest, isWorn, looked } from './course.ts';
import type { LabImages } from './splits.ts';
import { firstImages } from './splits.ts';
import type { Work } from './work.ts';
import { follow } from './work.ts';

/** Validation images that a look measures on. */
const LOOKED_AT = 1_000;
/** A checkpoint is kept at least this often. */
const KEEP_EVERY_MS = 60_000;

/** What a training asks of whoever runs it. */
export interface LearningEvents {
  /** Keeps the model as it is now, so that the training can go on from here. */
  keep(course: Course, record: TrainingRecord): Promise<void>;
  /** Keeps the model as the best so far. */
  keepBest(record: TrainingRecord): Promise<void>;
  /** A look was taken: the curve has one more point. */
  onLook(course: Course): void;
}

/** The settings that a training begins with. Throws a config error that names what is wrong. */
export function firstSettings({ variant, stages }: Training, family: Family): ModelSettings {
  return family.parse({ ...stages[0]?.settings, variant });
}

/** Trains a model, from where its course stands to its end. The model stays the caller's. */
export class Learning {
  private readonly trainer: Trainer;
  /** Where the next batch that has not been learnt from begins. */
  private position: Position;
  /** Images learnt from when this began. */
  private readonly from: number;
  private keptAt = performance.now();
  /** Whether the training has run away, though its numbers are finite. */
  private readonly watch: RunawayWatch<never>;
  /** The stage whose losses it compares. */
  private stage = -1;

  constructor(
    private readonly training: Training,
    private readonly model: ImageModel,
    private readonly family: Family,
    private readonly images: LabImages,
    private course: Course,
    position: Position | undefined,
    private readonly work: Work,
    private readonly events: LearningEvents,
  ) {
    this.trainer = new Trainer(model, images.train, training.seed, position);
    this.position = this.trainer.position;
    this.from = model.imagesSeen;
    this.watch = new RunawayWatch(model.pixels);
  }

  /**
   * Runs to the end. Throws a "cancelled" error when stopped, with a checkpoint kept, and a "diverged" error where numbers stop
   * being finite or leave all proportion.
   */
  async run(): Promise<Course> {
    try {
      for (;;) {
        if (this.lookIsDue) await this.look();
        if (this.ended) break;
        await this.learn();
      }
      this.watch.end();
      return this.course;
    } catch (error) {
      if (error instanceof NgcError && error.kind === 'cancelled') await this.keep();
      throw error;
    }
  }

  /** Images of all batches that were begun. */
  private get begun(): number {
    return this.from + this.trainer.begun;
  }

  private get total(): number {
    return this.training.stages.at(-1)?.images ?? 0;
  }

  private get timeIsUp(): boolean {
    return this.course.seconds >= (this.training.seconds ?? Infinity);
  }

  private get ended(): boolean {
    return (
      this.model.imagesSeen >= this.total || this.timeIsUp || isWorn(this.course, this.training)
    );
  }

  private get lookIsDue(): boolean {
    const { every } = this.training;
    const seen = this.model.imagesSeen;
    const last = this.course.curve.images.at(-1) ?? 0;
    return seen > last && (Math.floor(seen / every) > Math.floor(last / every) || this.ended);
  }

  private get record(): TrainingRecord {
    const { model, training, position } = this;
    const { updates: step, imagesSeen } = model;
    return { ...position, step, imagesSeen, seed: training.seed, rng: null };
  }

  /** Batches up to the next look, or to the end of the stage. */
  private async learn(): Promise<void> {
    const { training, work, model } = this;
    const stage = this.enterStage();
    const nextLook = (Math.floor(this.begun / training.every) + 1) * training.every;
    const until = Math.min(nextLook, stage);
    const label = `Training ${model.title}`;
    while (this.begun < until && !this.timeIsUp) {
      await this.timed(() => this.trainer.step({ onProgress: () => work.pause() }));
      const share = Math.max(
        this.begun / this.total,
        this.course.seconds / (training.seconds ?? Infinity),
      );
      work.show(label, Math.min(1, share));
      if (performance.now() - this.keptAt > KEEP_EVERY_MS) {
        await this.timed(() => this.trainer.drain());
        await this.keep();
      }
    }
    await this.timed(() => this.trainer.drain());
  }

  /** Gives the model the settings of the stage that it is in; up to how many images that goes. */
  private enterStage(): number {
    const { stages } = this.training;
    const at = stages.findIndex(({ images }) => images > this.begun);
    if (at !== this.stage) this.watchStage(at);
    const settings = stages
      .slice(0, at + 1)
      .reduce<Settings>((all, stage) => ({ ...all, ...stage.settings }), {});
    this.steer(settings);
    return stages[at]?.images ?? 0;
  }

  /** Losses of other settings are not compared; where it goes on from a checkpoint, those of the looks before are. */
  private watchStage(at: number): void {
    this.stage = at;
    this.watch.forget();
    if (!this.isWatched) return;
    const from = this.training.stages[at - 1]?.images ?? 0;
    const { images, train } = this.course.curve;
    for (const [i, loss] of train.entries())
      if ((images[i - 1] ?? 0) >= from) this.watch.take(loss);
  }

  /** Whether its losses are watched: they are a BCE (what others are in proportion to, nobody knows), and it does not end by its patience. */
  private get isWatched(): boolean {
    return this.model.lossName === undefined && this.training.patience === undefined;
  }

  private steer(settings: Settings): void {
    const { family, model } = this;
    family.steer(model, changeSettings(family, model.config, settings));
  }

  /** Takes the reports of a part of the work, and the time it took. A batch that is given up leaves nothing behind. */
  private async timed(step: () => Promise<readonly UpdateReport[]>): Promise<void> {
    const began = performance.now();
    try {
      this.take(await step());
    } catch (error) {
      this.take(await this.trainer.drain());
      throw error;
    } finally {
      const seconds = this.course.seconds + (performance.now() - began) / 1000;
      this.course = { ...this.course, seconds };
    }
  }

  private take(reports: readonly UpdateReport[]): void {
    for (const { batch, bce, images } of reports) {
      this.position = batch.next;
      const { loss, images: before } = this.course.since;
      const since = { loss: loss + bce * images, images: before + images };
      this.course = { ...this.course, since };
      if (this.isWatched) this.watch.take(bce);
    }
  }

  /** Measures on validation images, and keeps what is to be kept. */
  private async look(): Promise<void> {
    const validation = await this.measured();
    this.course = looked(this.course, this.model.imagesSeen, validation);
    if (this.training.patience !== undefined && isBest(this.course))
      await this.events.keepBest(this.record);
    await this.keep();
    this.events.onLook(this.course);
  }

  private async measured(): Promise<number | null> {
    const { model, family, training } = this;
    const { config } = model;
    this.steer(training.reading ?? {});
    try {
      const value = await this.measure();
      if (value === null) return null;
      if (Number.isFinite(value)) {
        if (this.isWatched) this.watch.check(value);
        return value;
      }
      throw new NgcError(
        'diverged',
        `Training diverged: after ${grouped(model.imagesSeen)} images the validation images are measured as ${value}.`,
      );
    } finally {
      family.steer(model, config);
    }
  }

  /** BCE of models that reconstruct (free energy, where they have one), else Err in percent of those that classify, else nothing. */
  private async measure(): Promise<number | null> {
    const { model, images, training, work } = this;
    const split = firstImages(images.validation, training.looksAt ?? LOOKED_AT);
    if (split.count === 0) return null;
    const batched = { batch: model.config.batch, onProgress: follow(work, 'Validating') };
    const seen = imagesOf(split, undefined, model.shades);
    if (generates(model)) {
      if (hasEnergy(model)) return mean(await surprisesOf(model, seen, batched));
      return (await measureReconstruction(model, seen, batched)).bce;
    }
    if (!classifies(model) || !split.labels) return null;
    return ownClassificationError(model, seen, split.labels, batched);
  }

  /** What is out of proportion does not take the place of what was kept before. */
  private async keep(): Promise<void> {
    if (this.watch.suspects) return;
    await this.events.keep(this.course, this.record);
    this.keptAt = performance.now();
  }
}
