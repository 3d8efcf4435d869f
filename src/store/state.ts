import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type {
  WorkerActivity,
  BackendReport,
  BenchReport,
  DatasetReport,
  FieldsReport,
  ModelReport,
  Notice,
  Progress,
  SamplesReport,
  StartReport,
  TrainingStatus,
} from '../protocol/messages.ts';
import type {
  Lesions,
  NeuronReport,
  SurpriseReport,
  SynapsesReport,
  WithoutLateralReport,
} from '../protocol/theatre.ts';
import { NO_LESIONS } from '../protocol/theatre.ts';
import type { Drawing } from './drawing.ts';
import { BLANK } from './drawing.ts';
import type { Overrides } from './settingValues.ts';
import type { Undoable } from './undo.ts';
import { undoable } from './undo.ts';
import type { SetUp } from './urlState.ts';
import { DEFAULT_SETUP } from './urlState.ts';

export type Tool = 'draw' | 'erase' | 'occlude';
export type FieldsOrder = 'index' | 'activity' | 'change' | 'group';
/** What a field's colours are measured by: its own largest weight, its layer's, or that of all layers. */
export type FieldsScale = 'unit' | 'layer' | 'all';

/** What the user has set. */
export interface SettingsSlice {
  readonly setUp: SetUp;
  /** Settings of the network that differ from its defaults by the user's wish. */
  readonly overrides: Overrides;
  readonly tool: Tool;
  /** Brush radius in pixels of the 28·28 square. */
  readonly brush: number;
  readonly drawing: Undoable<Drawing>;
  /** Whether a changed drawing is settled at once; off after the user paused. */
  readonly autoplay: boolean;
  readonly sampleCount: number;
  /** Whether the network watches the canvas all the time, without beginning anew at every stroke. */
  readonly live: boolean;
}

export interface ShownNotice extends Notice {
  readonly id: number;
}

/** What the engine says. */
export interface RunSlice {
  readonly engine: 'starting' | 'ready' | 'failed';
  /** Why the engine does not run, for people. */
  readonly failure: string | null;
  readonly report: StartReport | null;
  readonly backend: BackendReport | null;
  readonly model: ModelReport | null;
  readonly data: DatasetReport | null;
  /** Whether the data came from files the user opened. */
  readonly ownFiles: boolean;
  readonly activity: WorkerActivity;
  readonly progress: Progress | null;
  readonly training: TrainingStatus | null;
  readonly weightsVersion: number;
  readonly notices: readonly ShownNotice[];
  readonly samples: SamplesReport | null;
  /** Fields by layer, with the version of the weights they show. */
  readonly fields: ReadonlyMap<number, FieldsReport & { readonly version: number }>;
}

/** What the engine told about the network and its settling when asked; each report says which synapses it is of. */
export interface TheatreSlice {
  /** What is cut while the drawing settles. */
  readonly lesions: Lesions;
  /** Work that goes on beside everything else. */
  readonly background: Progress | null;
  /** The neuron last asked for. */
  readonly neuron: NeuronReport | null;
  /** Matrices by name. */
  readonly synapses: ReadonlyMap<string, SynapsesReport>;
  readonly surprise: SurpriseReport | null;
  /** The drawing settled without lateral synapses; null until asked for, and again when the drawing changes. */
  readonly withoutLateral: WithoutLateralReport | null;
}

/** A neuron (layer ≥ 1) or a pixel (layer 0). */
export interface Pin {
  readonly layer: number;
  readonly index: number;
}

/** A synapse of W: from a state neuron (layer ≥ 1) to the neuron or pixel `to` of the layer below. */
export interface SynapsePin {
  readonly from: Pin;
  readonly to: number;
}

/** The parts of a settling step, and learning after it. */
export const PHASES = ['predict', 'error', 'correct', 'compete', 'learn'] as const;
export type Phase = (typeof PHASES)[number];
/** What stands in the middle of the page. */
export type Stage = 'layers' | 'contests';

/** What the user looks at. */
export interface SelectionSlice {
  readonly pin: Pin | null;
  readonly stage: Stage;
  /** The layer whose contests are on show. */
  readonly contestLayer: number;
  /** What stands under the drawing. */
  readonly sideTool: 'network' | 'lesions';
  /** The part of the step the user holds on to, and the one that is running; null: none in particular. */
  readonly heldPhase: Phase | null;
  readonly runningPhase: Phase | null;
  /** Whether steps are looked at one by one, and therefore explained. */
  readonly stepping: boolean;
  /** Whether the page is laid out for a projector. */
  readonly presenting: boolean;
  /** Of the pinned neuron; kept while another one is pinned, until another synapse is. */
  readonly synapse: SynapsePin | null;
  readonly fieldsLayer: number;
  readonly fieldsOrder: FieldsOrder;
  readonly fieldsScale: FieldsScale;
  readonly settingsOpen: boolean;
  readonly helpOpen: boolean;
  readonly benchOpen: boolean;
  /** What the benchmark found when it last ran; it survives a change of engine. */
  readonly benchReport: BenchReport | null;
  /** The address, when it could not be copied and has to be shown. */
  readonly sharedLink: string | null;
}

export type AppState = SettingsSlice & RunSlice & TheatreSlice & SelectionSlice;
export type AppStore = StoreApi<AppState>;

const settings: SettingsSlice = {
  setUp: DEFAULT_SETUP,
  overrides: {},
  tool: 'draw',
  brush: 1.4,
  drawing: undoable(BLANK),
  autoplay: true,
  sampleCount: 36,
  live: false,
};

const run: RunSlice = {
  engine: 'starting',
  failure: null,
  report: null,
  backend: null,
  model: null,
  data: null,
  ownFiles: false,
  activity: 'idle',
  progress: null,
  training: null,
  weightsVersion: 0,
  notices: [],
  samples: null,
  fields: new Map(),
};

const theatre: TheatreSlice = {
  lesions: NO_LESIONS,
  background: null,
  neuron: null,
  synapses: new Map(),
  surprise: null,
  withoutLateral: null,
};

const selection: SelectionSlice = {
  pin: null,
  stage: 'layers',
  contestLayer: 1,
  sideTool: 'network',
  heldPhase: null,
  runningPhase: null,
  stepping: false,
  presenting: false,
  synapse: null,
  fieldsLayer: 1,
  fieldsOrder: 'index',
  fieldsScale: 'unit',
  settingsOpen: false,
  helpOpen: false,
  benchOpen: false,
  benchReport: null,
  sharedLink: null,
};

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({
    ...settings,
    ...run,
    ...theatre,
    ...selection,
    ...initial,
  }));
}

/** The state that a new engine starts from: nothing it said before holds any more. */
export const FRESH_RUN = { ...run, ...theatre };

/** What was told of a network, once another one is on show. */
export const UNTOLD = { neuron: null, synapses: new Map(), surprise: null, withoutLateral: null } satisfies Partial<TheatreSlice>; // prettier-ignore
