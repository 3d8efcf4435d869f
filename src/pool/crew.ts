import type { ModelConfig } from '../ngc/config/settings.ts';
import { toFloatArrayNow } from '../engine/floatArrays.ts';
import type { Model } from '../ngc/model.ts';
import { messageOf, printableText } from '../shared/errors.ts';
import type { Link } from './member.ts';
import { Member } from './member.ts';
import type { SharedSynapses } from './synapses.ts';
import { missing, synapsesOf } from './synapses.ts';

/** How the members of a pool come to be. */
export interface Recruiting {
  /** How many there are to be. */
  readonly count: number;
  /** Starts them; called once, when there is first a batch to share out. May throw. */
  start(count: number): readonly Link[];
  /** Hears, in a sentence for a person, that they could not start or that one has ended by itself, and what comes of it. */
  onLost?(sentence: string): void;
  /** Hears, in a sentence for a person, that one computes otherwise than it should. */
  onSaid?(sentence: string): void;
  /** Whether the first batch waits until they have started; otherwise batches are settled here meanwhile. */
  readonly waits: boolean;
}

/** The members of a pool, and which networks they hold. */
export class Crew {
  private starting: Promise<void> | null = null;
  private members: readonly Member[] = [];
  private ready = false;
  private gone = false;
  private numbered = 0;
  private lastTurn: Promise<unknown> = Promise.resolve();
  private readonly numbers = new WeakMap<Model, number>();
  /** Episodes that are open, by the number of their network. */
  private readonly open = new Map<number, number>();

  /** @param onLost hears once that they are lost, in a sentence; `worked`: they had started */
  constructor(
    private readonly recruiting: Omit<Recruiting, 'onLost'>,
    private readonly onLost: (sentence: string, worked: boolean) => void,
  ) {}

  get size(): number {
    return this.recruiting.count;
  }

  /** Whether its members have been lost or closed. */
  get ended(): boolean {
    return this.gone;
  }

  /** The members, or null where there are none, or none yet. */
  async ask(): Promise<readonly Member[] | null> {
    if (this.gone) return null;
    this.starting ??= this.start();
    if (this.recruiting.waits) await this.starting;
    return this.ready && !this.gone ? this.members : null;
  }

  /** A number for an episode that nobody else has. */
  number(): number {
    return ++this.numbered;
  }

  numberOf(model: Model): number {
    let number = this.numbers.get(model);
    if (number === undefined) {
      number = this.number();
      this.numbers.set(model, number);
    }
    return number;
  }

  /** Keeps the network's replicas until `leave`. */
  enter(model: Model): void {
    const number = this.numberOf(model);
    this.open.set(number, (this.open.get(number) ?? 0) + 1);
  }

  leave(model: Model): void {
    const number = this.numberOf(model);
    const left = (this.open.get(number) ?? 1) - 1;
    if (left > 0) this.open.set(number, left);
    else this.open.delete(number);
  }

  /**
   * Gives members the network's synapses of now, as far as theirs are others, and takes from them what no episode needs.
   * The orders are given before this returns, so that what is asked next is done with these.
   */
  async share(model: Model, members: readonly Member[]): Promise<void> {
    const number = this.numberOf(model);
    const synapses = synapsesOf(model);
    await Promise.all(
      members.flatMap((member) => [
        ...this.tidy(member, number),
        this.give(member, number, model.config, synapses),
      ]),
    );
  }

  private async give(
    member: Member,
    number: number,
    config: ModelConfig,
    synapses: SharedSynapses,
  ): Promise<void> {
    const held = member.held.get(number) ?? new Map<string, number>();
    const names = missing(synapses, held);
    if (names.length === 0) return;
    member.held.set(number, held);
    const copies = names.map(
      (name) => [name, toFloatArrayNow(synapses.get(name)!.tensor)] as const,
    );
    for (const name of names) held.set(name, synapses.get(name)!.tensor.id);
    try {
      await member.ask(
        { type: 'hold', model: number, config, synapses: copies },
        copies.map(([, array]) => array),
      );
    } catch (error) {
      member.held.delete(number);
      throw error;
    }
  }

  /** Takes from a member what no episode needs. */
  tidy(member: Member, needed: number): Promise<unknown>[] {
    const unneeded = [...member.held.keys()].filter(
      (number) => number !== needed && !this.open.has(number),
    );
    return unneeded.map((model) => {
      member.held.delete(model);
      return member.ask({ type: 'drop', model });
    });
  }

  /** Does something that occupies all members, after all that was to be done so before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }

  /** Ends all members; batches are settled without them from now on. */
  close(): void {
    this.gone = true;
    for (const member of this.members) member.close();
  }

  /** Goes on without them, and says so. */
  private lose(why: string): void {
    if (this.gone) return;
    const worked = this.ready;
    this.close();
    this.onLost(why, worked);
  }

  private async start(): Promise<void> {
    try {
      const links = this.recruiting.start(this.size);
      this.members = links.map(
        (link) =>
          new Member(
            link,
            ({ message }) => this.lose(message),
            (sentence) => this.recruiting.onSaid?.(sentence),
          ),
      );
      await Promise.all(this.members.map((member) => member.ready));
      this.ready = true;
    } catch (error) {
      // No batch is lost: all are settled here.
      const why = printableText(messageOf(error).replace(/\.$/, ''));
      this.lose(`The workers could not be started (${why}).`);
    }
  }
}
