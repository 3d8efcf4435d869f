import { Autoencoder } from '../autoencoders/autoencoder.ts';
import { autoencoderDefaults, dsrnDefaults } from '../autoencoders/config/defaults.ts';
import {
  AUTOENCODER_SETTINGS,
  DSRN_SETTINGS,
  parseAutoencoder,
  parseDsrn,
} from '../autoencoders/config/parse.ts';
import type { AutoencoderConfig, DsrnConfig } from '../autoencoders/config/settings.ts';
import { AUTOENCODERS, CLASSIFIERS } from '../autoencoders/config/settings.ts';
import { titleOf } from '../autoencoders/config/titles.ts';
import { Dsrn } from '../autoencoders/dsrn.ts';
import { freshBeginning, storedBeginning } from '../autoencoders/open.ts';
import { autoencoderPhases, dsrnPhases } from '../autoencoders/phases.ts';
import { traceAutoencoder, traceDsrn } from '../autoencoders/trace.ts';
import { differing } from '../engine/settings.ts';
import type { Family } from './family.ts';

/** What can be made at once, as something to wait for. */
const promised = <T>(make: () => T): Promise<T> => new Promise((resolve) => resolve(make()));

/** The autoencoders that the paper compares with. */
export const autoencoders: Family<AutoencoderConfig, Autoencoder> = {
  variants: AUTOENCODERS,
  titleOf,
  settings: AUTOENCODER_SETTINGS,
  parse: parseAutoencoder,
  changed: (config) => differing(config, autoencoderDefaults(config.variant)),
  create: (config, seed) => promised(() => new Autoencoder(config, freshBeginning(config, seed))),
  open: (stored) =>
    promised(() => {
      const phases = autoencoderPhases(stored.config);
      return new Autoencoder(stored.config, storedBeginning(stored, phases));
    }),
  steer(model, config) {
    model.config = config;
  },
  trace: traceAutoencoder,
};

/** The classifier that it compares with. */
export const classifiers: Family<DsrnConfig, Dsrn> = {
  variants: CLASSIFIERS,
  titleOf,
  settings: DSRN_SETTINGS,
  parse: parseDsrn,
  changed: (config) => differing(config, dsrnDefaults()),
  create: (config, seed) => promised(() => new Dsrn(config, freshBeginning(config, seed))),
  open: (stored) =>
    promised(() => new Dsrn(stored.config, storedBeginning(stored, dsrnPhases(stored.config)))),
  steer(model, config) {
    model.config = config;
  },
  trace: traceDsrn,
};
