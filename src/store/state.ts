import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type {
  Activity,
  BackendReport,
  DatasetReport,
  FieldsReport,
  ModelReport,
  Notice,
  Progress,
  SamplesReport,
  StartReport,
  TrainingStatus,
} from '../protocol/messages.ts';
import type { Drawing } from './drawing.ts';
import { BLANK } from './drawing.ts';
import type { Overrides } from './settingValues.ts';
import type { Undoable } from './undo.ts';
import { undoable } from './undo.ts';
import type { SetUp } from './urlState.ts';
import { DEFAULT_SETUP } from './urlState.ts';

export type Tool = 'draw' | 'erase' | 'occlude';
export type FieldsOrder = 'index' | 'activity' | 'change';

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
  readonly activity: Activity;
  readonly progress: Progress | null;
  readonly training: TrainingStatus | null;
  readonly weightsVersion: number;
  readonly notices: readonly ShownNotice[];
  readonly samples: SamplesReport | null;
  /** Fields by layer, with the version of the weights they show. */
  readonly fields: ReadonlyMap<number, FieldsReport & { readonly version: number }>;
}

/** A neuron (layer ≥ 1) or a pixel (layer 0). */
export interface Pin {
  readonly layer: number;
  readonly index: number;
}

/** What the user looks at. */
export interface SelectionSlice {
  readonly pin: Pin | null;
  readonly fieldsLayer: number;
  readonly fieldsOrder: FieldsOrder;
  readonly settingsOpen: boolean;
  readonly helpOpen: boolean;
  /** The address, when it could not be copied and has to be shown. */
  readonly sharedLink: string | null;
}

export type AppState = SettingsSlice & RunSlice & SelectionSlice;
export type AppStore = StoreApi<AppState>;

const settings: SettingsSlice = {
  setUp: DEFAULT_SETUP,
  overrides: {},
  tool: 'draw',
  brush: 1.4,
  drawing: undoable(BLANK),
  autoplay: true,
  sampleCount: 36,
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

const selection: SelectionSlice = {
  pin: null,
  fieldsLayer: 1,
  fieldsOrder: 'index',
  settingsOpen: false,
  helpOpen: false,
  sharedLink: null,
};

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({ ...settings, ...run, ...selection, ...initial }));
}

/** The state that a new engine starts from: nothing it said before holds any more. */
export const FRESH_RUN = run;
