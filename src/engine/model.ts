import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';

import type { FloatArray } from '../shared/arrays.ts';
import { NgcError } from '../shared/errors.ts';
import type { Shades } from '../shared/shades.ts';
import type { Imaginings } from './imaginings.ts';
import type { Proposal } from './proposal.ts';

/** What a model makes of images that it sees whole. Whoever asked disposes it. */
export interface Code {
  /** The code of each image [B, D]: what a prior is fitted to (NGC: φ(z_L)). */
  readonly latents: Tensor2D;
  /** What the neurons of each hidden layer do [B, J_l], from the pixels up. */
  readonly activity: readonly Tensor2D[];
  dispose(): void;
}

/** The same of a model that also says what it saw. */
export interface Perception extends Code {
  /** mu_0 [B, J0]: the probability of each pixel, the model's reconstruction. */
  readonly predicted: Tensor2D;
  /** Total discrepancy ψ [B], nats, higher is better; null for models that have no such measure. */
  readonly discrepancy: Tensor1D | null;
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

/** Called with the share of some work that is done, 0 … 1; may return a promise, to let others work in between, or throw to stop. */
export type Progress = (fraction: number) => void | Promise<void>;

/** How long work on a batch talks to its caller. */
export interface Watched {
  readonly onProgress?: Progress | undefined;
}

/** How images are looked at. */
export interface Looked extends Watched {
  /** As what is learnt from is looked at; absent: as anything else is. Of no meaning for models that look at both alike. */
  readonly asLearnt?: boolean | undefined;
}

/** How hidden pixels are filled in. */
export interface CompletionOptions extends Watched {
  /** One of the model's `completions`; default the first. */
  readonly how?: string | undefined;
  readonly steps?: number | undefined;
}

/** What a batch is learnt from, beside its images. */
export interface Lesson extends Watched {
  /** The class of each image, where the data have classes. */
  readonly labels?: Uint8Array | undefined;
}

/** What one update of a model's parameters saw. */
export interface LearningReport {
  /** What it learns to make small, of the batch before its parameters changed, nats an image: BCE, unless the model's `lossName` says otherwise. */
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
 * A model of images, whatever family it is of: it has named parameters and learns from batches. What else it can be asked, the
 * interfaces below say, and `perceives`, `generates`, `classifies`, `isDensity` whether. Measures, priors, saving and the commands
 * know only these. It owns its parameters; pixels are probabilities or binary, 0 … 1.
 */
export interface ImageModel {
  /** Its kind, for people. */
  readonly title: string;
  /** What its reports' `bce` is, for people. Absent: BCE. */
  readonly lossName?: string;
  /** Every setting, as a file stores it. */
  readonly config: ModelSettings;
  /** J0: how many pixels it sees. */
  readonly pixels: number;
  /** What it sees of a picture. Absent: pixels that are on or off. */
  readonly shades?: Shades;
  /** Whether the next batch may begin while the report of the last one is on its way. */
  readonly overlaps: boolean;
  /** Images learnt from in its life, and updates made. */
  readonly imagesSeen: number;
  readonly updates: number;

  /**
   * Learns from whole images x [B, J0], which stay the caller's. Resolves when the next batch may begin; `report` when what it saw
   * is known: at once, unless it `overlaps`. Where `onProgress` throws, nothing is learnt from x. Either rejects with a "diverged" error, and leaves the parameters as they were, where numbers are no longer finite.
   */
  learn(x: Tensor2D, lesson?: Lesson): Promise<{ readonly report: Promise<LearningReport> }>;
  /** Copies of its parameters by name, in file order. */
  parameters(): Promise<Map<string, FloatArray>>;
  /** Copies of what the optimizer carries from batch to batch, so that a resumed run goes on exactly. */
  optimizerState(): Promise<Map<string, FloatArray>>;
  dispose(): void;
}

/** A model that makes a code of an image: NGC, autoencoders, classifiers. */
export interface CodingModel extends ImageModel {
  /** D: how long its code of an image is. */
  readonly latentWidth: number;
  /** What files call that code (NGC: "phi3", the activity of its top layer). */
  readonly latentName: string;
  /** Whether it looks at what it learns from otherwise than at anything else: it then draws pictures from codes as it learnt from them. Absent: alike. */
  readonly learnsBriefly?: boolean;
  /** Looks at whole images x [B, J0], which stay the caller's. */
  perceive(x: Tensor2D, looked?: Looked): Promise<Code>;
}

/** A model that sees images in its codes, and codes in images: it reconstructs, completes, and draws where it has a prior. */
export interface GenerativeModel extends CodingModel {
  perceive(x: Tensor2D, looked?: Looked): Promise<Perception>;
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
  /**
   * The images that a memory comes back to from spoilt ones [B, J0], within 0 … 1; of those only what `seen` (1) says stays as it is
   * (null: nothing). Both stay the caller's, who disposes the result. Absent: this kind of model is no memory.
   */
  recall?(
    spoilt: Tensor2D,
    seen: Tensor2D | null,
    options: Watched & { readonly steps: number },
  ): Promise<Tensor2D>;
  /** The pictures mu_0 [B, J0] of latents [B, D], which stay the caller's. The caller disposes the result. */
  decode(latents: Tensor2D): Tensor2D;
  /**
   * `count` latents from its own density of codes of one image x [J0], weighted by its own prior of codes: what an importance bound
   * on log p(x) is made of. The same seed gives the same ones. Absent: its code of an image is one point, not a density.
   */
  propose?(x: Float32Array, count: number, seed: number): Promise<Proposal>;
  /**
   * A code of each image of x [B, J0], drawn from that density [B, D]; x stays the caller's, who disposes the result. The same seed
   * gives the same ones. Absent with `propose`.
   */
  drawCodes?(x: Tensor2D, seed: number): Tensor2D;
}

/** A model that is told classes and says them. */
export interface ClassifyingModel extends CodingModel {
  readonly classes: number;
  /** Log odds of the classes of images x [B, J0], which stay the caller's: [B, classes]. The caller disposes the result. */
  classify(x: Tensor2D): Tensor2D;
  /**
   * How its change of synapses for x [B, J0] of classes `labels` [B] would lie to that of backpropagation, if it settled so and its output
   * had that variance. x stays the caller's. Absent: it learns in no other way.
   */
  besideBackprop?(
    x: Tensor2D,
    labels: Uint8Array,
    how: { readonly outputVariance: number; readonly steps: number; readonly rate: number },
  ): Promise<Nearness>;
}

/** How a change of synapses lies to another one: the cosine between them, its length and its distance as shares of the other's length. */
export interface Nearness {
  readonly cosine: number;
  readonly ratio: number;
  readonly distance: number;
}

/** A model whose inference makes a free energy small: what surprises it has more of it left. */
export interface EnergyModel extends CodingModel {
  /** How many operations one update needs, an image: two a multiply-add. */
  readonly operations: number;
  /** F of each image of x [B, J0] after settling, nats [B], lower is better; x stays the caller's, who disposes the result. */
  surprises(x: Tensor2D): Promise<Tensor1D>;
}

/** A mixture of binary pictures whose pixels are independent given the component: its log p(x) is exact. */
export interface BernoulliMixture {
  /** [K], summing to 1. */
  readonly weights: Float32Array;
  /** The probability of each pixel [K, J0]; what lies outside 0 … 1 is to be clipped. */
  readonly pictures: FloatArray;
}

/** A density of pictures, without a code: it can only be drawn from. */
export interface DensityModel extends ImageModel {
  /** Pictures drawn from it, clipped to 0 … 1: [count, J0]. The same seed gives the same ones. */
  draw(count: number, seed: number): FloatArray;
  /** Its components taken as binary pictures. */
  bernoulli(): BernoulliMixture;
}

/** The model as one that generates. Throws a usage error that says what it cannot do otherwise. */
export function generative(model: ImageModel, toDo: string): GenerativeModel {
  if (generates(model)) return model;
  throw new NgcError('usage', `A ${model.title} cannot ${toDo}.`);
}

export const perceives = (model: ImageModel): model is CodingModel => 'perceive' in model;
export const generates = (model: ImageModel): model is GenerativeModel => 'decode' in model;
export const classifies = (model: ImageModel): model is ClassifyingModel => 'classify' in model;
export const hasEnergy = (model: ImageModel): model is EnergyModel => 'surprises' in model;
export const isDensity = (model: ImageModel): model is DensityModel => 'draw' in model;
