import { checkedSettings, differing } from '../../engine/settings.ts';
import { NgcError } from '../../shared/errors.ts';
import type { ModelConfig } from './settings.ts';
import { SETTINGS } from './settings.ts';
import type { Variant } from './variants.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from './variants.ts';

/** Most numbers a model may hold in one matrix: a guard against absurd sizes in a file. */
const MAX_MATRIX = 64e6;
/** Most numbers all its matrices may hold together: 2 GB, before the optimizer's moments. */
const MAX_NUMBERS = 500e6;

const fail = (message: string): never => {
  throw new NgcError('config', message);
};

/** The largest divisor of `size` that is at most `most`: a group size that always fits. */
function divisorUpTo(size: number, most: number): number {
  for (let group = Math.min(size, most); group > 1; group--) if (size % group === 0) return group;
  return 1;
}

/**
 * The default settings of a variant (ngc.md, "The four models"), for layers of the given sizes.
 * Groups default to 12 neurons, 18 in the top layer, or the next smaller number that fits.
 */
export function defaultConfig(
  variant: Variant,
  sizes: readonly number[] = [784, 360, 360, 360],
): ModelConfig {
  const hidden = sizes.slice(1);
  return {
    variant,
    sizes,
    beta: 0.1,
    leak: 0.001,
    steps: 50,
    learnSteps: 0,
    ...VARIANT_DEFINITIONS[variant].defaults,
    groups: hidden.map((size, i) => divisorUpTo(size, i === hidden.length - 1 ? 18 : 12)),
    selfExcitation: 0.15,
    lateralInhibition: 0.1,
    errorRate: 1,
    maxNorm: 1,
    maxNormAbove: 0,
    normAxis: 0,
    normMode: 'clip',
    optimizer: 'adam',
    learningRate: 0.001,
    rateHalfLife: 0,
    precisionRate: 0.01,
    weightScale: 0.05,
    batch: 200,
  };
}

/**
 * Checks each of some settings by itself. Throws a config error that names those that are unknown, or one whose value is
 * out of range.
 */
export function checkSettings(given: unknown): Partial<ModelConfig> {
  return checkedSettings(SETTINGS, given); // of each, the table says what it may be
}

/**
 * Makes a complete, checked configuration from a partial one (a parsed JSON object, say).
 * Missing keys take the variant's default; unknown keys, values out of range and settings that do
 * not fit together throw a config error that names them.
 */
export function parseConfig(input: unknown): ModelConfig {
  const given = checkSettings(input);
  if (given.variant === undefined)
    return fail(`Setting variant is missing; it must be one of ${VARIANTS.join(', ')}.`);
  const config: ModelConfig = { ...defaultConfig(given.variant, given.sizes), ...given };
  checkTogether(config);
  return config;
}

/** Rules that tie settings to each other. */
function checkTogether({ sizes, groups, lateral }: ModelConfig): void {
  const layers = sizes.length - 1;
  if (groups.length !== layers)
    fail(
      `Setting groups must hold one number for each of the ${layers} layers above the pixels, not ${groups.length}.`,
    );
  if (lateral === 'groups')
    groups.forEach((group, i) => {
      const size = sizes[i + 1]!;
      if (size % group !== 0)
        fail(`Setting groups: ${group} does not divide the ${size} neurons of layer ${i + 1}.`);
    });
  for (let l = 1; l <= layers; l++) {
    const [size, below, farBelow] = [sizes[l]!, sizes[l - 1]!, sizes[l - 2] ?? 0];
    if (size * Math.max(below, size, farBelow) > MAX_MATRIX)
      fail(`Setting sizes: layer ${l} would need a matrix of more than ${MAX_MATRIX} synapses.`);
  }
  if (mostNumbers(sizes) > MAX_NUMBERS)
    fail(`Setting sizes: the network would need more than ${MAX_NUMBERS} numbers in all.`);
}

/** How many numbers the matrices of a network hold together, in the variant that has the most: W and E, M, Σ of every layer. */
export function mostNumbers(sizes: readonly number[]): number {
  const below = (l: number) => sizes[l] ?? 0;
  return sizes.reduce(
    (sum, size, l) => (l === 0 ? 0 : sum + size * (2 * below(l - 1) + below(l - 2) + size)),
    0,
  );
}

/**
 * A configuration with some settings changed, and whether that needs a new network (a setting that is not `live`
 * has another value). Group sizes are chosen anew when layer sizes change and no groups are given.
 */
export function changesNetwork(
  config: ModelConfig,
  settings: Partial<ModelConfig>,
): { config: ModelConfig; changed: boolean } {
  const { groups, ...rest } = config;
  const keepsGroups = settings.sizes === undefined;
  const next = parseConfig({ ...rest, ...(keepsGroups ? { groups } : {}), ...settings });
  const changed = SETTINGS.some(
    ({ key, live }) => !live && JSON.stringify(next[key]) !== JSON.stringify(config[key]),
  );
  return { config: next, changed };
}

/** The settings that differ from the variant's defaults: what a short form needs to say. */
export function changedSettings(config: ModelConfig): Partial<ModelConfig> {
  return differing(config, defaultConfig(config.variant, config.sizes));
}
