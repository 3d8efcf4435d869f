import type { RestoredReport, SafeHave, SafeNetwork, SafeNews, SafeReport, SafeRole } from '../protocol/safe.ts'; // prettier-ignore
import { NgcError } from '../shared/errors.ts';
import { checkpointOf } from './checkpoint.ts';
import type { Network } from './network.ts';
import type { NetworkShelf } from './networks.ts';
import { runFile } from './runs/runFile.ts';
import type { RunShelf } from './runs/runShelf.ts';
import { historyIn, lookInto } from './runs/runShelf.ts';
import type { DatasetShelf } from './datasets.ts';
import type { Stepper } from './stepper.ts';
import type { TrainingDriver } from './trainingDriver.ts';

/** What the page has of a network that learns is at most so old (ms), … */
const OLDEST_MS = 1_000;
/** … so much of it for the step that a copy waits for and for its way to the page, … */
const SLACK_MS = 100;
/** … unless copies were to take more than this share of the time. */
const SHARE = 0.04;
/** What was learnt when training rests, or by hand, is waited for by nobody who computes: it may take this share. */
const RESTING_SHARE = 0.25;
/** So often (ms) it is looked whether anything has changed. */
const LOOK_MS = 120;

/**
 * How long (ms) after a copy was begun, which took so long (ms), the next one begins while a network learns. When that one arrives, the
 * page's is as old as this and a copy and the slack together: a second, where a copy takes at most 34 ms, and else 26 times what it takes
 * and the slack. Where training rests the page has all of it after four times what a copy takes.
 */
export const copyEvery = (cost: number, learns: boolean): number =>
  learns ? Math.max(OLDEST_MS - SLACK_MS - cost, cost / SHARE) : cost / RESTING_SHARE;

/** A file error is about what was to be written; any other, about who computes. */
function unlessLost(error: unknown): null {
  if (error instanceof NgcError && error.kind !== 'backend') return null;
  throw error;
}

/** What safekeeping needs of a session. */
interface Kept {
  readonly networks: NetworkShelf;
  readonly training: TrainingDriver;
  readonly datasets: DatasetShelf;
  readonly runs: RunShelf;
  readonly stepper: Stepper;
}

/** Hands the page what the networks have learnt, so that it has them when this engine is no more; and takes them from it after that. */
export class Safekeeping {
  /** Why nothing can be computed here any more; null: all is well. */
  private lost: string | null = null;
  private readonly ids = new WeakMap<Network, number>();
  private lastId = 0;
  /** When the last copies were begun. */
  private last = -Infinity;
  /** How long the last copies took (ms): what runs stood still for it. */
  private cost = 0;
  private turn = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly kept: Kept,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whatever is computed here fails from now on: the page hears at once. */
  lose(why: string): void {
    this.lost ??= why;
    this.wake();
  }

  get isLost(): boolean {
    return this.lost !== null;
  }

  /** Answers as soon as there is something that the page does not have. Rejects as cancelled when it is asked again meanwhile. */
  async keep(have: readonly SafeHave[], atOnce: boolean): Promise<SafeReport> {
    const turn = ++this.turn;
    this.wake();
    while (this.lost === null) {
      const learns = this.kept.stepper.kind === 'training';
      const rest = this.last + copyEvery(this.cost, learns) - this.now();
      if (atOnce || (rest <= 0 && this.differs(have)))
        return this.kept.stepper.exclusive(() => this.copies(have));
      // A pause ends what a training has to wait.
      await this.sleep(rest > 0 ? Math.min(rest, LOOK_MS) : LOOK_MS);
      if (turn !== this.turn) throw new NgcError('cancelled', 'The page asked again.');
    }
    return { networks: [], lost: this.lost };
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private idOf(network: Network): number {
    const id = this.ids.get(network) ?? ++this.lastId;
    this.ids.set(network, id);
    return id;
  }

  private cardOf(network: Network, role: SafeRole) {
    const { version, savedVersion, title, updatesBefore } = network;
    const active = network === this.kept.networks.active;
    // Curves, moments and the place in the data change with the synapses; settings change by themselves.
    const stamp = JSON.stringify([version, savedVersion, role, active, network.model.config]);
    return { id: this.idOf(network), stamp, role, active, title, version, savedVersion, updatesBefore }; // prettier-ignore
  }

  private differs(have: readonly SafeHave[]): boolean {
    const { precious } = this.kept.networks;
    return (
      precious.length !== have.length ||
      precious.some(({ network, role }) => {
        const { id, stamp } = this.cardOf(network, role);
        return !have.some((one) => one.id === id && one.stamp === stamp);
      })
    );
  }

  /** Copies what the page does not have. Between two steps. */
  private async copies(have: readonly SafeHave[]): Promise<SafeReport> {
    const began = this.now();
    const { networks, training } = this.kept;
    await training.drain();
    const news: SafeNews[] = [];
    for (const { network, role } of networks.precious) {
      const card = this.cardOf(network, role);
      const known = have.find(({ id }) => id === card.id);
      // What cannot be written down (it has left all proportion) is kept as it was before.
      const bytes =
        known?.stamp === card.stamp ? null : await this.bytesOf(network).catch(unlessLost);
      news.push({ ...card, bytes, ...(!known && { origin: network.firstFile }) });
    }
    this.last = began;
    this.cost = this.now() - began;
    return { networks: news, lost: null };
  }

  private async bytesOf(network: Network): Promise<ArrayBuffer> {
    const run = this.kept.training.runOf(network);
    const bytes = run
      ? (await runFile(run, true)).bytes
      : await checkpointOf(network, network.training);
    const { buffer } = bytes;
    const whole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length;
    return whole ? buffer : bytes.slice().buffer;
  }

  /** Takes in what the page has kept. Runs go on where their images are in use. */
  async restore(kept: readonly SafeNetwork[]): Promise<RestoredReport> {
    const { networks, training } = this.kept;
    for (const one of kept) await this.takeUpRun(await networks.restore(one), one);
    training.end();
    const { active } = networks;
    return { model: active && networks.reportOf(active), updates: training.run?.updates ?? null };
  }

  private async takeUpRun(network: Network, { bytes, title }: SafeNetwork): Promise<void> {
    const { training, datasets, runs } = this.kept;
    if (!lookInto(bytes, title).holdsRun) return;
    const { record, past } = historyIn(new Uint8Array(bytes), title);
    if (!datasets.are(record.card.dataset)) return;
    const card = await runs.card(record.card.id).catch(() => null);
    training.hold(network, record, past, card);
  }
}
