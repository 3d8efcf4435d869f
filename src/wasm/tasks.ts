import type { CompletionRule } from '../ngc/completion.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { Steering } from '../ngc/steering.ts';
import type { LaidNetwork } from './laid.ts';
import type { OwnNetwork } from './network.ts';
import type { Progress } from './move.ts';
import { moveSome } from './move.ts';
import type { Neurons } from './neurons.ts';
import { respond, steps } from './step.ts';
import type { Told } from './tell.ts';
import { observe } from './tell.ts';
import type { Room } from './workshop.ts';

/*
 * Pieces of work on a network that lies in a heap, as plain data: whoever can reach the memory may do them, here or in another thread.
 */

/** Makes steps of some rows; of none, the network responds to what is new. */
export interface SettleTask {
  readonly type: 'settle';
  readonly neurons: Neurons;
  readonly count: number;
  readonly steering: Steering;
  readonly lesions: Lesions | null;
  readonly hidden: CompletionRule | null;
  readonly silent: readonly boolean[];
}

/** Tells what some settled rows say. */
export interface TellTask {
  readonly type: 'tell';
  readonly neurons: Neurons;
}

/** Moves some matrices by what they saw of a settled batch. */
export interface LearnTask {
  readonly type: 'learn';
  /** All rows of the batch. */
  readonly neurons: Neurons;
  /** Which matrices. */
  readonly names: readonly string[];
  readonly room: Room;
  readonly progress: Progress;
}

export type Task = SettleTask | TellTask | LearnTask;

/** What comes of a task of each type. */
export interface Outcomes {
  readonly settle: null;
  readonly tell: Told;
  /** Of each matrix what `moveSome` says. */
  readonly learn: readonly number[];
}

/** Does tasks, beside each other where it can; answers in their order. */
export type Work = <T extends Task>(tasks: readonly T[]) => Promise<Outcomes[T['type']][]>;

/** Does a task in this thread. */
export async function perform(network: LaidNetwork, task: Task): Promise<Outcomes[keyof Outcomes]> {
  switch (task.type) {
    case 'settle': {
      const conditions = { ...task, network };
      if (task.count === 0) respond(conditions);
      else steps(conditions, task.count);
      return null;
    }
    case 'tell':
      return observe(network.heap, task.neurons);
    case 'learn':
      return moveSome(network, task.room, task.progress, task.names, task.neurons);
    default:
      return task satisfies never;
  }
}

/** Does tasks in this thread, one after the other. */
export const workHere =
  (network: LaidNetwork): Work =>
  async <T extends Task>(tasks: readonly T[]) => {
    const done: Outcomes[T['type']][] = [];
    for (const task of tasks) done.push((await perform(network, task)) as Outcomes[T['type']]);
    return done;
  };

/** Threads that work in the memory of a network. */
export interface Hands {
  /** How many there are. */
  readonly count: number;
  /** Does as many tasks at most, beside each other, and nothing else meanwhile. Rejects, once all have ended, where one failed. */
  do<T extends Task>(network: OwnNetwork, tasks: readonly T[]): Promise<Outcomes[T['type']][]>;
}
