import type { Split } from '../data/dataset.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { RunCard } from '../protocol/runs.ts';
import type { Moment } from '../protocol/learning.ts';
import type { SettingChange, TrainingStatus } from '../protocol/snapshot.ts';
import { Ending } from './learning/ending.ts';
import { History } from './learning/history.ts';
import { isMeasurementDue, measured, measuredImages } from './learning/measuring.ts';
import { exampleImages, momentOf } from './learning/moments.ts';
import { PIXELS } from '../data/dataset.ts';
import { RunawayWatch } from '../runtime/runaway.ts';
import { Past } from './learning/past.ts';
import type { Standing } from './learning/stopWatch.ts';
import type { GoodState } from './runs/goodState.ts';
import type { Measured, RunRecord } from './runs/record.ts';
import type { TrainingBatch, UpdateReport } from './steppedTrainer.ts';
import { Rate } from './rate.ts';
import { SteppedTrainer } from './steppedTrainer.ts';
import type { Network } from './network.ts';

/** Images/s are shown once they are of so long; the time left, which multiplies what they are wrong by, once of so long. */
const RATE_FROM_MS = 1000;
const TIME_LEFT_FROM_MS = 3000;

/** Where training stands in the data. */
interface Place {
  readonly epoch: number;
  readonly imagesInEpoch: number;
}

/** Who a run is, whatever becomes of it. */
export interface RunIdentity {
  readonly id: string;
  readonly name: string;
  readonly began: string;
  /** Images to learn from, by name and number: a run goes on only with its own. */
  readonly dataset: RunCard['dataset'];
  /** What computes: numbers are the same only where it is. */
  readonly backend: string;
}

/** A network in training on a dataset: batches, measurements, history. The network stays the session's. */
export class TrainingRun {
  history: History;
  /** As it was kept last, if it was. */
  kept: RunCard | null = null;
  /** Seconds of training so far, pauses not counted. */
  seconds = 0;
  past: Past;
  /** What was kept of it, as files, and whether it has run away since. */
  readonly watch = new RunawayWatch<Uint8Array>(PIXELS);
  /** The images that it is watched by. */
  readonly examples: Split;
  private trainer: SteppedTrainer;
  private current: TrainingBatch | null = null;
  private place: Place;
  /** Images learnt from, as far as reports have come in. */
  private imagesSeen: number;
  /** Those of them that the network had seen before. */
  private readonly from: number;
  private found: Measured | null = null;
  /** The settings of the last point. */
  private settings: ModelConfig;
  private last: { bce: number; sparsity: readonly number[] } | null = null;
  readonly rate = new Rate();
  /** When it ends by itself. */
  readonly ending: Ending;

  /** @param before what is known of it from its file, where it goes on with one */
  constructor(
    readonly network: Network,
    public identity: RunIdentity,
    readonly train: Split,
    /** Held out of the training images; none of very small sets. */
    private readonly validation: Split,
    before: RunRecord | null = null,
    past: Moment[] = [],
  ) {
    this.past = new Past(past);
    this.ending = new Ending(before?.ending ?? undefined);
    // Of very small sets nothing is held out.
    this.examples = exampleImages(validation.count > 0 ? validation : train);
    const { training, seed } = network;
    const position =
      training && training.offset < train.count
        ? { epoch: training.epoch, offset: training.offset }
        : undefined;
    this.trainer = new SteppedTrainer(network, train, seed, position);
    this.imagesSeen = network.model.imagesSeen;
    this.from = before?.from ?? this.imagesSeen;
    this.settings = network.model.config;
    const start = this.trainer.position;
    this.place = { epoch: start.epoch, imagesInEpoch: start.offset };
    this.history = new History(before?.history);
    if (!before) return;
    this.trainer.updates = before.updates;
    this.past.goOnAt(before.updates);
    this.found = before.measured;
    this.last = before.last;
    this.seconds = before.card.seconds;
  }

  /**
   * Everything about it that its network's checkpoint does not hold. Between two batches, with nothing on its way.
   * @param underway whether it goes on
   */
  record(underway: boolean): RunRecord {
    const { network, identity, place, seconds, last, found } = this;
    const { model, title, seed } = network;
    const { variant } = model.config;
    return {
      card: {
        ...identity,
        ...{ variant, title, seed, seconds, underway },
        saved: new Date().toISOString(),
        epoch: place.epoch,
        imagesSeen: this.imagesSeen,
        trainBce: last?.bce ?? null,
        validationBce: found?.bce ?? null,
      },
      fromSeed: network.fromSeed,
      from: this.from,
      updates: this.trainer.updates,
      measured: found,
      last,
      history: this.history.points,
      ending: this.ending.kept,
    };
  }

  /** The batch being settled, if one has begun. */
  get batch(): TrainingBatch | null {
    return this.current;
  }

  get updates(): number {
    return this.trainer.updates;
  }

  /** Images that it, and not another run of the network before, has learnt from. */
  get imagesSeenHere(): number {
    return this.imagesSeen - this.from;
  }

  /** Where the next batch starts: what a checkpoint stores. A batch that is half settled counts as not begun. */
  get position(): { epoch: number; offset: number } {
    return { epoch: this.place.epoch, offset: this.place.imagesInEpoch };
  }

  async begin(): Promise<TrainingBatch> {
    this.current ??= await this.trainer.begin();
    return this.current;
  }

  /** Whether a measurement is due before the next batch. */
  get measurementDue(): boolean {
    const { updates } = this.trainer;
    if (this.validation.count === 0) return false;
    if (this.found === null) return true;
    if (this.found.updates === updates) return false;
    return isMeasurementDue(updates);
  }

  /** Whether what it can do now is to be kept, before the next batch. */
  get momentDue(): boolean {
    return this.past.isDue(this.trainer.updates);
  }

  /** What it can do now. Between two batches, with nothing on its way. */
  moment(): Promise<Moment> {
    return momentOf(this.network, this.examples);
  }

  /** Keeps what it can do now. */
  async keepMoment(): Promise<void> {
    const pausedAt = performance.now();
    this.past.keep(await this.moment(), this.trainer.updates);
    this.rate.rest(performance.now() - pausedAt);
  }

  /** Where it stands, as far as it may end by itself: the next batch counts. */
  get standing(): Standing {
    const { epoch, offset } = this.trainer.position;
    const { imagesPerEpoch } = this.trainer;
    const { perSecond, over } = this.rate.now;
    return {
      ...{ epoch, ofEpoch: offset / imagesPerEpoch, measured: this.found },
      secondsAnEpoch: over >= TIME_LEFT_FROM_MS ? imagesPerEpoch / perSecond : null,
    };
  }

  /** The images of the validation slice that it is measured on; of very small sets, images it learns from. */
  get heldOut(): Split {
    const { validation, train } = this;
    return measuredImages(validation.count > 0 ? validation : train);
  }

  /** Measures on held-out images. `onStep` may throw to cancel. */
  async measure(onStep: () => Promise<void>): Promise<void> {
    const pausedAt = performance.now();
    const at = this.imagesSeen;
    const { updates } = this.trainer;
    const { mmse, ...found } = await measured(this.network, this.validation, updates, onStep);
    this.found = { at, updates, ...found, mmse: mmse ?? this.found?.mmse ?? null };
    this.rate.rest(performance.now() - pausedAt);
    this.history.add({
      imagesSeen: at,
      trainBce: null,
      validationBce: found.bce,
      sparsity: found.sparsity,
      discrepancy: found.discrepancy,
      mmse,
      weightChanges: [],
      changes: this.settingChanges(),
    });
  }

  /**
   * Finishes the current batch: settles the rest, learns, writes history. With `wait` its own report is there when this
   * returns; else it may come with the next batch's. Returns warnings for the user.
   */
  async finish(wait: boolean): Promise<readonly string[]> {
    const batch = await this.begin();
    this.current = null;
    const warnings = this.take(await this.trainer.finish(batch));
    return wait ? [...warnings, ...(await this.drain())] : warnings;
  }

  /** Waits for what is still on its way, so that the network, its history and the place in the data agree. */
  async drain(): Promise<readonly string[]> {
    return this.take(await this.trainer.drain());
  }

  private take(reports: readonly UpdateReport[]): string[] {
    const { network } = this;
    for (const report of reports) {
      network.observe(report);
      const { epoch, offset } = report.batch.next;
      this.place = { epoch, imagesInEpoch: offset };
      this.imagesSeen += report.images;
      this.last = { bce: report.bce, sparsity: report.sparsity };
      this.rate.add(report.images);
      const changes = this.settingChanges();
      this.history.add({
        imagesSeen: this.imagesSeen,
        trainBce: report.bce,
        validationBce: null,
        sparsity: report.sparsity,
        discrepancy: null,
        mmse: null,
        weightChanges: report.weightChanges,
        changes,
      });
      if (changes.length > 0) this.watch.forget();
      this.watch.take(report.bce);
    }
    return reports.flatMap(({ warnings }) => warnings);
  }

  /** The settings that are others than at the last point. */
  private settingChanges(): SettingChange[] {
    const { config } = this.network.model;
    const before = this.settings;
    this.settings = config;
    return (Object.keys(config) as (keyof ModelConfig)[])
      .filter((key) => String(config[key]) !== String(before[key]))
      .map((key) => ({ key, value: config[key] }));
  }

  /** Goes back to an earlier state, as if what came after it had not been. */
  async goBack({ memento, position, record, past }: GoodState): Promise<void> {
    await this.trainer.drain().catch(() => undefined); // it is thrown away, whatever became of it
    if (this.current) this.trainer.abandon(this.current);
    this.current = null;
    this.network.putBack(memento);
    this.place = { epoch: position.epoch, imagesInEpoch: position.offset };
    this.imagesSeen = memento.imagesSeen;
    this.trainer = new SteppedTrainer(this.network, this.train, this.network.seed, this.position);
    this.trainer.updates = record.updates;
    this.found = record.measured;
    this.last = record.last;
    this.history = new History(record.history);
    this.past = new Past(past);
    this.past.goOnAt(record.updates);
  }

  /** @param running whether training goes on: what rests has no pace */
  status(running: boolean): TrainingStatus {
    const { place, trainer, found } = this;
    const { perSecond, over } = this.rate.now;
    const left = trainer.imagesPerEpoch - place.imagesInEpoch;
    return {
      epoch: place.epoch,
      imagesInEpoch: place.imagesInEpoch,
      imagesPerEpoch: trainer.imagesPerEpoch,
      imagesSeen: this.network.model.imagesSeen,
      updates: trainer.updates,
      imagesPerSecond: running && over >= RATE_FROM_MS ? perSecond : null,
      secondsLeftInEpoch: running && over >= TIME_LEFT_FROM_MS ? left / perSecond : null,
      trainBce: this.last?.bce ?? null,
      validationBce: found?.bce ?? null,
      sparsity: this.last?.sparsity ?? [],
      discrepancy: found?.discrepancy ?? null,
      mmse: found?.mmse ?? null,
      measured: found && { at: found.at, images: found.images },
      stop: this.ending.status(this.standing),
      moments: this.past.moments.length,
    };
  }

  /** Lets go of a batch that is half settled: if the run goes on, it begins with that batch again. */
  rest(): void {
    if (!this.current) return;
    this.trainer.abandon(this.current);
    this.current = null;
    const { updates } = this.trainer;
    this.trainer = new SteppedTrainer(this.network, this.train, this.network.seed, this.position);
    this.trainer.updates = updates;
  }
}
