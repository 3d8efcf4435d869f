import { changedSettings, parseSettings } from '../predictive/network/parse.ts';
import type { PredictiveNetwork } from '../predictive/network/model.ts';
import { freshNetwork, storedNetwork } from '../predictive/network/open.ts';
import type { NetworkSettings } from '../predictive/network/settings.ts';
import { SETTINGS } from '../predictive/network/settings.ts';
import type { Family } from './family.ts';

/** What can be made at once, as something to wait for. */
const promised = <T>(make: () => T): Promise<T> => new Promise((resolve) => resolve(make()));

/** The networks of predictive coding (Casnici et al. 2025). */
export const predictive: Family<NetworkSettings, PredictiveNetwork> = {
  variants: ['pcn'],
  titleOf: () => 'predictive-coding network',
  settings: SETTINGS,
  parse: parseSettings,
  changed: changedSettings,
  create: (config, seed) => promised(() => freshNetwork(config, seed)),
  open: (stored) => promised(() => storedNetwork(stored)),
  steer(model, config) {
    model.config = config;
  },
  trace: (model, input) => model.trace(input),
};
