import type { ModelConfig } from '../ngc/config/settings.ts';
import type { BatchSum } from '../ngc/settling.ts';
import type { StateTerms } from '../ngc/equations/states.ts';
import type { Lesions } from '../ngc/lesions.ts';
import type { CompletionRule } from '../ngc/completion.ts';
import type { Circumstances } from '../ngc/steering.ts';
import type { FloatArray } from '../shared/arrays.ts';
import type { ErrorKind } from '../shared/errors.ts';
import type { KernelModule } from '../wasm/kernels.ts';
import type { Layout } from '../wasm/laid.ts';
import type { Outcomes, Task } from '../wasm/tasks.ts';

/*
 * What the owner of a pool and its members say to each other. Arrays are handed over (transferred), not shared: what is shared is the
 * memory of a network, where it can be. A member does one order after the other and answers each.
 */

/** Synapses of a network by name, in its order; see `synapsesOf`. */
export type Synapses = readonly (readonly [name: string, array: FloatArray])[];

/** An `Activity` as arrays; φ(z_0), which is z_0, is left out. */
export interface PlainActivity {
  readonly z: readonly FloatArray[];
  readonly phiZ: readonly FloatArray[];
  readonly mu: readonly FloatArray[];
  readonly e: readonly FloatArray[];
}

/** `StateTerms` of a layer as arrays. */
export type PlainTerms = { readonly [K in keyof StateTerms]: FloatArray | null };

/** What a member's rows say before they are learnt from. */
export type RowsReport = BatchSum;

/**
 * An order to a member. `model` numbers a network, `episode` a settling episode; `config` are the settings of now, which
 * may have changed since the last order.
 */
export type Order =
  /** Takes synapses: all of a network it does not have yet, or some in place of older ones. */
  | {
      readonly type: 'hold';
      readonly model: number;
      readonly config: ModelConfig;
      readonly synapses: Synapses;
    }
  /** Lets it into the memory in which a network lies: it works there as it is told. */
  | {
      readonly type: 'share';
      readonly model: number;
      readonly kernels: KernelModule;
      readonly memory: WebAssembly.Memory;
    }
  /** Does a piece of work in that memory. */
  | {
      readonly type: 'work';
      readonly model: number;
      readonly layout: Layout;
      readonly task: Task;
    }
  /** Forgets a network. */
  | { readonly type: 'drop'; readonly model: number }
  /** Begins an episode on its rows of a batch. */
  | {
      readonly type: 'begin';
      readonly episode: number;
      readonly model: number;
      readonly config: ModelConfig;
      readonly circumstances: Circumstances;
      readonly how: CompletionRule;
      /** The states to begin with, of layer l at index l − 1; null: zeros. */
      readonly states: readonly FloatArray[] | null;
      readonly x: FloatArray;
      readonly mask: FloatArray | null;
    }
  /** Cuts, or heals (null): the episode feels it at once. */
  | { readonly type: 'lesion'; readonly episode: number; readonly lesions: Lesions | null }
  /** Puts other images in place of its rows; their states carry on. */
  | {
      readonly type: 'perceive';
      readonly episode: number;
      readonly x: FloatArray;
      readonly mask: FloatArray | null;
    }
  | {
      readonly type: 'advance';
      readonly episode: number;
      readonly config: ModelConfig;
      readonly count: number;
    }
  /** The activity of its first `rows` rows. */
  | { readonly type: 'read'; readonly episode: number; readonly rows: number }
  /** What moves the states of its first row in the next step. */
  | { readonly type: 'terms'; readonly episode: number; readonly config: ModelConfig }
  /** What its rows say, and what the synapses see of them. */
  | { readonly type: 'sum'; readonly episode: number }
  /** Two Newton–Schulz steps from the P_l it holds towards the inverse of `target`. What it holds stays. */
  | {
      readonly type: 'follow';
      readonly model: number;
      readonly layer: number;
      readonly target: FloatArray;
    }
  /** Frees an episode. */
  | { readonly type: 'end'; readonly episode: number }
  /** How many tensors it has. */
  | { readonly type: 'memory' };

/** What answers an order of each type. */
export interface Answers {
  readonly hold: null;
  readonly share: null;
  readonly work: Outcomes[keyof Outcomes];
  readonly drop: null;
  readonly begin: null;
  readonly lesion: null;
  readonly perceive: null;
  readonly advance: null;
  readonly read: PlainActivity;
  readonly terms: readonly PlainTerms[];
  readonly sum: RowsReport;
  readonly follow: { readonly precision: FloatArray; readonly residual: number };
  readonly end: null;
  readonly memory: number;
}

export type OrderType = Order['type'];
export type Answer = Answers[OrderType];

export interface ToMember {
  readonly id: number;
  readonly order: Order;
}

/** What a failure carries: `kind` of an NgcError, or "bug". */
export interface Failure {
  readonly kind: ErrorKind | 'bug';
  readonly message: string;
}

export type FromMember =
  /** Its numerics have started. */
  | { readonly type: 'ready' }
  /** It computes otherwise than it should: a sentence for a person. */
  | { readonly type: 'said'; readonly sentence: string }
  /** They have not. */
  | { readonly type: 'unable'; readonly message: string }
  | { readonly type: 'done'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure };

/** The buffers of arrays, to be handed over instead of copied. */
export function buffersOf(arrays: readonly FloatArray[]): ArrayBuffer[] {
  return arrays.map(({ data }) => data.buffer as ArrayBuffer);
}
