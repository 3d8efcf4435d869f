import type { ModelConfig, SettingDescription } from '../engine/config/settings.ts';
import type { Variant } from '../engine/config/variants.ts';
import type { ErrorKind } from '../shared/errors.ts';

/*
 * Everything that passes between the page and the engine's worker.
 *
 * The page sends requests, each answered once (a value or a named error). Whatever changes by itself — activity,
 * metrics, progress, notices — the page pulls with `pull`, once an animation frame: the worker queues nothing.
 */

export type BackendName = 'webgpu' | 'wasm' | 'cpu';
export type BackendChoice = BackendName | 'auto';
export const DATASETS = ['mnist', 'fmnist', 'kmnist', 'caltech101', 'synthetic'] as const;
export type DatasetId = (typeof DATASETS)[number];

export interface BackendReport {
  readonly name: BackendName;
  /** The adapter for webgpu ("Apple M2"), or what runs the backend ("SIMD, one thread"). */
  readonly adapter: string;
  /** One sentence: why this backend. */
  readonly reason: string;
  /** How it computes: fused kernels, op by op … */
  readonly executor: string;
}

export interface StartReport {
  readonly backend: BackendReport;
  /** The engine's table of settings: labels, symbols, ranges. */
  readonly settings: readonly SettingDescription[];
  readonly variants: readonly {
    readonly variant: Variant;
    readonly title: string;
    readonly summary: string;
    /** Whether a pretrained network of this variant lies beside the page. */
    readonly pretrained: boolean;
    /** The settings a new network of this variant starts from: what the page calls "default". */
    readonly defaults: ModelConfig;
  }[];
}

/** Which network the page shows: one trained beforehand, or the user's own. */
export type Weights = 'pretrained' | 'own';

export interface ModelReport {
  readonly config: ModelConfig;
  readonly weights: Weights;
  /** A line for people: "GNCN-PDH, pretrained on MNIST" or the name of the opened file. */
  readonly title: string;
  readonly seed: number;
  /** Images this network has learnt from in its life. */
  readonly imagesSeen: number;
  /** Whether a prior for sampling came with it or has been fitted. */
  readonly hasPrior: boolean;
}

export interface DatasetReport {
  readonly dataset: DatasetId;
  readonly title: string;
  /** Where it came from: "this browser's storage", "built in", … */
  readonly source: string;
  readonly trainImages: number;
  readonly testImages: number;
  readonly classNames: readonly string[];
}

export interface ExampleReport {
  /** 28·28 intensities in 0 … 1. */
  readonly pixels: Float32Array;
  /** Class index, or −1 where the set has no labels. */
  readonly label: number;
  readonly index: number;
}

export interface SamplesReport {
  readonly count: number;
  /** count·J0 pixel probabilities. */
  readonly pixels: Float32Array;
  /** For people: "mixture of 20 Gaussians, fitted on 2,000 states". */
  readonly prior: string;
}

export interface FieldsReport {
  readonly layer: number;
  readonly neurons: number;
  readonly pixels: number;
  /**
   * neurons·pixels: the picture each neuron of the layer sends to the pixels. Layer 1: the rows of W1; above: the linear
   * projection through the synapses below (W and, in PDH, M).
   */
  readonly values: Float32Array;
  /** Mean activity of each neuron over the last images seen (zeros before any). */
  readonly activity: Float32Array;
  /** Length of the change of each neuron's field since the weights were first set. */
  readonly change: Float32Array;
}

export type Request =
  /** First message: chooses the backend and tells what the engine offers. `base`: the page's address, where /data and /models lie. */
  | { readonly type: 'start'; readonly backend: BackendChoice; readonly base: string }
  /** Chooses the network: the pretrained one of a variant, or the user's own (made from `seed` if there is none yet, or if `settings` need a new one). */
  | {
      readonly type: 'selectModel';
      readonly variant: Variant;
      readonly weights: Weights;
      readonly seed: number;
      readonly settings?: Partial<ModelConfig>;
    }
  /** Changes settings of the current network; one that is not `live` makes a new own network. */
  | { readonly type: 'changeSettings'; readonly settings: Partial<ModelConfig> }
  | { readonly type: 'openModel'; readonly bytes: ArrayBuffer; readonly name: string }
  | { readonly type: 'saveModel' }
  | { readonly type: 'selectDataset'; readonly dataset: DatasetId }
  /** Files the user dropped: IDX (.gz) images and, if given, labels. */
  | { readonly type: 'openDataset'; readonly files: readonly File[] }
  /** An image of the held-out part: of a class, or any. */
  | { readonly type: 'example'; readonly label?: number }
  /** What the drawing canvas holds. Values are 0 … 1 (binarised by the engine at ½); mask: 1 = seen, null = nothing hidden. */
  | {
      readonly type: 'setInput';
      readonly pixels: Float32Array;
      readonly mask: Uint8Array | null;
    }
  /** Runs the settling episode of the input to its end at the chosen speed (from the start if it had ended). */
  | { readonly type: 'settle' }
  /** One settling step of the drawing, or of the batch that is being learnt. */
  | { readonly type: 'settlingStep'; readonly of: EpisodeKind }
  /** One weight update: settles what is left of the drawing, or of the batch, and learns from it. */
  | { readonly type: 'weightUpdate'; readonly of: EpisodeKind }
  | { readonly type: 'startTraining' }
  /** Stops whatever runs, training or settling, where it is. */
  | { readonly type: 'pause' }
  /** Settling steps a second; null is as fast as possible. */
  | { readonly type: 'setSpeed'; readonly stepsPerSecond: number | null }
  /** Back to the initial weights (own: of the same seed; pretrained: as loaded), and the start of the data. */
  | { readonly type: 'rewind' }
  /** A new own network from another seed. */
  | { readonly type: 'reseed'; readonly seed: number }
  | { readonly type: 'sample'; readonly count: number; readonly seed: number }
  | { readonly type: 'fields'; readonly layer: number }
  /** Cancels loading, sampling or fitting: that request fails with kind "cancelled". */
  | { readonly type: 'cancel' }
  | { readonly type: 'pull'; readonly have: Have };

/** The value each request is answered with; null where there is nothing to say but that it is done. */
export interface Results {
  start: StartReport;
  selectModel: ModelReport;
  changeSettings: ModelReport;
  openModel: ModelReport;
  saveModel: { readonly bytes: ArrayBuffer; readonly name: string };
  selectDataset: DatasetReport;
  openDataset: DatasetReport;
  example: ExampleReport;
  setInput: null;
  settle: null;
  settlingStep: null;
  weightUpdate: null;
  startTraining: null;
  pause: null;
  setSpeed: null;
  rewind: ModelReport;
  reseed: ModelReport;
  sample: SamplesReport;
  fields: FieldsReport;
  cancel: null;
  pull: Snapshot;
}

export type RequestType = Request['type'];
export type RequestOf<T extends RequestType> = Extract<Request, { type: T }>;

/** What the page already holds, so that a pull carries only what is new. */
export interface Have {
  readonly episode: number;
  /** Frames of that episode already held. */
  readonly frames: number;
  /** `History.run` and its number of points already held. */
  readonly run: number;
  readonly points: number;
}

export type Activity = 'idle' | 'loading' | 'settling' | 'training' | 'sampling';

/** Long work: what it is, how far it is, when it will be done. */
export interface Progress {
  readonly label: string;
  /** 0 … 1, or null where the length is unknown. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
}

/** What is settled: the user's drawing, or the first image of the batch that is being learnt. */
export type EpisodeKind = 'input' | 'training';

/** The frames of one settling episode: steps 0 … T of one image. Frame 0 is the state before the first step. */
export interface EpisodeUpdate {
  readonly id: number;
  readonly kind: EpisodeKind;
  readonly sizes: readonly number[];
  /** T: the episode ends at this step. */
  readonly steps: number;
  /** Settling step of each frame carried here (fast training records only the last). */
  readonly stepOf: readonly number[];
  /** Index of the first frame carried here. */
  readonly from: number;
  readonly frames: Float32Array;
  readonly masked: boolean;
}

export interface TrainingStatus {
  /** Counts from 0: epochs completed. */
  readonly epoch: number;
  readonly imagesInEpoch: number;
  readonly imagesPerEpoch: number;
  readonly imagesSeen: number;
  readonly updates: number;
  readonly imagesPerSecond: number | null;
  readonly secondsLeftInEpoch: number | null;
  /** Binary cross-entropy in nats an image: of the last batch, and of the held-out slice. */
  readonly trainBce: number | null;
  readonly testBce: number | null;
  /** Share of active neurons in layers 1 … L, on the last batch. */
  readonly sparsity: readonly number[];
  readonly discrepancy: number | null;
}

/**
 * One point of the training curves: after a weight update (train BCE, weight change), or a measurement on the held-out
 * slice (test BCE, total discrepancy). What a point does not tell is null.
 */
export interface HistoryPoint {
  readonly imagesSeen: number;
  readonly trainBce: number | null;
  readonly testBce: number | null;
  /** Share of active neurons in layers 1 … L, of the batch or of the held-out slice. */
  readonly sparsity: readonly number[];
  /** Total discrepancy on the held-out slice. */
  readonly discrepancy: number | null;
  /** Length of the last change of all synapses W. */
  readonly weightChange: number | null;
}

export interface Snapshot {
  readonly activity: Activity;
  readonly progress: Progress | null;
  readonly model: ModelReport | null;
  readonly dataset: DatasetReport | null;
  readonly training: TrainingStatus | null;
  /** New points of the curves of training run `run` (a rewind starts another run). */
  readonly history: {
    readonly run: number;
    readonly from: number;
    readonly points: readonly HistoryPoint[];
  };
  readonly episode: EpisodeUpdate | null;
  /** Rises whenever weights change: fields shown are stale. */
  readonly weightsVersion: number;
  /** Sentences for the user that appeared since the last pull. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly level: 'info' | 'error';
  readonly text: string;
}

export type ToWorker = { readonly id: number; readonly request: Request };

export type FromWorker =
  | { readonly id: number; readonly ok: true; readonly value: Results[RequestType] }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: { readonly kind: ErrorKind | 'bug'; readonly message: string };
    };
