import type { Memento } from '../ngc/memento.ts';
import { remember, restore } from '../ngc/memento.ts';
import type { Model } from '../ngc/model.ts';
import { NgcError } from '../shared/errors.ts';

/** So many updates can be taken back one by one: each holds a copy of all that learning changes, some 8 megabytes in PDH. */
const MOST = 8;

/** What a network was before an update: its synapses, and the version they had. */
interface Step {
  readonly memento: Memento;
  readonly version: number;
}

/** The weight updates made by hand since something else last changed the synapses: the way back. */
export class HandUpdates {
  /** Before the first of them; the newest last. */
  private steps: Step[] = [];
  /** Before the first of all. */
  private first: Step | null = null;

  /** How many can be taken back one by one. */
  get count(): number {
    return this.steps.length;
  }

  /** Whether there is a way back to before the first. */
  get any(): boolean {
    return this.first !== null;
  }

  /** Remembers the network as it is, before an update of it. Returns what it remembered. */
  async before(model: Model, version: number): Promise<Memento> {
    const step = { memento: await remember(model), version };
    this.first ??= step;
    this.steps = [...this.steps, step].slice(-MOST);
    return step.memento;
  }

  /** The update failed: there is nothing to take back of it. */
  failed(): void {
    if (this.steps.pop() === this.first) this.first = null;
  }

  /**
   * Takes the last update back, or all of them, to the last bit. Returns the version that the synapses had. Throws a usage error
   * where there is none.
   */
  undo(model: Model, all: boolean): number {
    const step = all ? this.first : this.steps.at(-1);
    if (!step) throw new NgcError('usage', 'There is no weight update to take back.');
    restore(model, step.memento);
    if (all) this.forget();
    else this.steps.pop();
    if (step === this.first) this.forget();
    return step.version;
  }

  /** Something else has changed the synapses: there is no way back past it. */
  forget(): void {
    this.steps = [];
    this.first = null;
  }
}
