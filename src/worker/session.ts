import type { ModelConfig } from '../ngc/config/settings.ts';
import type {
  EpisodeKind,
  Have,
  ModelReport,
  Notice,
  Request,
  RequestOf,
  Results,
  Snapshot,
  StartReport,
} from '../protocol/messages.ts';
import type { Backend } from '../runtime/backends.ts';
import { startBackend } from '../runtime/backends.ts';
import { browserHost } from '../runtime/browserHost.ts';
import { pretrainedIndex } from '../runtime/pretrained.ts';
import { NgcError, messageOf } from '../shared/errors.ts';
import { bench } from './benching.ts';
import { DatasetShelf } from './datasets.ts';
import { LiveSize } from './liveSize.ts';
import { NetworkShelf } from './networks.ts';
import { InputDriver } from './inputDriver.ts';
import { neuronReport, synapsesReport } from './inspection.ts';
import { Pace } from './pacing.ts';
import { Task } from './progress.ts';
import { Recorder } from './recorder.ts';
import { drawSamples } from './sampling.ts';
import { SurpriseGauge } from './surprise.ts';
import { startReport } from './start.ts';
import { TrainingDriver } from './trainingDriver.ts';

/** A live episode makes at most so many steps a second, whatever the speed. */
const LIVE_PACE = 120;

/** What the loop steps through; each start makes a new one. */
interface Stepping {
  readonly kind: 'settling' | 'training';
}

/**
 * The engine's side of the page: a small state machine (idle, loading, settling, training, sampling) with one loop that hears
 * messages between settling steps. Requests that touch a network wait for each other; `pull`, `pause`, `setSpeed` and
 * `cancel` are answered at once; `withoutLateral` and `surpriseScale` run beside everything else.
 */
export class Session {
  private readonly networks: NetworkShelf;
  private readonly datasets: DatasetShelf;
  private readonly recorder = new Recorder();
  private readonly pace = new Pace();
  private readonly task = new Task();
  private readonly notices: Notice[] = [];
  private readonly input: InputDriver;
  private readonly training: TrainingDriver;
  private readonly surprise: SurpriseGauge;
  private backend: Backend | null = null;
  private stepping: Stepping | null = null;
  /** Whether the user paused: a live episode then takes what is drawn, but does not run. */
  private held = false;
  /** Counts pauses: what waited through one does not begin. */
  private pauses = 0;
  private loop: Promise<void> = Promise.resolve();
  private queue: Promise<unknown> = Promise.resolve();

  constructor() {
    const notify = (text: string) => this.notify('info', text);
    this.networks = new NetworkShelf(this.task, new LiveSize(notify));
    this.datasets = new DatasetShelf(this.task, notify);
    this.input = new InputDriver(this.networks, this.recorder, notify);
    this.training = new TrainingDriver(
      this.networks,
      this.datasets,
      this.recorder,
      this.pace,
      notify,
    );
    this.surprise = new SurpriseGauge(this.networks, this.datasets);
  }

  /** Answers one request. Rejects with an NgcError for what the user can understand; anything else is a bug. */
  async handle(request: Request): Promise<Results[Request['type']]> {
    switch (request.type) {
      case 'pull':
        return this.snapshot(request.have);
      case 'pause':
        this.pauses++;
        this.held = true;
        await this.stop();
        return null;
      case 'setSpeed':
        this.pace.perSecond = request.stepsPerSecond;
        this.pace.interrupt();
        return null;
      case 'cancel':
        this.task.cancel();
        this.surprise.cancel();
        return null;
      case 'start':
        return this.exclusive(() => this.start(request));
      case 'selectModel':
        return this.changeNetwork(() => this.networks.select(request));
      case 'changeSettings':
        return this.changeSettings(request.settings);
      case 'openModel':
        return this.changeNetwork(() => this.networks.open(request.bytes, request.name));
      case 'rewind':
        return this.changeNetwork(() => this.networks.rewind());
      case 'reseed':
        return this.changeNetwork(() => this.networks.reseed(request.seed));
      case 'saveModel':
        return this.exclusive(async () => {
          await this.training.drain();
          return this.networks.save(this.training.run?.position ?? null);
        });
      case 'selectDataset':
        return this.changeDataset(() => this.datasets.select(request.dataset));
      case 'openDataset':
        return this.changeDataset(() => this.datasets.open(request.files));
      case 'example':
        await this.datasets.arrived();
        return this.exclusive(() => Promise.resolve(this.datasets.example(request.label)));
      case 'setInput':
        return this.exclusive(() => {
          this.input.draw(request);
          if (this.stepping?.kind !== 'training') this.recorder.clear();
          return Promise.resolve(null);
        });
      case 'liveInput':
        return this.perceive(request);
      case 'settle':
        await this.stop();
        await this.exclusive(() => Promise.resolve(this.input.startOver(request.goOn)));
        this.held = false;
        this.startLoop('settling');
        return null;
      case 'setLesions':
        return this.meddle(() => this.input.cut(request.lesions));
      case 'withoutLateral':
        return this.input.withoutLateral();
      case 'settlingStep':
        return this.once(request.of, {
          input: () => this.input.singleStep(),
          training: () => this.training.singleStep(),
        });
      case 'weightUpdate':
        return this.once(request.of, {
          input: () => this.input.weightUpdate(),
          training: () => this.training.weightUpdate(),
        });
      case 'startTraining':
        if (await this.dataHere()) {
          if (this.stepping?.kind === 'training') return null;
          await this.stop();
          await this.exclusive(() => Promise.resolve(this.training.resume()));
          this.input.end();
          this.startLoop('training');
        }
        return null;
      case 'sample':
        await this.datasets.arrived();
        await this.stop();
        return this.exclusive(() =>
          drawSamples(this.networks.current, this.datasets.current, request, this.task),
        );
      case 'fields':
        return this.exclusive(() => this.networks.current.fields(request.layer));
      case 'neuron':
        return this.exclusive(() =>
          neuronReport(this.networks.current, request.layer, request.index),
        );
      case 'synapses':
        return this.exclusive(() => synapsesReport(this.networks.current, request.name));
      case 'surpriseScale':
        return this.surprise.scale();
      case 'bench':
        await this.stop();
        return this.exclusive(() => bench(this.started(), browserHost, this.task));
      default:
        return request satisfies never;
    }
  }

  /** Waits for data on their way; false when the user has paused meanwhile and wants nothing to begin. */
  private async dataHere(): Promise<boolean> {
    const { pauses } = this;
    await this.datasets.arrived();
    return pauses === this.pauses;
  }

  private async start({ backend, base }: RequestOf<'start'>): Promise<StartReport> {
    this.datasets.base = base;
    this.networks.pretrained = await pretrainedIndex(base);
    const started = await startBackend(backend, browserHost);
    this.backend = started;
    this.networks.executor = started.executor;
    return startReport(started, this.networks.pretrained);
  }

  private started(): Backend {
    if (!this.backend) throw new NgcError('usage', 'The numerics have not started yet.');
    return this.backend;
  }

  // --- one thing at a time ---------------------------------------------------------------------------------------

  /** Runs `work` after everything that was asked before it. */
  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Starts stepping until `stop`, another start, or the end of what there is to do. */
  private startLoop(kind: Stepping['kind']): void {
    const stepping = { kind };
    this.stepping = stepping;
    // Two starts in a row: the first loop sees that it is no longer the one, and ends before the second begins.
    this.loop = this.loop.then(() => this.runLoop(stepping));
  }

  private async runLoop(stepping: Stepping): Promise<void> {
    const wanted = () => this.stepping === stepping;
    try {
      while (wanted()) {
        const more = await this.exclusive(() =>
          stepping.kind === 'training' ? this.training.advance(wanted) : this.input.advance(),
        );
        if (!more) break;
        await this.pace.wait(this.input.live ? LIVE_PACE : Infinity);
      }
      if (stepping.kind === 'training') await this.exclusive(() => this.training.drain());
    } catch (error) {
      if (!(error instanceof NgcError && error.kind === 'cancelled'))
        this.notify('error', messageOf(error));
    } finally {
      if (wanted()) this.stepping = null;
    }
  }

  /** Does one thing by hand, after stopping what runs by itself. */
  private async once(of: EpisodeKind, work: Record<EpisodeKind, () => Promise<void>>) {
    if (of === 'training') await this.datasets.arrived();
    this.held = true;
    await this.stop();
    await this.exclusive(work[of]);
    return null;
  }

  /** Stops stepping; resolves when the step under way is done. */
  private async stop(): Promise<void> {
    this.stepping = null;
    this.pace.interrupt();
    await this.loop;
  }

  // --- meddling with the drawing's episode ------------------------------------------------------------------------

  /** Takes a drawing into the live episode; the first of them begins it. */
  private async perceive(drawing: RequestOf<'liveInput'>): Promise<null> {
    if (!this.input.live) {
      await this.stop();
      this.held = false;
      return this.exclusive(async () => {
        await this.input.perceive(drawing);
        if (!this.held) this.startLoop('settling');
        return null;
      });
    }
    return this.meddle(() => this.input.perceive(drawing));
  }

  /** Changes something about the episode between two of its steps; a live one that rests wakes. */
  private meddle(change: () => Promise<void>): Promise<null> {
    return this.exclusive(async () => {
      const { live, resting } = this.input;
      await change();
      if (live && resting && !this.held) this.startLoop('settling');
      return null;
    });
  }

  /** Settings that only steer stop nothing; others make a new network. */
  private async changeSettings(settings: Partial<ModelConfig>): Promise<ModelReport> {
    let steered: ModelReport | null = null;
    await this.meddle(async () => {
      steered = this.networks.steer(settings);
      if (steered && this.stepping?.kind !== 'training') await this.input.steered();
    });
    return steered ?? this.changeNetwork(() => this.networks.changeSettings(settings));
  }

  // --- what is worked on -----------------------------------------------------------------------------------------

  /** Changes the network; what was running on the old one has stopped. The drawing stays. */
  private async changeNetwork<T>(change: () => Promise<T>): Promise<T> {
    await this.stop();
    return this.exclusive(async () => {
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
  private async changeDataset<T>(change: () => Promise<T>): Promise<T> {
    const result = await change();
    if (this.stepping?.kind === 'training') await this.stop();
    return this.exclusive(() => {
      this.training.end();
      return Promise.resolve(result);
    });
  }

  // --- what the page sees ----------------------------------------------------------------------------------------

  private notify(level: Notice['level'], text: string): void {
    this.notices.push({ level, text });
  }

  private snapshot(have: Have): Snapshot {
    const { run, runId } = this.training;
    const points = run?.history ?? [];
    const from = have.run === runId ? have.points : 0;
    return {
      activity: this.stepping?.kind ?? this.task.activity ?? 'idle',
      progress: this.task.progress,
      background: this.surprise.progress,
      model: this.networks.active?.report(this.networks.hasPrior) ?? null,
      dataset: this.datasets.report,
      training: run?.status() ?? null,
      history: { run: runId, from, points: points.slice(from) },
      episode: this.recorder.since(have),
      weightsVersion: this.networks.active?.version ?? 0,
      lesions: this.input.lesions,
      notices: this.notices.splice(0),
    };
  }
}
