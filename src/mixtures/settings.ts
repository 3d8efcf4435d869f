import type { ModelSettings } from '../engine/model.ts';
import { triangleSize } from '../engine/prior/mixture.ts';
import type { Setting } from '../engine/settings.ts';
import { checkedSettings, differing } from '../engine/settings.ts';
import { NgcError } from '../shared/errors.ts';

/** Every setting of a Gaussian mixture on pixels, as a file stores it. */
export interface MixtureSettings extends ModelSettings {
  readonly variant: 'gmm';
  /** [J0]. */
  readonly sizes: readonly number[];
  /** K, the most Gaussians. */
  readonly components: number;
  readonly covariance: 'full' | 'diagonal';
  /** λ, added to the variance of every pixel. */
  readonly ridge: number;
}

/** Most numbers that the covariances may hold together: a guard against absurd sizes in a file. */
const MAX_NUMBERS = 100e6;

const integer = (min: number, max: number) =>
  ({ type: 'number', min, max, integer: true }) as const;

export const SETTINGS: readonly Setting[] = [
  {
    key: 'variant',
    meaning: 'Which model',
    live: false,
    type: 'choice',
    choices: ['gmm'],
  },
  {
    key: 'sizes',
    meaning: 'Pixels of a picture',
    live: false,
    type: 'numbers',
    min: 1,
    max: 16384,
    length: [1, 1],
  },
  { key: 'batch', meaning: 'Images of one round of EM', live: true, ...integer(1, 60_000) },
  { key: 'components', meaning: 'Gaussians', live: false, ...integer(1, 1000) },
  {
    key: 'covariance',
    meaning: 'Whether pixels of a Gaussian vary together (full) or each for itself (diagonal)',
    live: false,
    type: 'choice',
    choices: ['full', 'diagonal'],
  },
  {
    key: 'ridge',
    meaning: 'What is added to the variance of every pixel',
    live: true,
    type: 'number',
    min: 1e-9,
    max: 1,
  },
];

/** K = 10 full on 10,000 images takes seconds a round (baselines.md). */
const DEFAULTS: MixtureSettings = {
  variant: 'gmm',
  sizes: [784],
  batch: 10_000,
  components: 10,
  covariance: 'full',
  ridge: 1e-4,
};

/** Complete settings of partial ones. Throws a config error that names what is unknown, out of range or too large. */
export function parseSettings(config: unknown): MixtureSettings {
  const settings: MixtureSettings = { ...DEFAULTS, ...checkedSettings(SETTINGS, config) };
  const { components, covariance, sizes } = settings;
  const [pixels = 0] = sizes;
  if (covariance === 'full' && components * triangleSize(pixels) > MAX_NUMBERS)
    throw new NgcError(
      'config',
      `Setting components: ${components} full covariances over ${pixels} pixels are too large; give fewer, or covariance diagonal.`,
    );
  return settings;
}

/** The settings that are not the defaults. */
export const changedSettings = (settings: MixtureSettings): Partial<MixtureSettings> =>
  differing(settings, DEFAULTS);
