import type { Actions } from './actions.ts';
import type { Context } from './context.ts';
import { notify } from './context.ts';
import type { SetUp } from './urlState.ts';
import {
  DEFAULT_SETUP,
  DENSITIES,
  panelOf,
  readHash,
  readSettings,
  writeHash,
} from './urlState.ts';

/** The part of an address that opens the benchmark. */
const BENCH = 'bench';

/** What an address says of the network's settings, in its own words: only the engine can check it. */
export type UncheckedSettings = ReadonlyMap<string, string>;

/** The page's address: obeyed when it changes, and kept up with the set-up. */
export interface Address {
  /** Takes the set-up from the address; says what it refuses. What is left are settings of the network. */
  obey(): UncheckedSettings;
  /** Takes the settings of the network, by the engine's table. */
  takeSettings(rest: UncheckedSettings): void;
  /** Goes where a new address points to; what it does not change goes on. `restart` starts another engine. */
  follow(restart: (rest: UncheckedSettings) => Promise<void>): Promise<void>;
  /** Writes the set-up as it is. */
  keep(): void;
}

export function createAddress(
  context: Context,
  { network, running, drawing }: Pick<Actions, 'network' | 'running' | 'drawing'>,
): Address {
  const { store, environment } = context;

  const obey = (): UncheckedSettings => {
    const { setUp, rest, refused } = readHash(environment.readHash());
    for (const sentence of refused) notify(context, 'error', sentence);
    const remembered = environment.memory.read('density');
    const defaults: SetUp = {
      ...DEFAULT_SETUP,
      density: DENSITIES.find((density) => density === remembered) ?? DEFAULT_SETUP.density,
      speed: environment.reducedMotion() ? null : DEFAULT_SETUP.speed,
    };
    const panel = panelOf(setUp.mode ?? defaults.mode);
    store.setState({ setUp: { ...defaults, panel, ...setUp } });
    if (!rest.has(BENCH)) return rest;
    store.setState({ benchOpen: true });
    return new Map([...rest].filter(([key]) => key !== BENCH));
  };
  const takeSettings = (rest: UncheckedSettings) => {
    const { overrides, refused } = readSettings(rest, store.getState().report?.settings ?? []);
    for (const sentence of refused) notify(context, 'error', sentence);
    store.setState({ overrides });
  };

  let written: readonly unknown[] = [];
  return {
    obey,
    takeSettings,
    async follow(restart) {
      const before = store.getState();
      const rest = obey();
      const { setUp } = store.getState();
      if (setUp.backend !== before.setUp.backend) return restart(rest);
      takeSettings(rest);
      const { overrides } = store.getState();
      const other = (...keys: (keyof SetUp)[]) => keys.some((k) => setUp[k] !== before.setUp[k]);
      const settings = JSON.stringify(overrides) !== JSON.stringify(before.overrides);
      if (other('mode')) {
        // The mode's own action does what belongs to entering and leaving it.
        network.setUp({ mode: before.setUp.mode });
        await running.setMode(setUp.mode);
        network.setUp({ panel: setUp.panel });
      }
      if (other('model', 'weights', 'seed') || settings) await network.select();
      if (other('dataset')) await network.selectDataset(setUp.dataset);
      if (other('speed', 'trainspeed')) await running.applySpeed();
      if (other('completion')) await drawing.setCompletion(setUp.completion);
      if (other('occlusion')) drawing.setOcclusion(setUp.occlusion);
    },
    keep() {
      const { setUp, overrides } = store.getState();
      if (written[0] === setUp && written[1] === overrides) return;
      written = [setUp, overrides];
      environment.writeHash(writeHash(setUp, overrides));
    },
  };
}
