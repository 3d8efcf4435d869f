import type { Lesions } from '../protocol/condition.ts';
import { NO_LESIONS } from '../protocol/condition.ts';
import type { Actions } from './actions.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';
import type { Refusal } from './entries.ts';
import { asked } from './entries.ts';
import { undoable, record } from './undo.ts';
import type { Pin } from './slices/selection.ts';
import { OWN_DRAWING } from './drawing.ts';
import { drawingOf, writeScene } from './scene.ts';
import type { Overrides } from './settingValues.ts';
import { isSteering } from './settingValues.ts';
import type { AppState } from './state.ts';
import type { SetUp } from './urlState.ts';
import {
  DEFAULT_SETUP,
  DENSITIES,
  panelOf,
  readHash,
  readSettings,
  writeHash,
} from './urlState.ts';
import { hasPretrained } from './weights.ts';

/** The part of an address that opens the benchmark. */
const BENCH = 'bench';
/** The address waits this long (ms) for the next change: browsers refuse to have it written often. */
const PATIENCE = 250;

/** Under this name the browser remembers the address of what its user drew last. */
const LAST_DRAWN = 'lastDrawn';

/** What an address asks for that only the engine, or its network, can check. */
export interface Wish {
  /** Settings of the network, in the address's words. */
  readonly settings: ReadonlyMap<string, string>;
  readonly pin: Pin | null;
  readonly lesions: Lesions;
  /** What has been refused so far. */
  readonly refused: readonly Refusal[];
}

/** The page's address: obeyed when it changes, and kept up with the set-up. */
export interface Address {
  /** Takes the set-up from the address; says what it refuses. What is left waits for the engine. */
  obey(): Wish;
  /** Takes the settings of the network, by the engine's table. */
  takeSettings(wish: Wish): void;
  /** Takes what is about the network on show: the pinned neuron, and what is cut. */
  takeScene(wish: Wish): Promise<void>;
  /** Goes where a new address points to; what it does not change goes on. `restart` starts another engine. */
  follow(restart: (wish: Wish) => Promise<void>): Promise<void>;
  /** The address of what was drawn here last, where this one asks for nothing; null where it does, or nothing was. */
  lastDrawn(): string | null;
  /** Writes the set-up as it is, now. */
  keep(): void;
  /** The hash of the set-up alone, without what is drawn, hidden by hand, cut and pinned. */
  bare(): string;
  /** Writes it soon. */
  keepSoon(): void;
}

/** What of the page's state stands in its address. */
const CARRIED: readonly (keyof AppState)[] = [
  'setUp',
  'overrides',
  'drawing',
  'lesions',
  'pin',
  'stage',
  'contestLayer',
  'sideTool',
  'live',
];

/**
 * The settings that are others now, those that an address does not ask for any more at their defaults; null where one of them needs
 * another network.
 */
function settingsBetween(
  before: Overrides,
  now: Overrides,
  { report, model }: Pick<AppState, 'report' | 'model'>,
): Overrides | null {
  const defaults: Overrides =
    report?.variants.find(({ variant }) => variant === model?.config.variant)?.defaults ?? {};
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof Overrides)[];
  const others = keys.filter((key) => JSON.stringify(now[key]) !== JSON.stringify(before[key]));
  if (!others.every((key) => isSteering(report?.settings ?? [], key))) return null;
  return Object.fromEntries(others.map((key) => [key, now[key] ?? defaults[key]]));
}

export function createAddress(
  context: Context,
  {
    network,
    running,
    drawing,
    meddling,
    learning,
  }: Pick<Actions, 'network' | 'running' | 'drawing' | 'meddling' | 'learning'>,
): Address {
  const { store, environment } = context;

  /** One notice for all that an address asks for in vain. */
  const tellRefused = (refused: readonly Refusal[]) => {
    const [first] = refused;
    if (first === undefined) return;
    const text =
      refused.length === 1
        ? first.sentence
        : `The address asks for what cannot be: ${refused.map((refusal) => refusal.asked).join(', ')}.`;
    const details = refused.length === 1 ? [] : refused.map(({ sentence }) => sentence);
    notify(context, 'error', text, { topic: 'address', details });
  };

  const obey = (): Wish => {
    const { setUp, scene, rest, refused } = readHash(environment.readHash());
    tellRefused(refused);
    const remembered = environment.memory.read('density');
    const defaults: SetUp = {
      ...DEFAULT_SETUP,
      density: DENSITIES.find((density) => density === remembered) ?? DEFAULT_SETUP.density,
      speed: environment.reducedMotion() ? null : DEFAULT_SETUP.speed,
    };
    const panel = panelOf(setUp.mode ?? defaults.mode);
    const wanted = { ...defaults, panel, ...setUp };
    store.setState(({ drawing: history, contestLayer }) => {
      const next = drawingOf(scene, wanted.occlusion, history.present);
      const opening = store.getState().engine === 'starting';
      return {
        setUp: wanted,
        drawing:
          next === history.present ? history : opening ? undoable(next) : record(history, next),
        live: scene.live === 'on',
        sideTool: scene.side ?? 'network',
        ...(typeof scene.stage === 'number'
          ? { stage: 'contests' as const, contestLayer: scene.stage }
          : { stage: scene.stage ?? ('layers' as const), contestLayer }),
        benchOpen: rest.has(BENCH),
      };
    });
    const settings = new Map([...rest].filter(([key]) => key !== BENCH));
    return { settings, pin: scene.pin ?? null, lesions: scene.lesions ?? NO_LESIONS, refused };
  };

  const takeSettings = (wish: Wish) => {
    const state = store.getState();
    const { weights, mode, model } = state.setUp;
    const table = state.report?.settings ?? [];
    const { overrides, refused } = readSettings(wish.settings, table);
    // The pretrained network can be steered, but it has the sizes it was trained with.
    const bound = weights === 'pretrained' && mode !== 'train' && hasPretrained(state, model);
    const kept = Object.entries(overrides).filter(([key]) => !bound || isSteering(table, key));
    const made = Object.keys(overrides).filter((key) => bound && !isSteering(table, key));
    const unmade = made.map((key): Refusal => {
      const what = asked(key, wish.settings.get(key) ?? '');
      const sentence = `The address asks for ${what}, which takes a network of your own (weights=own); the pretrained one is as it was trained.`;
      return { asked: what, sentence };
    });
    tellRefused([...wish.refused, ...refused, ...unmade]);
    store.setState({ overrides: Object.fromEntries(kept) });
  };

  const takeScene = async ({ pin, lesions, refused }: Wish) => {
    const { model, lesions: present } = store.getState();
    if (model === null) return;
    const exists = pin !== null && pin.index < (model.config.sizes[pin.layer] ?? 0);
    if (exists) store.setState({ pin });
    else if (pin !== null) {
      const what = asked('pin', `${pin.layer}.${pin.index}`);
      const sentence = `The address asks for ${what}; this network has no such neuron.`;
      tellRefused([...refused, { asked: what, sentence }]);
    }
    if (JSON.stringify(lesions) !== JSON.stringify(present)) await meddling.setLesions(lesions);
  };

  let written: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    const state = store.getState();
    const now = CARRIED.map((key) => state[key]);
    if (now.every((value, i) => value === written[i])) return;
    written = now;
    const hash = writeHash(state.setUp, network.settingsInForce(), writeScene(state));
    environment.writeHash(hash);
    if (state.drawing.present.origin === OWN_DRAWING) environment.memory.write(LAST_DRAWN, hash);
  };
  return {
    obey,
    takeSettings,
    takeScene,
    lastDrawn: () =>
      environment.readHash().length > 1 ? null : environment.memory.read(LAST_DRAWN),
    async follow(restart) {
      const before = store.getState();
      const wish = obey();
      const { setUp } = store.getState();
      if (setUp.backend !== before.setUp.backend) return restart(wish);
      takeSettings(wish);
      const { overrides } = store.getState();
      const other = (...keys: (keyof SetUp)[]) => keys.some((k) => setUp[k] !== before.setUp[k]);
      const change = settingsBetween(before.overrides, overrides, store.getState());
      const steers = change !== null && !other('model', 'weights', 'seed');
      if (other('mode')) {
        // The mode's own action does what belongs to entering and leaving it.
        network.setUp({ mode: before.setUp.mode });
        await running.setMode(setUp.mode);
        network.setUp({ panel: setUp.panel });
      }
      // What only steers stops nothing, and needs no other network.
      if (!steers) await network.select();
      else if (Object.keys(change).length > 0) await network.applySettings(change);
      await takeScene(wish);
      if (other('dataset')) await network.selectDataset(setUp.dataset);
      if (other('speed', 'trainspeed')) await running.applySpeed();
      if (JSON.stringify(setUp.stop) !== JSON.stringify(before.setUp.stop))
        await learning.applyStop();
      if (other('completion')) await drawing.setCompletion(setUp.completion);
      const present = store.getState().drawing;
      if (present === before.drawing && other('occlusion')) drawing.setOcclusion(setUp.occlusion);
      else if (present !== before.drawing || store.getState().live !== before.live)
        drawing.refresh();
    },
    keep,
    bare: () => writeHash(store.getState().setUp, network.settingsInForce()),
    keepSoon() {
      timer ??= setTimeout(keep, PATIENCE);
    },
  };
}
