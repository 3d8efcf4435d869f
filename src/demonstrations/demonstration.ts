import type { Act, Frame } from '../exhibits/frame.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { Dataset } from '../data/dataset.ts';

/** What an exhibit is begun with. */
export interface Beginning {
  readonly values: Values;
  readonly seed: number;
  /** The training and test images, read when they are first asked for; rejects with a sentence where there are none. */
  data(): Promise<Dataset>;
  /** Fashion-MNIST, where the page has it; null: it has not. Absent: nobody looked. */
  clothes?(): Promise<Dataset | null>;
  /** Aborted when the exhibit is left or begun anew: long work then ends soon. */
  readonly signal: AbortSignal;
  /** Says in a sentence what keeps it from beginning yet ("Learns the digits first: 40 %"), and lets messages in. */
  readonly tell?: (sentence: string) => Promise<void>;
  /** Lets messages in, in the middle of a step that takes long. */
  readonly giveWay?: () => Promise<void>;
}

/**
 * An exhibit that is running: a small machine that is stepped from outside. A step is one unit of what is watched (a
 * settling step, a batch, a column of the landscape) and takes some ten milliseconds at most, or gives way inside.
 */
export interface Demonstration<S> {
  /** Makes one step; does nothing once it has ended. */
  advance(): void | Promise<void>;
  frame(): Frame<S>;
  /** Controls were moved that act while it runs; the values are complete and have been checked. */
  change(values: Values): void | Promise<void>;
  /** Something a hand did. Throws a usage error for what it does not know. */
  act?(act: Act): void | Promise<void>;
  /** Frees tensors. */
  close(): void;
}

/** Begins an exhibit anew; the same beginning gives the same run. */
export type Demonstrate<S> = (beginning: Beginning) => Demonstration<S> | Promise<Demonstration<S>>;
