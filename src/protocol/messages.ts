import type { ModelConfig, SettingDescription } from '../ngc/config/settings.ts';
import type { Variant, VariantDefinition } from '../ngc/config/variants.ts';
import type { BenchResult } from '../shared/bench.ts';
import type { ErrorKind } from '../shared/errors.ts';
import type { EpisodeKind, EpisodeUpdate } from './episode.ts';
import type {
  Lesions,
  NeuronReport,
  SurpriseReport,
  SynapsesReport,
  WithoutLateralReport,
} from './theatre.ts';

export type { EpisodeKind, EpisodeUpdate } from './episode.ts';

/*
 * Everything that passes between the page and the engine's worker.
 *
 * The page sends requests, each answered once (a value or a named error). Whatever changes by itself — activity,
 * metrics, progress, notices — the page pulls with `pull`, once an animation frame: the worker queues nothing.
 */

type BackendName = 'webgpu' | 'wasm' | 'cpu';
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
  /** What its variant is: how errors reach the layer above, what they compare, whether predictions skip a layer. */
  readonly definition: VariantDefinition;
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

/** What `bench` is answered with. */
export interface BenchReport {
  readonly results: readonly BenchResult[];
  /** Sentences about what was left out. */
  readonly notes: readonly string[];
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
  /**
   * Changes settings of the current network. Those that are `live` stop nothing: an episode of the drawing takes them from its
   * next step on. One that is not makes a new own network.
   */
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
  /**
   * Perceives without end: what the drawing canvas holds now takes the place of the running episode's input, and the states carry
   * on from where they are (what was imagined under a mask stays as long as it stays hidden). The first of them begins an
   * episode and runs it. It leaks more than an ordinary one, so that its states stay bounded (`Condition.steering.leak` says how much).
   * Once the states no longer move, or the same picture was looked at for 300 steps, stepping rests (`EpisodeUpdate.resting`, activity "idle") until
   * something new is seen, steered or cut. After `pause` it only takes the input; `settle` lets it run again. `setInput` ends it.
   */
  | {
      readonly type: 'liveInput';
      readonly pixels: Float32Array;
      readonly mask: Uint8Array | null;
    }
  /**
   * Runs the settling episode of the input to its end at the chosen speed. One that had ended starts anew, or with
   * `goOn` keeps its states and settles T steps more.
   */
  | { readonly type: 'settle'; readonly goOn?: boolean }
  /**
   * What is cut while the drawing settles, from now on: the episode under way keeps its states and feels it at once; so do later ones.
   * Never touches the synapses or training; learning from the drawing is refused meanwhile. Refused where a layer or unit does not exist.
   */
  | { readonly type: 'setLesions'; readonly lesions: Lesions }
  /** Settles the drawing once more, to step T, without lateral synapses; changes nothing that is on show. */
  | { readonly type: 'withoutLateral' }
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
  /** Everything that connects one state neuron. */
  | { readonly type: 'neuron'; readonly layer: number; readonly index: number }
  /** A matrix by name: W1, M2, E1, Sigma1, P1, V1 … Refused where the network has none. */
  | { readonly type: 'synapses'; readonly name: string }
  /**
   * How ψ is spread over held-out images, for the present synapses and settings. Known at once for an unchanged pretrained
   * network; else measured in the background (`Snapshot.background`) while everything else goes on, once for each state
   * of the synapses. Fails with kind "cancelled" by `cancel` or when the synapses change meanwhile.
   */
  | { readonly type: 'surpriseScale' }
  /** Times settling and learning in every way this browser has, in one run; what runs is paused. */
  | { readonly type: 'bench' }
  /** Cancels loading, sampling, fitting or measuring: that request fails with kind "cancelled". */
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
  liveInput: null;
  settle: null;
  setLesions: null;
  withoutLateral: WithoutLateralReport;
  settlingStep: null;
  weightUpdate: null;
  startTraining: null;
  pause: null;
  setSpeed: null;
  rewind: ModelReport;
  reseed: ModelReport;
  sample: SamplesReport;
  fields: FieldsReport;
  neuron: NeuronReport;
  synapses: SynapsesReport;
  surpriseScale: SurpriseReport;
  bench: BenchReport;
  cancel: null;
  pull: Snapshot;
}

export type RequestType = Request['type'];
export type RequestOf<T extends RequestType> = Extract<Request, { type: T }>;
/** What a request carries beside its type. */
export type FieldsOf<T extends RequestType> = Omit<RequestOf<T>, 'type'>;

/** What the page already holds, so that a pull carries only what is new. */
export interface Have {
  /** `EpisodeUpdate.id`; −1 where the page holds none. */
  readonly episode: number;
  /** `EpisodeUpdate.next` of its last update; 0 where there was none. */
  readonly frames: number;
  /** `Snapshot.history.run` (−1 where the page holds none), and how many of its points. */
  readonly run: number;
  readonly points: number;
}

/** What the worker is doing. */
export type WorkerActivity =
  'idle' | 'loading' | 'settling' | 'training' | 'sampling' | 'benchmark';

/** Long work: what it is, how far it is, when it will be done. */
export interface Progress {
  readonly label: string;
  /** 0 … 1, or null where the length is unknown. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
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
  /** What computes now: workers can be lost. Null before `start` is answered. */
  readonly backend: BackendReport | null;
  readonly activity: WorkerActivity;
  readonly progress: Progress | null;
  /** Work that goes on beside everything else: the surprise scale being measured. */
  readonly background: Progress | null;
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
  /** What is cut while the drawing settles. */
  readonly lesions: Lesions;
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
