import type { Setting } from '../../engine/settings.ts';
import { checkedSettings } from '../../engine/settings.ts';
import { NgcError } from '../../shared/errors.ts';
import { sizeOf } from '../../shared/arrays.ts';
import { parametersOf } from '../parameters.ts';
import { autoencoderDefaults, dsrnDefaults } from './defaults.ts';
import type { AnyConfig, AutoencoderConfig, DsrnConfig, Variant } from './settings.ts';
import { AUTOENCODERS, CLASSIFIERS, settingsOf } from './settings.ts';

/** Most numbers a matrix, and all parameters together, may hold: a guard against absurd sizes in a file. */
const MAX_MATRIX = 64e6;
const MAX_NUMBERS = 500e6;

/** A setting that a kind of model must name, found by its own table first: everything else depends on it. */
function choiceIn<T extends string>(input: unknown, key: string, choices: readonly T[]) {
  if (typeof input !== 'object' || input === null) return undefined;
  const value = new Map<string, unknown>(Object.entries(input)).get(key);
  return choices.find((choice) => choice === value);
}

const OPTIMIZERS = ['sgd', 'adam'] as const;

function variantIn<V extends Variant>(input: unknown, variants: readonly V[]): V {
  const variant = choiceIn(input, 'variant', variants);
  if (variant !== undefined) return variant;
  throw new NgcError('config', `Setting variant must be one of ${variants.join(', ')}.`);
}

/** Throws a config error where the parameters would be absurdly large. */
function checkSize<C extends AnyConfig>(config: C): C {
  const counts = parametersOf(config).map(({ name, shape }) => ({ name, count: sizeOf(shape) }));
  const large = counts.find(({ count }) => count > MAX_MATRIX);
  if (large)
    throw new NgcError(
      'config',
      `Setting sizes: ${large.name} would be a matrix of more than ${MAX_MATRIX} synapses.`,
    );
  if (counts.reduce((sum, { count }) => sum + count, 0) > MAX_NUMBERS)
    throw new NgcError(
      'config',
      `Setting sizes: the network would need more than ${MAX_NUMBERS} numbers in all.`,
    );
  return config;
}

/**
 * Makes complete, checked settings of partial ones (a parsed JSON object): missing keys take the defaults of their kind; unknown
 * keys, those of other kinds among them, and values out of range throw a config error that names them.
 */
export function parseAutoencoder(input: unknown): AutoencoderConfig {
  const variant = variantIn(input, AUTOENCODERS);
  const given = checkedSettings(settingsOf([variant]), input);
  const optimizer = choiceIn(given, 'optimizer', OPTIMIZERS);
  return checkSize({ ...autoencoderDefaults(variant, optimizer), ...given });
}

/** The same of a DSRN. */
export function parseDsrn(input: unknown): DsrnConfig {
  const variant = variantIn(input, CLASSIFIERS);
  const given = checkedSettings(settingsOf([variant]), input);
  return checkSize({ ...dsrnDefaults(choiceIn(given, 'optimizer', OPTIMIZERS)), ...given });
}

export const AUTOENCODER_SETTINGS: readonly Setting[] = settingsOf(AUTOENCODERS);
export const DSRN_SETTINGS: readonly Setting[] = settingsOf(CLASSIFIERS);
