import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import type { Imaginings } from './imaginings.ts';

/** What a model says of images that it sees whole. Whoever asked disposes it. */
export interface Perception {
  /** mu_0 [B, J0]: the probability of each pixel, the model's reconstruction. */
  readonly predicted: Tensor2D;
  /** The code of each image [B, D]: what a prior is fitted to (NGC: φ(z_L)). */
  readonly latents: Tensor2D;
  /** What the neurons of each hidden layer do [B, J_l], from the pixels up. */
  readonly activity: readonly Tensor2D[];
  /** Total discrepancy ψ [B], nats, higher is better; null for models that have no such measure. */
  readonly discrepancy: Tensor1D | null;
  dispose(): void;
}

/** What a model imagines of images that it sees in part. Whoever asked disposes it. */
export interface Completion {
  /** [B, J0]: seen pixels as they were, hidden ones as imagined. */
  readonly picture: Tensor2D;
  /** mu_0 [B, J0]: the probability of each pixel, the seen ones too. */
  readonly predicted: Tensor2D;
  /** What else the model can tell of it, by the names files use (NGC: the states z1 …). */
  readonly more: ReadonlyMap<string, Tensor2D>;
  dispose(): void;
}

/** How long work on a batch talks to its caller. */
export interface Watched {
  /** Called with the share of the batch's work that is done; may return a promise, to let others work in between, or throw. */
  readonly onProgress?: ((fraction: number) => void | Promise<void>) | undefined;
}

/** How hidden pixels are filled in. */
export interface CompletionOptions extends Watched {
  /** One of the model's `completions`; default the first. */
  readonly how?: string | undefined;
  readonly steps?: number | undefined;
}

/** What one update of a model's parameters saw. */
export interface LearningReport {
  /** BCE of the batch before its parameters changed, nats an image. */
  readonly bce: number;
  /** Share of active neurons of each hidden layer; empty for models of which that says nothing. */
  readonly sparsity: readonly number[];
  /** Sentences about rescues. Empty in the normal case. */
  readonly warnings: readonly string[];
}

/** What the settings of every family say; each adds its own. */
export interface ModelSettings {
  /** The name of its kind in files and on the command line. */
  readonly variant: string;
  /** Neurons a layer, from the pixels up. */
  readonly sizes: readonly number[];
  /** How many images it learns from at once. */
  readonly batch: number;
}

/**
 * A model of images, whatever family it is of: it has named parameters, learns from a batch, and can be asked for its latents of
 * images, its reconstruction, its completion of hidden pixels, and pictures of latents. Measures, priors, saving and the
 * commands know only this. It owns its parameters; pixels are probabilities or binary, 0 … 1.
 */
export interface ImageModel {
  /** Its kind, for people. */
  readonly title: string;
  /** Every setting, as a file stores it. */
  readonly config: ModelSettings;
  /** J0: how many pixels it sees. */
  readonly pixels: number;
  /** D: how long its code of an image is. */
  readonly latentWidth: number;
  /** What files call that code (NGC: "phi3", the activity of its top layer). */
  readonly latentName: string;
  /** Whether the next batch may begin while the report of the last one is on its way. */
  readonly overlaps: boolean;
  /** Images learnt from in its life, and updates made. */
  readonly imagesSeen: number;
  readonly updates: number;

  /** Looks at whole images x [B, J0], which stay the caller's. */
  perceive(x: Tensor2D, watched?: Watched): Promise<Perception>;
  /** The ways it can fill in hidden pixels, by name, the one it does best first; and the one that the paper measures. */
  readonly completions: { readonly all: readonly [string, ...string[]]; readonly paper: string };
  /**
   * Fills in what `mask` [B, J0] (1 = seen) hides of x [B, J0]; both stay the caller's. Throws a usage error for a way it does not
   * have.
   */
  complete(x: Tensor2D, mask: Tensor2D, options?: CompletionOptions): Promise<Completion>;
  /**
   * Imagines several wholes that fit what is seen of one image x [1, J0], from a latent of `latents` [N, D] each; all stay the
   * caller's. Absent: this kind of model cannot.
   */
  imagine?(
    x: Tensor2D,
    mask: Tensor2D,
    latents: Tensor2D,
    options?: Omit<CompletionOptions, 'how'>,
  ): Promise<Imaginings>;
  /** The pictures mu_0 [B, J0] of latents [B, D], which stay the caller's. The caller disposes the result. */
  decode(latents: Tensor2D): Tensor2D;
  /**
   * Learns from whole images x [B, J0], which stay the caller's. Resolves when the next batch may begin; `report` when what it saw
   * is known: at once, unless it `overlaps`. Where `onProgress` throws, nothing is learnt from x. Either rejects with a "diverged" error, and leaves the parameters as they were, where numbers are no longer finite.
   */
  learn(x: Tensor2D, watched?: Watched): Promise<{ readonly report: Promise<LearningReport> }>;
  /** Copies of its parameters by name, in file order. */
  parameters(): Promise<Map<string, FloatArray>>;
  /** Copies of what the optimizer carries from batch to batch, so that a resumed run goes on exactly. */
  optimizerState(): Promise<Map<string, FloatArray>>;
  dispose(): void;
}
