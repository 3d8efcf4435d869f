import { stepsToLearn } from '../ngc/config/episodes.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { changesBetween } from '../ngc/memento.ts';
import type { Settling } from '../ngc/settling.ts';
import type { HealthReport, Moment, MomentsReport, StopRule } from '../protocol/learning.ts';
import { isSameRule, NO_STOP } from '../protocol/learning.ts';
import type { UpdateReport } from '../protocol/reports.ts';
import type { RunCard } from '../protocol/runs.ts';
import { NgcError, SpoiltError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';
import type { DatasetShelf } from './datasets.ts';
import { healthOf } from './learning/health.ts';
import { exampleNeurons } from './learning/moments.ts';
import type { Network } from './network.ts';
import type { NetworkShelf } from './networks.ts';
import type { Pace } from './pacing.ts';
import { yieldToMessages } from './pacing.ts';
import type { Recorder } from './recorder.ts';
import type { Autosaver } from './runs/autosave.ts';
import { stateIn } from './runs/goodState.ts';
import { runFile } from './runs/runFile.ts';
import type { RunRecord } from './runs/record.ts';
import type { RunIdentity } from './trainingRun.ts';
import { TrainingRun } from './trainingRun.ts';

/** Up to this many steps a second, every settling step of a batch is recorded for the page; above, a few a second. */
const RECORD_EVERY_STEP_UP_TO = 15;
/** So long a picture stays at least: to make one and to paint it takes about a quarter of a batch, and sooner nobody has seen it. */
const FRAME_MS = 300;
/** The same where a batch has settled, which is the better picture. */
const SETTLED_FRAME_MS = 200;

/** Trains the active network on the dataset in use, a settling step at a time. */
export class TrainingDriver {
  run: TrainingRun | null = null;
  /** Counts runs: a rewind, another network or other data start a new one. */
  runId = 1;
  /** The run of each network that is still at hand. */
  private readonly runs = new WeakMap<Network, TrainingRun>();
  /** The same, by their names. */
  private readonly byId = new Map<string, WeakRef<TrainingRun>>();
  /** What computes, in words. */
  backend = '';
  private stopRule: StopRule = NO_STOP;
  private lastFrame = 0;
  /** The batch that was last recorded, and its episode's number. */
  private recorded: { readonly settling: Settling; readonly id: number } | null = null;

  constructor(
    private readonly networks: NetworkShelf,
    private readonly datasets: DatasetShelf,
    private readonly recorder: Recorder,
    private readonly pace: Pace,
    readonly autosaver: Autosaver,
    private readonly notify: (text: string) => void,
  ) {}

  /** Makes the run if there is none, and has it train. Throws a usage error where what is to end it holds already. */
  resume(): void {
    const run = this.ready();
    const { ending, standing } = run;
    if (!isSameRule(ending.rule, this.stopRule)) ending.change(this.stopRule, standing, false);
    ending.starts(standing);
    run.rate.forget();
  }

  /** When training ends by itself. */
  get endsBy(): StopRule {
    return this.stopRule;
  }

  /** When training ends by itself, counted from now, or from its next start. Throws a usage error where that holds already. */
  async endBy(rule: StopRule, running: boolean): Promise<void> {
    const { run } = this;
    run?.ending.change(rule, run.standing, running);
    this.stopRule = rule;
    // While it runs it is kept soon enough.
    if (!run?.kept || running || run.watch.suspects) return;
    await this.drain();
    await this.autosaver.keep(run, false);
  }

  /** The run is over; that of the network now active, if there was one on these data, takes its place. */
  end(): void {
    this.run?.rest();
    const { active } = this.networks;
    const held = active === null ? undefined : this.runs.get(active);
    this.run = held !== undefined && this.datasets.isLearntFrom(held.train) ? held : null;
    this.recorded = null;
    this.runId++;
    this.autosaver.turnTo(this.run);
  }

  /** The run that a network at hand is in. */
  runOf(network: Network): TrainingRun | null {
    return this.runs.get(network) ?? null;
  }

  /** The run that another engine had is that of a network here. `kept`: as it lies in this browser, if it does. */
  hold(network: Network, before: RunRecord, past: Moment[], kept: RunCard | null): void {
    const { id, name, began } = before.card;
    this.made({ id, name: kept?.name ?? name, began }, before, past, network).kept = kept;
  }

  /** Takes up a run that was kept, with the network that its file holds. */
  takeUp(before: RunRecord, card: RunCard, past: Moment[]): void {
    const { id, began } = before.card;
    this.disown(id);
    this.run = this.made({ id, name: card.name, began }, before, past);
    this.run.kept = card;
    this.stopRule = this.run.ending.rule;
    this.autosaver.turnTo(this.run);
  }

  /** Whatever was this run goes its own way from here: trained on, it is kept as another. */
  disown(id: string): void {
    const run = this.byId.get(id)?.deref();
    this.byId.delete(id);
    if (!run) return;
    run.identity = { ...run.identity, id: crypto.randomUUID() };
    run.kept = null;
    this.byId.set(run.identity.id, new WeakRef(run));
    if (run === this.run) this.autosaver.turnTo(run);
  }

  /** The run is called otherwise from now on. */
  rename(card: RunCard): void {
    const run = this.byId.get(card.id)?.deref();
    if (!run) return;
    run.identity = { ...run.identity, name: card.name };
    if (run.kept) run.kept = { ...run.kept, name: card.name };
    this.autosaver.renamed(run);
  }

  private ready(): TrainingRun {
    if (this.run) return this.run;
    const { variant } = this.networks.current.model.config;
    const name = `${VARIANT_DEFINITIONS[variant].title} on ${this.datasets.loaded.title}`;
    const began = new Date().toISOString();
    this.run = this.made({ id: crypto.randomUUID(), name, began });
    this.autosaver.turnTo(this.run);
    return this.run;
  }

  private made(
    who: Pick<RunIdentity, 'id' | 'name' | 'began'>,
    before: RunRecord | null = null,
    past: Moment[] = [],
    current = this.networks.current,
  ): TrainingRun {
    const { train, validation } = this.datasets.learning;
    const { id, title } = this.datasets.loaded;
    const dataset = { id, title, images: train.count };
    const identity = { ...who, dataset, backend: this.backend };
    const run = new TrainingRun(current, identity, train, validation, before, past);
    if (!before?.ending) run.ending.change(this.stopRule, run.standing, false);
    this.runs.set(current, run);
    this.byId.set(who.id, new WeakRef(run));
    return run;
  }

  /** After how many a batch is learnt from. */
  private get steps(): number {
    return stepsToLearn(this.networks.current.model.config);
  }

  /**
   * One settling step of the batch, or what comes when it has settled. False where training ends by itself.
   * @param wanted false as soon as training should pause: a measurement under way is then given up
   */
  advance(wanted: () => boolean): Promise<boolean> {
    const run = this.ready();
    return this.orBack(run, () => this.advanceBy(run, wanted));
  }

  /** Does what a run does next; where what it has learnt is spoilt, goes back to when all was well, and says so. */
  private async orBack<T>(run: TrainingRun, next: () => Promise<T>): Promise<T> {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof SpoiltError)) throw error;
      throw new NgcError('diverged', `${error.message} ${await this.goBack(run)}`);
    }
  }

  private async goBack(run: TrainingRun): Promise<string> {
    const good = run.watch.lastGood;
    if (!good) return 'Rewind: nothing was kept before.';
    await run.goBack(stateIn(good));
    run.watch.goBackTo(good);
    await this.keepNow(run); // what was spoilt may have been kept
    this.recorded = null;
    this.runId++; // the page asks for its curves anew
    return `The network is back where it was after ${grouped(run.network.model.imagesSeen)} images, when all was well.`;
  }

  private async advanceBy(run: TrainingRun, wanted: () => boolean): Promise<boolean> {
    // However soon it runs away, there is something to go back to.
    if (!run.watch.hasKept) run.watch.keep((await runFile(run, false)).bytes);
    const { perSecond } = this.pace;
    const everyStep = perSecond !== null && perSecond <= RECORD_EVERY_STEP_UP_TO;
    if (!run.batch && this.autosaver.due && !run.watch.suspects) {
      await this.drain();
      await this.autosaver.keep(run, true);
    }
    if (!run.batch && run.measurementDue) {
      await this.drain();
      await run.measure(async () => {
        await yieldToMessages();
        if (!wanted()) throw new NgcError('cancelled', 'Paused.');
      });
    }
    if (!run.batch && run.momentDue) {
      await this.drain();
      await run.keepMoment();
    }
    const end = run.batch ? null : run.ending.reached(run.standing);
    if (end !== null) {
      this.notify(end);
      return false;
    }
    await this.step(run, everyStep);
    return true;
  }

  /** What the run could do from its past's moment `from` on, and now. Between two steps. */
  async moments(from: number): Promise<MomentsReport> {
    const run = this.ready();
    await this.drain();
    const { examples, past, network } = run;
    return {
      run: this.runId,
      examples: examples.pixels.slice(),
      neurons: exampleNeurons(network.model.config.sizes[1]!),
      from,
      past: past.moments.slice(from),
      now: await run.moment(),
    };
  }

  /** How the network fares. Between two steps. */
  async health(): Promise<HealthReport> {
    const run = this.ready();
    await this.drain();
    return healthOf(run.network, run.heldOut);
  }

  /** Training pauses: what it has learnt is kept as it is. */
  async pause(): Promise<void> {
    const { run } = this;
    if (!run) return;
    run.ending.rests();
    await this.orBack(run, async () => {
      await this.drain();
      await this.keepNow(run);
    });
  }

  /** Keeps a run that has learnt something since it was kept last. A batch that is half settled counts as not begun. */
  private async keepNow(run: TrainingRun): Promise<void> {
    const { kept } = run;
    // What is suspected does not take the place of what was good.
    if (run.watch.suspects) return;
    if ((run.imagesSeenHere === 0 && !kept) || (kept && !kept.underway && kept.imagesSeen === run.network.model.imagesSeen)) return; // prettier-ignore
    await this.autosaver.keep(run, false);
  }

  /** Waits for the update that is on its way: afterwards network, history and place in the data agree. */
  async drain(): Promise<void> {
    for (const warning of (await this.run?.drain()) ?? []) this.notify(warning);
  }

  async singleStep(): Promise<void> {
    await this.step(this.ready(), true);
  }

  /** Settles what is left of the batch and learns from it. */
  async weightUpdate(): Promise<UpdateReport> {
    const run = this.ready();
    const before = run.updates;
    const network = this.networks.current;
    const parameters = await network.model.toArrays();
    await this.orBack(run, async () => {
      while (run.updates === before) {
        await this.step(run, true);
        await yieldToMessages();
      }
    });
    const matrices = changesBetween(parameters, await network.model.toArrays());
    await this.keepNow(run);
    return { version: network.version, matrices };
  }

  private async step(run: TrainingRun, everyStep: boolean): Promise<void> {
    const began = performance.now();
    await this.stepOf(run, everyStep);
    run.seconds += (performance.now() - began) / 1000;
  }

  private async stepOf(run: TrainingRun, everyStep: boolean): Promise<void> {
    const { executor } = this.networks.current;
    const begun = run.batch !== null;
    const { settling } = await run.begin();
    const left = this.steps - settling.steps;
    if (!begun) {
      if (everyStep) await this.record(settling);
      return;
    }
    if (left <= 0) {
      for (const warning of await run.finish(everyStep)) this.notify(warning);
      return;
    }
    await settling.advance(everyStep ? 1 : Math.min(left, executor.strideFor(settling.rows)));
    const patience = settling.steps >= this.steps ? SETTLED_FRAME_MS : FRAME_MS;
    if (everyStep || performance.now() - this.lastFrame > patience) await this.record(settling);
  }

  private async record(settling: Settling): Promise<void> {
    const { model, version } = this.networks.current;
    this.lastFrame = performance.now();
    // Only now: until a batch has something to show, the last one stays on show.
    if (this.recorded?.settling !== settling || !this.recorder.holds(this.recorded.id))
      this.recorded = {
        settling,
        id: this.recorder.begin({ kind: 'training', version, steps: this.steps }, model),
      };
    await this.recorder.record(model, settling, null);
  }
}
