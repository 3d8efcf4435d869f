import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Activity } from './activity.ts';
import type { CompletionRule } from './completion.ts';
import type { StateTerms } from './equations/states.ts';
import type { Lesions } from './lesions.ts';
import type { Model } from './model.ts';
import type { Circumstances } from './steering.ts';
import type { FloatArray } from '../shared/arrays.ts';

/** What one weight update saw and did. */
export interface Update {
  /** BCE of the settled batch before its synapses changed, nats an image. */
  readonly bce: number;
  /** ρ_1 … ρ_L: share of neurons with φ(z_l) > 1e-6. */
  readonly sparsity: readonly number[];
  /** Mean of φ(z_l) over the batch [J_l], of layer l at index l − 1. */
  readonly meanActivity: readonly Float32Array[];
  /** φ(z_L) of every image [B, J_L]. */
  readonly topActivity: Float32Array;
  /** Length ‖Δθ‖ of the change of each matrix of synapses, in the order of `synapsesOf` (W, E, M; the covariances not). */
  readonly weightChanges: readonly number[];
  /** Sentences about rescues: a covariance whose diagonal had to be raised. Empty in the normal case. */
  readonly warnings: readonly string[];
}

/** What an update tells of the batch it learns from. */
export type Summary = Omit<Update, 'weightChanges' | 'warnings'>;

/** What an update did to the synapses. */
export type Applied = Pick<Update, 'weightChanges' | 'warnings'>;

/** What a settled batch says, so that parts of a batch can be added up. */
export interface BatchSum {
  readonly rows: number;
  /** Whether all its numbers are; the sums are empty where not. */
  readonly finite: boolean;
  /** Averages over its rows. */
  readonly summary: Summary;
  /** What the synapses saw, summed over its rows (`synapticSums`). */
  readonly sums: readonly (readonly [name: string, array: FloatArray])[];
}

/**
 * One settling episode of a batch: the states start at zero and are corrected step by step (the paper's Algorithm 1).
 * Every executor has its own kind; all compute the same numbers. Each takes changed settings of the model that steer
 * (steering.ts) from its next step on.
 */
export interface Settling {
  readonly rows: number;
  /** Steps made so far. */
  readonly steps: number;
  /**
   * Where batches overlap: a precision was put right after this episode began, by the report of the update before. What it settled
   * is of the one that was lost; it is begun again before anything is learnt from it. Absent: that cannot be.
   */
  readonly outdated?: boolean;
  /** Makes `count` more steps (default 1): states, then predictions, then errors (Eqs. 11–15, 1, 9, 10). */
  advance(count?: number): Promise<void>;
  /**
   * What the neurons do now, for the first `rows` images (default: all). The tensors stay the episode's: they are valid
   * until its next change or `dispose`.
   */
  read(rows?: number): Promise<Activity>;
  /**
   * What moves the states of the first image in the next step: of layer l at index l − 1, each [1, J_l]. The caller
   * disposes them.
   */
  terms(): Promise<StateTerms[]>;
  /** Cuts and silences from now on, or heals (null): states stay, what the network does changes at once. */
  lesion(lesions: Lesions | null): Promise<void>;
  /**
   * Looks at other images from now on; the states carry on from where they are. Pixels that were hidden and still are
   * keep what was imagined of them; those hidden now start at 0 (Eq. 19).
   *
   * @param x [B, J0], as many rows as before; the caller keeps its own
   * @param mask 1 where a pixel is seen, [B, J0], or null: all seen
   */
  perceive(x: Tensor2D, mask: Tensor2D | null): Promise<void>;
  /**
   * One weight update from the settled batch: Eqs. 16–18 and 3 through the optimizer, then the norm limit.
   * Throws a "diverged" error, and leaves the synapses as they were, where numbers are no longer finite.
   */
  learn(): Promise<Update>;
  /** What `learn` would learn from, where the executor has a way of its own to add it up; absent: `read` tells it. */
  sum?(): Promise<BatchSum>;
  dispose(): void;
}

/** How an episode begins. */
export interface Beginning extends Circumstances {
  /** What becomes of hidden pixels; default eq19. */
  readonly how?: CompletionRule;
  /** The states before the first step: z_l [B, J_l] of layer l at index l − 1; the caller keeps its own. Absent: zeros. */
  readonly states?: readonly Tensor2D[] | null;
  /** 1 where a pixel is seen, [B, J0]; hidden pixels start at 0 and are imagined (Eq. 19). Null or absent: all seen. */
  readonly mask?: Tensor2D | null;
  /** Nobody is to learn from it: what learning needs is made ready only if somebody does. */
  readonly onlyLooks?: boolean;
}

/** A way to compute: op by op, by fused kernels, or shared out over workers. */
export interface Executor {
  /** For people: what it is. */
  readonly title: string;
  /** Whether the next batch may begin while the last one's `learn` is under way. */
  readonly overlaps: boolean;
  /** How many steps of so many images to make at once where nobody watches each: after so many, others are let in. */
  strideFor(rows: number): number;
  /**
   * Begins an episode; every neuron has its first predictions and errors.
   *
   * @param x the images [B, J0]; the caller keeps its own
   */
  begin(model: Model, x: Tensor2D, beginning?: Beginning): Promise<Settling>;
  /**
   * One weight update from what the synapses saw of `rows` images in all, added up; absent: plain operations make it (learn.ts).
   * Null: not of this network, or not any more.
   */
  learnFrom?(
    model: Model,
    rows: number,
    sums: ReadonlyMap<string, FloatArray>,
  ): Promise<Applied | null>;
}

/** A network and what computes with it. */
export interface Running {
  readonly model: Model;
  readonly executor: Executor;
}
