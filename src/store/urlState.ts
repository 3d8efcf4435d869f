import type { Budget } from '../experiments/experiment.ts';
import { BUDGETS } from '../experiments/experiment.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { StopRule } from '../protocol/learning.ts';
import { NO_STOP } from '../protocol/learning.ts';
import type { CompletionRule } from '../protocol/episode.ts';
import { COMPLETIONS } from '../protocol/episode.ts';
import type { BackendChoice, DatasetId, ModelReport, Weights } from '../protocol/reports.ts';
import { DATASETS } from '../protocol/reports.ts';
import type { Entry, Refusal, Table } from './entries.ts';
import { asked, oneOf, printEntry, readTable } from './entries.ts';
import { printSet, readSet } from './exhibitAddress.ts';
import type { HallView } from './exhibitViews.ts';
import { HALL_VIEWS, PLAN } from './exhibitViews.ts';
import { LAB_VIEWS } from './labViews.ts';
import type { OcclusionPreset } from './occlusion.ts';
import { OCCLUSIONS } from './occlusion.ts';
import type { Scene } from './scene.ts';
import { readScene } from './scene.ts';
import type { Overrides, SettingDescription } from './settingValues.ts';
import { parseSetting, printSetting } from './settingValues.ts';
import type { Speed } from './speed.ts';
import { BY_CLICK, USUAL } from './speed.ts';
import { stopEntry } from './stopRule.ts';

export const MODES = ['complete', 'train', 'sample', 'lab', 'exhibits'] as const;
export type Mode = (typeof MODES)[number];
/** The modes in which one network is on show. */
export type TheatreMode = Exclude<Mode, 'lab' | 'exhibits'>;

export const isTheatre = (mode: Mode): mode is TheatreMode => mode !== 'lab' && mode !== 'exhibits';
export const PANELS = [
  'imaginings',
  'neuron',
  'composition',
  'fields',
  'latents',
  'sparsity',
  'curves',
  'health',
  'runs',
] as const;
export type Panel = (typeof PANELS)[number];
/** How much stands on the page: pictures, arrows, one sentence, one number; or everything. */
export const DENSITIES = ['story', 'numbers'] as const;
export type Density = (typeof DENSITIES)[number];
export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export type Variant = ModelReport['config']['variant'];

/** The whole set-up of the page, as its address carries it. */
export interface SetUp {
  readonly backend: BackendChoice;
  readonly model: Variant;
  /** Auto: the pretrained network where there is one. */
  readonly weights: Weights | 'auto';
  readonly dataset: DatasetId;
  readonly seed: number;
  readonly mode: Mode;
  /** What the Lab shows: an experiment by its id, or all models side by side. */
  readonly experiment: string;
  /** How much work the Lab's runs may be. */
  readonly budget: Budget;
  /** What the hall shows. */
  readonly exhibit: HallView;
  /** The controls of the exhibit that are not as usual. */
  readonly set: Values;
  /** What the exhibit draws at random follows from it; `seed` is that of the networks. */
  readonly exhibitseed: number;
  readonly occlusion: OcclusionPreset;
  /** What becomes of hidden pixels: as inference, or as in the paper (Eq. 19). */
  readonly completion: CompletionRule;
  /** Settling steps a second in Complete mode, and in Train mode. */
  readonly speed: Speed;
  readonly trainspeed: Speed;
  /** When training ends by itself. */
  readonly stop: StopRule;
  readonly panel: Panel;
  readonly density: Density;
  readonly theme: Theme;
}

export const DEFAULT_SETUP: SetUp = {
  backend: 'auto',
  model: 'gncn-pdh',
  weights: 'auto',
  dataset: 'mnist',
  seed: 1,
  mode: 'complete',
  experiment: 'table-1',
  budget: 'quick',
  exhibit: PLAN,
  set: {},
  exhibitseed: 1,
  occlusion: 'right',
  completion: 'silent',
  speed: USUAL,
  trainspeed: null,
  stop: NO_STOP,
  panel: 'neuron',
  density: 'story',
  theme: 'auto',
};

const PANEL_OF: Record<Mode, Panel> = {
  complete: 'neuron',
  train: 'curves',
  sample: 'fields',
  lab: 'neuron',
  exhibits: 'neuron',
};

/** The panel a mode opens with. */
export function panelOf(mode: Mode): Panel {
  return PANEL_OF[mode];
}

/** Keys that stand in every address, so that a reader sees what it is about. */
const ALWAYS: readonly (keyof SetUp)[] = ['model', 'dataset', 'seed', 'mode', 'density'];
export const LARGEST_SEED = 2 ** 31 - 1;

const speed: Entry<Speed> = {
  expected: 'steps a second from 0.25 to 1000, “full”, or “click”',
  read(text) {
    if (text === 'full') return null;
    if (text === 'click') return BY_CLICK;
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    return value >= 0.25 && value <= 1000 ? value : undefined;
  },
  print: (value) => (value === null ? 'full' : value === BY_CLICK ? 'click' : String(value)),
};

const seed: Entry<number> = {
  expected: `a whole number from 0 to ${LARGEST_SEED}`,
  read(text) {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    return value <= LARGEST_SEED ? value : undefined;
  },
  print: String,
};

/** How each stands in the address; what an exhibit is set to only makes sense beside the exhibit (exhibitAddress.ts). */
const TABLE: Table<Omit<SetUp, 'set'>> = {
  backend: oneOf<BackendChoice>('auto', 'webgpu', 'wasm', 'cpu'),
  model: oneOf<Variant>('gncn-t1', 'gncn-t1-sigma', 'gncn-t2-lsigma', 'gncn-pdh'),
  weights: oneOf<Weights | 'auto'>('auto', 'pretrained', 'own'),
  dataset: oneOf(...DATASETS),
  seed,
  mode: oneOf(...MODES),
  experiment: oneOf(...LAB_VIEWS),
  budget: oneOf(...BUDGETS),
  exhibit: oneOf(...HALL_VIEWS),
  exhibitseed: seed,
  occlusion: oneOf(...OCCLUSIONS),
  completion: oneOf(...COMPLETIONS),
  speed,
  trainspeed: speed,
  stop: stopEntry,
  panel: oneOf(...PANELS),
  density: oneOf(...DENSITIES),
  theme: oneOf(...THEMES),
};

export interface ReadHash {
  /** What the address says and may say. */
  readonly setUp: Partial<SetUp>;
  readonly scene: Partial<Scene>;
  /** Keys that are not the page's own: settings of the network, to be checked by `readSettings`. */
  readonly rest: ReadonlyMap<string, string>;
  /** Every value that was refused. */
  readonly refused: readonly Refusal[];
}

/** The key of what an exhibit is set to. */
const SET = 'set';

/** Reads the part of the address after #. Values out of range are refused, not obeyed. */
export function readHash(hash: string): ReadHash {
  const setUp = readTable(TABLE, new URLSearchParams(hash.replace(/^#/, '')));
  const scene = readScene(setUp.rest);
  const rest = new Map(scene.rest);
  const text = rest.get(SET);
  rest.delete(SET);
  const set = text === undefined ? null : readSet(setUp.values.exhibit ?? PLAN, text);
  return {
    setUp: { ...setUp.values, ...(set && { set: set.values }) },
    scene: scene.values,
    rest,
    refused: [...setUp.refused, ...scene.refused, ...(set?.refused ?? [])],
  };
}

/** Reads settings of the network from the address by the engine's own table. */
export function readSettings(
  rest: ReadonlyMap<string, string>,
  settings: readonly SettingDescription[],
): { readonly overrides: Overrides; readonly refused: readonly Refusal[] } {
  const overrides: Record<string, unknown> = {};
  const refused: Refusal[] = [];
  for (const [key, text] of rest) {
    const refuse = (sentence: string) => refused.push({ asked: asked(key, text), sentence });
    const setting = settings.find((s) => s.key === key && s.key !== 'variant');
    if (setting === undefined) {
      refuse(`The address asks for ${asked(key, text)}; there is no such setting.`);
      continue;
    }
    const parsed = parseSetting(setting, text);
    if ('refused' in parsed) refuse(`In the address: ${parsed.refused}`);
    else overrides[key] = parsed.value;
  }
  // T by itself is that of learning too: so did addresses mean it before the two could differ.
  if (overrides['steps'] !== undefined) overrides['learnSteps'] ??= 0;
  return { overrides, refused };
}

/** The address of a set-up: what differs from the defaults, and always the essentials; then settings, and the scene. */
export function writeHash(
  setUp: SetUp,
  overrides: Overrides,
  scene: readonly (readonly [string, string])[] = [],
): string {
  const parameters = new URLSearchParams();
  for (const key of Object.keys(TABLE) as (keyof typeof TABLE)[]) {
    const usual = key === 'panel' ? panelOf(setUp.mode) : DEFAULT_SETUP[key];
    const always = ALWAYS.includes(key) || (key === 'experiment' && setUp.mode === 'lab');
    if (setUp[key] === usual && !always) continue;
    parameters.set(key, printEntry(TABLE, setUp, key));
  }
  const set = printSet(setUp.set);
  if (set !== '') parameters.set(SET, set);
  for (const [key, value] of Object.entries(overrides)) parameters.set(key, printSetting(value));
  for (const [key, text] of scene) parameters.set(key, text);
  return `#${parameters.toString().replaceAll('%2C', ',')}`;
}
