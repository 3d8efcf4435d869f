import type { Autosave } from '../../protocol/runs.ts';
import { messageOf } from '../../shared/errors.ts';
import type { TrainingRun } from '../trainingRun.ts';
import { runFile } from './runFile.ts';
import type { RunShelf } from './runShelf.ts';
import { freeName, inUse } from './runShelf.ts';

/** A training is kept this often (ms) while it runs … */
export const EVERY_MS = 8_000;
/** … or less often, so that this share of its time goes into it at most. */
const SHARE = 0.015;

/** Keeps trainings while they run and whenever they pause. What is written is a whole: synapses, moments, place in the data, curves. */
export class Autosaver {
  state: Autosave = { card: null, refused: null };
  /** The run that `state` is about. */
  private of: TrainingRun | null = null;
  private last = -Infinity;
  /** How long training stood still for it, the last time (ms). */
  private cost = 0;
  private writing: Promise<void> | null = null;
  private readonly named = new WeakSet<TrainingRun>();

  /** @param onRefused hears a sentence when something cannot be kept, once until it can again */
  constructor(
    private readonly shelf: RunShelf,
    private readonly onRefused: (sentence: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Another run is trained now, or none. */
  turnTo(run: TrainingRun | null): void {
    if (run !== this.of) this.last = this.now();
    this.of = run;
    this.state = { card: run?.kept ?? null, refused: null };
  }

  /** A run has another name. */
  renamed(run: TrainingRun): void {
    if (run === this.of) this.state = { ...this.state, card: run.kept };
  }

  /** Whether it is time to keep what is learnt. */
  get due(): boolean {
    const pause = Math.max(EVERY_MS, this.cost / SHARE);
    return this.writing === null && this.now() - this.last >= pause;
  }

  /**
   * Copies what a run has learnt by now; writing it takes place beside whatever comes next. Between two batches, with nothing on its way.
   * @param underway whether the run goes on: found so, it was cut off
   */
  async keep(run: TrainingRun, underway: boolean): Promise<void> {
    if (run !== this.of) this.turnTo(run);
    await this.name(run);
    const began = this.now();
    const { network } = run;
    const { version } = network;
    const { bytes, card } = await runFile(run, underway);
    run.watch.keep(bytes);
    this.last = this.now();
    this.cost = this.last - began;
    const before = this.writing ?? Promise.resolve();
    const writing = before.then(async () => {
      try {
        if (!(await this.shelf.claim(card.id))) throw inUse();
        run.kept = await this.shelf.keep(bytes, card);
        run.identity = { ...run.identity, name: run.kept.name };
        if (await this.shelf.lasts()) network.savedVersion = version;
        if (this.of === run) this.state = { card: run.kept, refused: null };
      } catch (error) {
        const sentence = messageOf(error);
        if (this.state.refused === null) this.onRefused(`This training could not be kept: ${sentence}`); // prettier-ignore
        if (this.of === run) this.state = { ...this.state, refused: sentence };
      }
    });
    this.writing = writing;
    void writing.then(() => {
      if (this.writing === writing) this.writing = null;
    });
  }

  /** Before a run is kept for the first time it gets a name that no other has. */
  private async name(run: TrainingRun): Promise<void> {
    if (run.kept || this.named.has(run)) return;
    this.named.add(run);
    const { identity } = run;
    // Where the list cannot be had, keeping fails too, and says why.
    const { runs } = await this.shelf.report().catch(() => ({ runs: [] }));
    run.identity = { ...identity, name: freeName(identity.name, runs) };
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await this.writing;
  }
}
