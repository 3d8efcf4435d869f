import type {
  Have,
  Notice,
  Request,
  RequestOf,
  Results,
  Snapshot,
  StartReport,
} from '../protocol/messages.ts';
import { pretrainedIndex } from '../runtime/pretrained.ts';
import { NgcError, messageOf } from '../shared/errors.ts';
import { DatasetShelf } from './datasets.ts';
import { NetworkShelf } from './networks.ts';
import { Pace, yieldToMessages } from './pacing.ts';
import { Task } from './progress.ts';
import { Recorder } from './recorder.ts';
import { drawSamples } from './sampling.ts';
import type { Drawing } from './settlingInput.ts';
import { InputEpisode } from './settlingInput.ts';
import { startEngine } from './start.ts';
import { TrainingRun } from './training.ts';

/** Below this speed every settling step of training is recorded for the page; above, a few a second. */
const RECORD_EVERY_STEP_BELOW = 15;
const TRAINING_FRAME_MS = 120;

/**
 * The engine's side of the page: a small state machine (idle, loading, settling, training, sampling) with one loop that hears
 * messages between settling steps. Requests that touch a network wait for each other; `pull`, `pause`, `setSpeed` and
 * `cancel` are answered at once.
 */
export class Session {
  private readonly networks: NetworkShelf;
  private readonly datasets: DatasetShelf;
  private readonly recorder = new Recorder();
  private readonly pace = new Pace();
  private readonly task = new Task();
  private readonly notices: Notice[] = [];
  private drawing: Drawing | null = null;
  private episode: InputEpisode | null = null;
  private run: TrainingRun | null = null;
  /** Counts training runs: a rewind or another network starts a new one. */
  private runId = 1;
  private looping: 'settling' | 'training' | null = null;
  private loop: Promise<void> = Promise.resolve();
  private queue: Promise<unknown> = Promise.resolve();
  private lastTrainingFrame = 0;

  constructor() {
    const notify = (text: string) => this.notify('info', text);
    this.networks = new NetworkShelf(this.task);
    this.datasets = new DatasetShelf(this.task, notify);
  }

  /** Answers one request. Rejects with an NgcError for what the user can understand; anything else is a bug. */
  async handle(request: Request): Promise<Results[Request['type']]> {
    switch (request.type) {
      case 'pull':
        return this.snapshot(request.have);
      case 'pause':
        await this.stop();
        return null;
      case 'setSpeed':
        this.pace.perSecond = request.stepsPerSecond;
        this.pace.interrupt();
        return null;
      case 'cancel':
        this.task.cancel();
        return null;
      case 'start':
        return this.exclusive(() => this.start(request));
      case 'selectModel':
        return this.changeNetwork(() => this.networks.select(request));
      case 'changeSettings':
        return this.changeNetwork(() => this.networks.changeSettings(request.settings));
      case 'openModel':
        return this.changeNetwork(() => this.networks.open(request.bytes, request.name));
      case 'rewind':
        return this.changeNetwork(() => this.networks.rewind());
      case 'reseed':
        return this.changeNetwork(() => this.networks.reseed(request.seed));
      case 'saveModel':
        return this.exclusive(() => this.networks.save(this.run?.position ?? null));
      case 'selectDataset':
        return this.changeDataset(() => this.datasets.select(request.dataset));
      case 'openDataset':
        return this.changeDataset(() => this.datasets.open(request.files));
      case 'example':
        return this.exclusive(() => Promise.resolve(this.datasets.example(request.label)));
      case 'setInput':
        return this.exclusive(() => this.setInput(request));
      case 'settle':
        await this.stop();
        if (!this.drawing)
          throw new NgcError('usage', 'There is nothing to settle: draw something.');
        if (this.episode?.ended) this.endEpisode();
        this.startLoop('settling');
        return null;
      case 'settlingStep':
        await this.stop();
        await this.exclusive(() => this.singleStep(request.of));
        return null;
      case 'weightUpdate':
        await this.stop();
        await this.exclusive(() => this.weightUpdate(request.of));
        return null;
      case 'startTraining':
        if (this.looping === 'training') return null;
        await this.stop();
        await this.exclusive(() => Promise.resolve(this.trainingRun().forgetRate()));
        this.startLoop('training');
        return null;
      case 'sample':
        await this.stop();
        return this.exclusive(() =>
          drawSamples(this.networks.current, this.datasets.current, request, this.task),
        );
      case 'fields':
        return this.exclusive(() => this.networks.current.fields(request.layer));
      default:
        return request satisfies never;
    }
  }

  private async start({ backend, base }: RequestOf<'start'>): Promise<StartReport> {
    this.datasets.base = base;
    this.networks.pretrained = await pretrainedIndex(base);
    return startEngine(backend, this.networks.pretrained);
  }

  // --- one thing at a time ---------------------------------------------------------------------------------------

  /** Runs `work` after everything that was asked before it. */
  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  /** Starts stepping until `stop`, or until there is nothing left to do. */
  private startLoop(kind: 'settling' | 'training'): void {
    this.looping = kind;
    this.loop = this.runLoop(kind);
  }

  private async runLoop(kind: 'settling' | 'training'): Promise<void> {
    try {
      while (this.looping === kind) {
        const more = await this.exclusive(() =>
          kind === 'training' ? this.advanceTraining() : this.advanceEpisode(),
        );
        if (!more) break;
        await this.pace.wait();
      }
    } catch (error) {
      if (!(error instanceof NgcError && error.kind === 'cancelled'))
        this.notify('error', messageOf(error));
    } finally {
      if (this.looping === kind) this.looping = null;
    }
  }

  /** Stops stepping; resolves when the step under way is done. */
  private async stop(): Promise<void> {
    this.looping = null;
    this.pace.interrupt();
    await this.loop;
  }

  // --- settling the drawing --------------------------------------------------------------------------------------

  private async setInput(drawing: Drawing): Promise<null> {
    this.drawing = drawing;
    this.endEpisode();
    if (this.looping !== 'training') this.recorder.clear();
    return null;
  }

  private endEpisode(): void {
    this.episode?.dispose();
    this.episode = null;
  }

  private async currentEpisode(): Promise<InputEpisode> {
    if (!this.drawing) throw new NgcError('usage', 'There is nothing to settle: draw something.');
    this.episode ??= await InputEpisode.begin(this.networks.current, this.recorder, this.drawing);
    return this.episode;
  }

  /** One settling step; false when the episode has ended. */
  private async advanceEpisode(): Promise<boolean> {
    const begun = this.episode !== null;
    const episode = await this.currentEpisode();
    if (!begun) return true; // the state before the first step is shown first
    if (!episode.ended) await episode.step();
    return !episode.ended;
  }

  // --- training --------------------------------------------------------------------------------------------------

  private trainingRun(): TrainingRun {
    if (!this.run) {
      const { train, test } = this.datasets.loaded;
      this.run = new TrainingRun(this.networks.current, train, test);
    }
    return this.run;
  }

  private endRun(): void {
    this.run?.dispose();
    this.run = null;
    this.runId++;
  }

  /** One settling step of the batch, or what comes when it has settled. Training never ends by itself. */
  private async advanceTraining(): Promise<boolean> {
    const run = this.trainingRun();
    if (!run.batch) {
      if (run.measurementDue) await this.measure(run);
      await this.beginBatch(run);
      return true;
    }
    if (run.batch.settling.steps < this.networks.current.model.config.steps)
      await this.stepBatch(run);
    else await this.finishBatch(run);
    return true;
  }

  /** Measures the held-out slice, hearing messages meanwhile; a pause cancels it, and it is made up for later. */
  private measure(run: TrainingRun): Promise<void> {
    return run.measure(async () => {
      await yieldToMessages();
      if (this.looping !== 'training') throw new NgcError('cancelled', 'Paused.');
    });
  }

  private async beginBatch(run: TrainingRun): Promise<void> {
    this.endEpisode();
    run.begin();
    this.recorder.begin('training', this.networks.current.model, false);
    if (this.everyStepIsShown) await this.recordBatch(run);
  }

  private async stepBatch(run: TrainingRun): Promise<void> {
    const { settling } = run.begin();
    settling.step();
    const last = settling.steps >= this.networks.current.model.config.steps;
    if (
      last ||
      this.everyStepIsShown ||
      performance.now() - this.lastTrainingFrame > TRAINING_FRAME_MS
    )
      await this.recordBatch(run);
  }

  private async finishBatch(run: TrainingRun): Promise<void> {
    for (const warning of await run.finish()) this.notify('info', warning);
  }

  private get everyStepIsShown(): boolean {
    const { perSecond } = this.pace;
    return this.looping === null || (perSecond !== null && perSecond <= RECORD_EVERY_STEP_BELOW);
  }

  private async recordBatch(run: TrainingRun): Promise<void> {
    const { settling } = run.begin();
    this.lastTrainingFrame = performance.now();
    await this.recorder.record(
      this.networks.current.model,
      settling.steps,
      settling.activity,
      null,
    );
  }

  // --- single steps ----------------------------------------------------------------------------------------------

  private async singleStep(of: 'input' | 'training'): Promise<void> {
    if (of === 'input') {
      if (this.episode?.ended) this.endEpisode();
      await this.advanceEpisode();
      return;
    }
    const run = this.trainingRun();
    if (!run.batch) await this.beginBatch(run);
    else if (run.batch.settling.steps < this.networks.current.model.config.steps)
      await this.stepBatch(run);
    else await this.finishBatch(run);
  }

  private async weightUpdate(of: 'input' | 'training'): Promise<void> {
    if (of === 'training') {
      const run = this.trainingRun();
      if (!run.batch) await this.beginBatch(run);
      while (run.batch && run.batch.settling.steps < this.networks.current.model.config.steps) {
        await this.stepBatch(run);
        await yieldToMessages();
      }
      await this.finishBatch(run);
      return;
    }
    const episode = await this.currentEpisode();
    while (!episode.ended) {
      await episode.step();
      await yieldToMessages();
    }
    for (const warning of await episode.learn()) this.notify('info', warning);
    this.endEpisode();
  }

  // --- what is worked on -----------------------------------------------------------------------------------------

  /** Changes the network; what was running on the old one has stopped. The drawing stays. */
  private async changeNetwork<T>(change: () => Promise<T>): Promise<T> {
    await this.stop();
    return this.exclusive(async () => {
      const before = this.networks.active;
      const result = await change();
      if (this.networks.active !== before) {
        this.endEpisode();
        this.recorder.clear();
        this.endRun();
      }
      return result;
    });
  }

  /** Changes the dataset; training starts anew at its first image, the synapses stay. */
  private async changeDataset<T>(change: () => Promise<T>): Promise<T> {
    await this.stop();
    return this.exclusive(async () => {
      const result = await change();
      this.endRun();
      return result;
    });
  }

  // --- what the page sees ----------------------------------------------------------------------------------------

  private notify(level: Notice['level'], text: string): void {
    this.notices.push({ level, text });
  }

  private snapshot(have: Have): Snapshot {
    const points = this.run?.history ?? [];
    const from = have.run === this.runId ? have.points : 0;
    return {
      activity: this.task.activity ?? this.looping ?? 'idle',
      progress: this.task.progress,
      model: this.networks.active?.report(this.networks.hasPrior) ?? null,
      dataset: this.datasets.report,
      training: this.run?.status() ?? null,
      history: { run: this.runId, from, points: points.slice(from) },
      episode: this.recorder.since(have),
      weightsVersion: this.networks.active?.version ?? 0,
      notices: this.notices.splice(0),
    };
  }
}
