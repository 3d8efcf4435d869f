import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';
import type { ErrorKind } from '../shared/errors.ts';
import type { Lesions } from './condition.ts';
import type { DataRequest, DataResults } from './data.ts';
import type { CompletionRule, EpisodeKind } from './episode.ts';
import type {
  BackendChoice,
  BenchReport,
  BesideReport,
  DatasetId,
  DatasetReport,
  ExampleReport,
  FieldsReport,
  ModelReport,
  NeuronReport,
  StartReport,
  SynapsesReport,
  UpdateReport,
  Weights,
} from './reports.ts';
import type { HealthReport, MomentsReport, StopRule } from './learning.ts';
import type { ImaginingsReport } from './imaginings.ts';
import type {
  CodeReport,
  LatentMapReport,
  NearestReport,
  PriorForm,
  PriorReport,
  ProjectionName,
  SamplesReport,
  WalkReport,
} from './latents.ts';
import type { ComparedRun, GoOnReport, OpenedReport, RunsReport } from './runs.ts';
import type { RunsBesideRequest, RunsBesideResults } from './runsBeside.ts';
import type { SafeRequest, SafeResults } from './safe.ts';
import type { Have, Snapshot } from './snapshot.ts';
import type { Look, SurpriseReport } from './surprise.ts';

/*
 * Everything that passes between the page and the engine's worker.
 *
 * The page sends requests, each answered once (a value or a named error). Whatever changes by itself — activity,
 * metrics, progress, notices — the page pulls with `pull`, once an animation frame: the worker queues nothing.
 */

export type Request =
  | DataRequest
  | SafeRequest
  /**
   * First message: chooses the backend and tells what the engine offers. `base`: the page's address, where /data and /models lie;
   * `alone`: without workers beside it. `expects`: the pretrained network that will be asked for next, so that it is on its way meanwhile.
   */
  | {
      readonly type: 'start';
      readonly backend: BackendChoice;
      readonly base: string;
      readonly alone?: boolean;
      readonly expects?: Variant;
    }
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
  /** The runs that this browser keeps. Those that change one answer with all of them. */
  | { readonly type: 'runs' }
  /**
   * Takes up a run where it was kept, to be trained on with `startTraining`. Refused where another tab is at it, or its images cannot
   * be had.
   */
  | { readonly type: 'goOn'; readonly id: string }
  | { readonly type: 'renameRun'; readonly id: string; readonly name: string }
  | { readonly type: 'duplicateRun'; readonly id: string }
  /** Takes a run away; `restoreRun` brings the last of them back. */
  | { readonly type: 'removeRun'; readonly id: string }
  | { readonly type: 'restoreRun' }
  /** Runs side by side; those that cannot be read are left out. */
  | { readonly type: 'compareRuns'; readonly ids: readonly string[] }
  | RunsBesideRequest
  /** A run as a file that this page and the command line read. */
  | { readonly type: 'exportRun'; readonly id: string }
  /** `vary`: of drawings, whether small variations of what is learnt from are learnt from too. */
  | { readonly type: 'selectDataset'; readonly dataset: DatasetId; readonly vary?: boolean }
  /** An image file as a drawing, 28·28 intensities; null where it holds several pictures. */
  | { readonly type: 'readPicture'; readonly file: File }
  /** An image of the held-out part: of a class, or any. */
  | { readonly type: 'example'; readonly label?: number }
  /**
   * What the drawing canvas holds. Values are 0 … 1 (binarised by the engine at ½); mask: 1 = seen, null = nothing hidden; input: the
   * page's own number of this picture, which every frame made of it says again (`EpisodeUpdate.inputs`).
   */
  | {
      readonly type: 'setInput';
      readonly pixels: Float32Array;
      readonly mask: Uint8Array | null;
      readonly input: number;
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
      readonly input: number;
    }
  /**
   * Runs the settling episode of the input to its end at the chosen speed. One that had ended keeps its states and settles T steps
   * more; what starts it anew is `setInput`.
   */
  | { readonly type: 'settle' }
  /**
   * What becomes of hidden pixels from now on ("silent" until told). An episode of the drawing in which something is hidden, or that is
   * live, is over, or begins anew if it was running.
   */
  | { readonly type: 'setCompletion'; readonly how: CompletionRule }
  /**
   * What is cut while the drawing settles, from now on: the episode under way keeps its states and feels it at once; so do later ones.
   * Never touches the synapses or training; learning from the drawing is refused meanwhile. Refused where a layer or unit does not exist.
   */
  | { readonly type: 'setLesions'; readonly lesions: Lesions }
  /**
   * Settles the drawing once more to a step, from where its episode began, under other lesions and else as it is settled: the intact network
   * beside a cut one. Changes nothing that is on show. Fails with kind "cancelled" where the network or a setting changes meanwhile.
   */
  | { readonly type: 'settleBeside'; readonly lesions: Lesions; readonly steps: number }
  /**
   * Imagines what the drawing hides: settles it from `count` samples of the prior (the one that `sample` draws from) as one batch,
   * beside everything else (`Snapshot.imagining`), and tells of the `keep` that fit what is seen best. Fails with kind "cancelled" by
   * `cancel`, by another `imagine`, or when the drawing, the network, its settings or lesions change meanwhile.
   */
  | {
      readonly type: 'imagine';
      readonly count: number;
      readonly keep: number;
      readonly seed: number;
    }
  /**
   * The drawing's episode begins anew from where imagining `index` of the last report began, and settles at the chosen speed to what
   * the report shows; null: from zero, as ever. Refused where that report is of another drawing, network, settings or lesions.
   */
  | { readonly type: 'takeImagining'; readonly index: number | null }
  /** One settling step of the drawing, also beyond its last one, or of the batch that is being learnt. */
  | { readonly type: 'settlingStep'; readonly of: EpisodeKind }
  /** One weight update: settles what is left of the drawing, or of the batch, and learns from it. */
  | { readonly type: 'weightUpdate'; readonly of: EpisodeKind }
  /**
   * Takes the last update from the drawing back, or all of them, to the last bit; the episode of the drawing is over. Where there is no
   * way back, all of them means what the network's file holds. Refused where there is nothing to take back.
   */
  | { readonly type: 'undoUpdates'; readonly all: boolean }
  | { readonly type: 'startTraining' }
  /** When training ends by itself. Refused where that holds already. */
  | { readonly type: 'setStop'; readonly rule: StopRule }
  /** What the run could do at the moments of its past from number `from` on, and what it can do now. */
  | { readonly type: 'moments'; readonly from: number }
  /** How the network fares on held-out images. */
  | { readonly type: 'health' }
  /** Stops whatever runs, training or settling, where it is. */
  | { readonly type: 'pause' }
  /** Settling steps a second; null is as fast as possible. */
  | { readonly type: 'setSpeed'; readonly stepsPerSecond: number | null }
  /** Back to the initial weights (own: of the same seed; pretrained: as loaded), and the start of the data. */
  | { readonly type: 'rewind' }
  /** Brings back the network that was last put aside (`ModelReport.putAside`), its training with it. */
  | { readonly type: 'putBack' }
  /** A new own network from another seed. */
  | { readonly type: 'reseed'; readonly seed: number }
  /**
   * Draws from the prior, fitted first where there is none of these synapses; `component`: from this Gaussian only; `temperature`: by what
   * its standard deviations are multiplied, 1 if not given. Refused where the prior has no such Gaussian.
   */
  | {
      readonly type: 'sample';
      readonly count: number;
      readonly seed: number;
      readonly component?: number | null;
      readonly temperature?: number;
    }
  /** The prior, fitted first where there is none. `form`: fitted anew like that; null: as it came with the model, or as the page fits one by itself. */
  | { readonly type: 'prior'; readonly form?: PriorForm | null }
  /**
   * A map of the codes of test images, made in the background (`Snapshot.mapping`). Fails with kind "cancelled" by `cancelMap`, by another
   * `latentMap`, or when the network or the data change meanwhile.
   */
  | {
      readonly type: 'latentMap';
      readonly projection: ProjectionName;
      /** How many images, or all there are. */
      readonly images: number;
    }
  | { readonly type: 'cancelMap' }
  /** `count` pictures on the line between the codes of two pictures. */
  | {
      readonly type: 'walk';
      readonly from: Float32Array;
      readonly to: Float32Array;
      readonly count: number;
    }
  /** The code of a picture that is seen whole. */
  | { readonly type: 'code'; readonly pixels: Float32Array }
  /** The picture of a code. Refused where it is not as long as the top layer. */
  | { readonly type: 'decode'; readonly values: Float32Array }
  /** The training image most like a picture. */
  | { readonly type: 'nearest'; readonly pixels: Float32Array }
  | { readonly type: 'fields'; readonly layer: number }
  /** Everything that connects one state neuron. */
  | { readonly type: 'neuron'; readonly layer: number; readonly index: number }
  /** A matrix by name: W1, M2, E1, Sigma1, P1, V1 … Refused where the network has none. */
  | { readonly type: 'synapses'; readonly name: string }
  /**
   * How surprise is spread over held-out images looked at this way, at steps 0 … `steps`, for the present synapses and settings.
   * Measured in the background (`Snapshot.background`) while everything else goes on. Fails with kind "cancelled" by `cancel`, by the
   * next question, or when the network or the data change meanwhile.
   */
  | ({ readonly type: 'surpriseScale'; readonly steps: number } & Look)
  /** Times settling and learning in every way this browser has, in one run; what runs is paused. */
  | { readonly type: 'bench' }
  /** Cancels loading, sampling, fitting or measuring: that request fails with kind "cancelled". */
  | { readonly type: 'cancel' }
  | { readonly type: 'pull'; readonly have: Have };

/** The value each request is answered with; null where there is nothing to say but that it is done. */
export interface Results extends RunsBesideResults, DataResults, SafeResults {
  start: StartReport;
  selectModel: ModelReport;
  changeSettings: ModelReport;
  openModel: OpenedReport;
  saveModel: { readonly bytes: ArrayBuffer; readonly name: string };
  runs: RunsReport;
  goOn: GoOnReport;
  renameRun: RunsReport;
  duplicateRun: RunsReport;
  removeRun: RunsReport;
  restoreRun: RunsReport;
  compareRuns: readonly ComparedRun[];
  exportRun: { readonly bytes: ArrayBuffer; readonly name: string };
  selectDataset: DatasetReport;
  readPicture: { readonly pixels: Float32Array | null };
  example: ExampleReport;
  setInput: null;
  liveInput: null;
  settle: null;
  setCompletion: null;
  imagine: ImaginingsReport;
  takeImagining: null;
  setLesions: null;
  settleBeside: BesideReport;
  settlingStep: null;
  weightUpdate: UpdateReport;
  undoUpdates: ModelReport;
  startTraining: null;
  setStop: null;
  moments: MomentsReport;
  health: HealthReport;
  pause: null;
  setSpeed: null;
  rewind: ModelReport;
  putBack: ModelReport;
  reseed: ModelReport;
  sample: SamplesReport;
  prior: PriorReport;
  latentMap: LatentMapReport;
  cancelMap: null;
  walk: WalkReport;
  code: CodeReport;
  decode: { readonly picture: Float32Array };
  nearest: NearestReport;
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

export type ToWorker = { readonly id: number; readonly request: Request };

/** An answer: the value of what was asked, or why not. */
export type AnswerOf<Value> =
  | { readonly id: number; readonly ok: true; readonly value: Value }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: { readonly kind: ErrorKind | 'bug'; readonly message: string };
    };

export type FromWorker = AnswerOf<Results[RequestType]>;
