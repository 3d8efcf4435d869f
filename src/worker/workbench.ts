import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';
import type { EpisodeKind } from '../protocol/episode.ts';
import type { FieldsOf } from '../protocol/messages.ts';
import type { ModelReport, StartReport } from '../protocol/reports.ts';
import type { GoOnReport, OpenedReport, RunCard } from '../protocol/runs.ts';
import type { Have, Notice, Snapshot } from '../protocol/snapshot.ts';
import type { Backend } from '../runtime/backends.ts';
import { startBackend } from '../runtime/backends.ts';
import { lossOr } from '../runtime/loss.ts';
import { browserHost } from '../runtime/browserHost.ts';
import { pretrainedIndex } from '../runtime/pretrained.ts';
import { messageOf, NgcError, printableText } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import { DrawingShelf } from './data/drawingShelf.ts';
import type { Elsewhere } from './elsewhere.ts';
import { OwnSets } from './data/ownSets.ts';
import { Staging } from './data/staging.ts';
import { DatasetShelf } from './datasets.ts';
import { Imaginer } from './imagining.ts';
import { LatentMapper } from './latents/mapper.ts';
import { InputDriver } from './inputDriver.ts';
import type { Drawing } from './inputEpisode.ts';
import { LiveSize } from './liveSize.ts';
import { NetworkShelf } from './networks.ts';
import { Pace } from './pacing.ts';
import { Task } from './progress.ts';
import type { Shelf } from '../storage/shelf.ts';
import { Recorder } from './recorder.ts';
import { Safekeeping } from './safekeeping.ts';
import { Autosaver } from './runs/autosave.ts';
import { RunLooks } from './runs/runLooks.ts';
import { historyIn, inUse, lookInto, RunShelf } from './runs/runShelf.ts';
import { backendReport, startReport } from './start.ts';
import { Stepper } from './stepper.ts';
import { SurpriseGauge } from './surprise.ts';
import { TrainingDriver } from './trainingDriver.ts';

/** A live episode makes at most so many steps a second, whatever the speed. */
const LIVE_PACE = 120;
const NO_HISTORY = { id: 0, points: [] };

/** What a session works with, and what needs several of its parts at once. */
export class Workbench {
  readonly recorder = new Recorder();
  readonly pace = new Pace();
  readonly task = new Task();
  readonly networks: NetworkShelf;
  readonly datasets: DatasetShelf;
  readonly input: InputDriver;
  readonly training: TrainingDriver;
  readonly surprise: SurpriseGauge;
  readonly imaginer: Imaginer;
  readonly mapper: LatentMapper;
  readonly stepper: Stepper;
  readonly safekeeping: Safekeeping;
  private readonly notices: Notice[] = [];
  private backend: Backend | null = null;

  readonly runs: RunShelf;
  readonly runLooks: RunLooks;
  readonly drawings: DrawingShelf;
  readonly ownSets: OwnSets;
  readonly staging: Staging;

  /**
   * @param openRuns opens the place where runs are kept
   * @param openData and that of drawings and images of one's own
   * @param elsewhere hears what other pages change of them
   */
  constructor(
    openRuns: () => Promise<Shelf>,
    openData: () => Promise<Shelf>,
    private readonly elsewhere: Elsewhere,
  ) {
    this.runs = new RunShelf(openRuns);
    this.runLooks = new RunLooks(this.runs);
    let opened: Promise<Shelf> | null = null;
    const data = () => (opened ??= openData());
    this.drawings = new DrawingShelf(data);
    this.ownSets = new OwnSets(data);
    const notify = (text: string) => this.notify('info', text);
    this.networks = new NetworkShelf(this.task, new LiveSize(notify));
    this.staging = new Staging(this.task, notify);
    this.datasets = new DatasetShelf(this.task, notify, this.drawings, this.ownSets);
    this.input = new InputDriver(this.networks, this.recorder, notify);
    this.training = new TrainingDriver(
      this.networks,
      this.datasets,
      this.recorder,
      this.pace,
      new Autosaver(this.runs, (sentence) => this.notify('error', sentence)),
      notify,
    );
    this.surprise = new SurpriseGauge(this.networks, this.datasets);
    this.imaginer = new Imaginer(this.networks, this.datasets, this.input, this.task);
    this.mapper = new LatentMapper(this.networks, this.datasets);
    const { input, training } = this;
    const settling = {
      advance: () => input.advance(),
      most: () => (input.live ? LIVE_PACE : Infinity),
    };
    const learning = {
      advance: (wanted: () => boolean) => training.advance(wanted),
      finish: () => training.pause(),
      most: () => Infinity,
    };
    this.stepper = new Stepper(
      { settling, training: learning },
      this.pace,
      (error) => this.failed(error),
      () => this.safekeeping.lose('The engine got stuck in a step.'),
    );
    const { networks, datasets, runs, stepper } = this;
    this.safekeeping = new Safekeeping({ networks, training, datasets, runs, stepper });
  }

  /** What ran by itself has failed. False where the device is lost: the page has heard, and starts another engine. */
  private async failed(error: unknown): Promise<boolean> {
    const why = await this.whyOf(error);
    if (this.safekeeping.isLost) return false;
    this.notify('error', messageOf(why));
    // What was learnt before is kept; what failed has been told of.
    await this.stepper.exclusive(() => this.training.pause()).catch(() => undefined);
    return true;
  }

  /** What an error comes from: a device that is lost fails in many ways. */
  whyOf(error: unknown): Promise<unknown> {
    return this.backend ? lossOr(error, this.backend) : Promise.resolve(error);
  }

  // --- the numerics ----------------------------------------------------------------------------------------------

  async start({ backend, base, alone, expects }: FieldsOf<'start'>): Promise<StartReport> {
    this.datasets.base = base;
    const [started] = await Promise.all([
      startBackend(backend, browserHost, {
        onLost: (sentence) => this.notify('info', sentence),
        ...(alone && { workers: 1 }),
      }),
      this.lookBeside(base, expects),
    ]);
    this.backend = started;
    void started.lost.then((why) => this.safekeeping.lose(why));
    this.networks.executor = started.executor;
    this.training.backend = `${started.name} (${started.adapter})`;
    return startReport(started, this.networks.pretrained);
  }

  /** Finds the networks that lie beside the page; the one that is expected begins to come. */
  private async lookBeside(base: string, expects?: Variant): Promise<void> {
    this.networks.pretrained = await pretrainedIndex(base);
    if (expects !== undefined) this.networks.expect(expects);
  }

  /** What computes. Throws where nothing has been started. */
  get started(): Backend {
    if (!this.backend) throw new NgcError('usage', 'The numerics have not started yet.');
    return this.backend;
  }

  // --- stepping by itself, and by hand ---------------------------------------------------------------------------

  /** Lets the drawing settle to the end of its episode, or beyond it. */
  async settle(): Promise<null> {
    const { stepper } = this;
    await stepper.stop();
    await stepper.exclusive(() => this.input.goOn());
    stepper.held = false;
    stepper.start('settling');
    return null;
  }

  /** Lets the drawing settle anew, from where an imagining began or from zero. */
  async takeImagining(index: number | null): Promise<null> {
    const { stepper, input, imaginer } = this;
    const start = index === null ? null : imaginer.start(index);
    await stepper.stop();
    await stepper.exclusive(() => input.beginFrom(start));
    return this.settle();
  }

  /** Trains on; nothing begins where the user pauses while data are on their way. */
  async train(): Promise<null> {
    const { stepper } = this;
    const { pauses } = stepper;
    await this.datasets.arrived();
    if (pauses !== stepper.pauses || stepper.kind === 'training') return null;
    await stepper.stop();
    await stepper.exclusive(() => this.training.resume());
    this.input.end();
    stepper.start('training');
    return null;
  }

  /** Does one thing by hand, after stopping what runs by itself. */
  async once<T>(of: EpisodeKind, work: Record<EpisodeKind, () => Promise<T>>): Promise<T> {
    if (of === 'training') await this.datasets.arrived();
    this.stepper.held = true;
    await this.stepper.stop();
    return this.stepper.exclusive(work[of]);
  }

  /** Takes the last update from the drawing back, or all of them. */
  async undoUpdates(all: boolean): Promise<ModelReport> {
    const { networks, stepper, input } = this;
    const { hasHandUpdates, isChanged } = networks.current;
    if (all && !hasHandUpdates && isChanged) return this.changeNetwork(() => networks.rewind());
    await stepper.stop();
    return stepper.exclusive(() => {
      networks.current.undoUpdates(all);
      input.end();
      return networks.reportOf(networks.current);
    });
  }

  // --- meddling with the drawing's episode -----------------------------------------------------------------------

  /** Takes a drawing; the episode of the old one is over. */
  draw(drawing: Drawing): Promise<null> {
    return this.stepper.exclusive(() => {
      this.input.draw(drawing);
      if (this.stepper.kind !== 'training') this.recorder.clear();
      return null;
    });
  }

  /** Takes a drawing into the live episode; the first of them begins it. */
  async perceive(drawing: Drawing): Promise<null> {
    const { stepper, input } = this;
    if (input.live) return this.meddle(() => input.perceive(drawing));
    await stepper.stop();
    stepper.held = false;
    return stepper.exclusive(async () => {
      await input.perceive(drawing);
      if (!stepper.held) stepper.start('settling');
      return null;
    });
  }

  /** Changes something about the episode between two of its steps; a live one that rests wakes. */
  meddle(change: () => Promise<void>): Promise<null> {
    const { stepper, input } = this;
    return stepper.exclusive(async () => {
      const { live, resting } = input;
      await change();
      if (live && resting && !stepper.held) stepper.start('settling');
      return null;
    });
  }

  /** Settings that only steer stop nothing; others make a new network. */
  async changeSettings(settings: Partial<ModelConfig>): Promise<ModelReport> {
    let steered: ModelReport | null = null;
    await this.meddle(async () => {
      steered = this.networks.steer(settings);
      if (steered && this.stepper.kind !== 'training') await this.input.steered();
    });
    return steered ?? this.changeNetwork(() => this.networks.changeSettings(settings));
  }

  // --- what is worked on -----------------------------------------------------------------------------------------

  /** Changes the network; what was running on the old one has stopped. The drawing stays. */
  async changeNetwork<T>(change: () => Promise<T>): Promise<T> {
    await this.stepper.stop();
    return this.stepper.exclusive(async () => {
      const before = this.networks.active;
      const result = await change();
      if (this.networks.active !== before) {
        this.input.end();
        this.recorder.clear();
        this.training.end();
        this.input.healStrangers();
      }
      return result;
    });
  }

  /**
   * Changes the dataset, while whatever runs goes on; then training, if it ran, stops, to start anew at the first image
   * of the new data. The synapses stay.
   */
  async changeDataset<T>(change: () => Promise<T>): Promise<T> {
    const result = await change();
    if (this.stepper.kind === 'training') await this.stepper.stop();
    await this.stepper.exclusive(() => this.training.end());
    return result;
  }

  // --- runs that are kept ----------------------------------------------------------------------------------------

  /**
   * Takes up a run where it was kept: its network, its images, its curves. Training begins when it is asked for. Throws a data error
   * where its images are not here, a usage error where another page is at it.
   */
  async goOn(id: string): Promise<GoOnReport> {
    const { runs, datasets, networks, training, stepper } = this;
    await datasets.arrived();
    const active = training.run;
    if (active?.identity.id !== id || active.network !== networks.active) {
      if (!(await runs.claim(id))) throw inUse();
      const { bytes, card } = await runs.file(id);
      const { record, past } = historyIn(bytes, card.name);
      await this.imagesOf(card);
      await this.changeNetwork(() => networks.openRun(bytes, record));
      await stepper.exclusive(() => training.takeUp(record, card, past));
    }
    const model = networks.reportOf(networks.current);
    return { model, dataset: datasets.reported, stop: training.endsBy };
  }

  /** Has the images of a run in use. */
  private async imagesOf({ name, dataset }: RunCard): Promise<void> {
    const { datasets } = this;
    if (datasets.are(dataset)) return;
    const { title, images } = dataset;
    const said = `${name} learns from ${grouped(images)} images of ${title}`;
    try {
      await this.changeDataset(() => datasets.find(dataset));
    } catch (error) {
      throw new NgcError('data', `${said}, and they are not here: ${messageOf(error)}`);
    }
    if (!datasets.are(dataset))
      throw new NgcError(
        'data',
        dataset.id === 'drawings'
          ? `${said}, and your drawings are others now: train a new one.`
          : `${said}. Open its images first, then go on.`,
      );
  }

  /** Opens a model file as the user's network; one that holds a run is kept among the runs too. */
  async openModel({ bytes, name }: FieldsOf<'openModel'>): Promise<OpenedReport> {
    const model = await this.changeNetwork(() => this.networks.open(bytes, name));
    const { holdsRun, sealed } = lookInto(bytes, name);
    if (!sealed)
      this.notify('info', `${printableText(name)} carries no digest: whether it is as it was written cannot be told.`); // prettier-ignore
    if (!holdsRun) return { model, run: null };
    try {
      return { model, run: await this.runs.adopt(new Uint8Array(bytes)) };
    } catch (error) {
      this.notify('error', `The network is here, its run is not: ${messageOf(error)}`);
      return { model, run: null };
    }
  }

  // --- what the page sees ----------------------------------------------------------------------------------------

  private notify(level: Notice['level'], text: string): void {
    this.notices.push({ level, text });
  }

  snapshot(have: Have): Snapshot {
    const { run } = this.training;
    const { id, points } = run?.history ?? NO_HISTORY;
    const from = have.run === id ? have.points : 0;
    return {
      backend: this.backend && backendReport(this.backend),
      activity: this.stepper.kind ?? this.task.activity ?? 'idle',
      progress: this.task.progress,
      background: this.surprise.progress,
      imagining: this.imaginer.progress,
      mapping: this.mapper.progress,
      model: this.networks.report,
      dataset: this.datasets.report,
      missing: this.datasets.missing,
      offer: this.datasets.offer,
      training: run?.status(this.stepper.kind === 'training') ?? null,
      history: { run: id, from, points: points.slice(from) },
      episode: this.recorder.since(have),
      weightsVersion: this.networks.active?.version ?? 0,
      unsaved: this.networks.unsaved,
      autosave: this.training.autosaver.state,
      elsewhere: this.elsewhere.report,
      lesions: this.input.lesions,
      notices: this.notices.splice(0),
    };
  }
}
