import { mostNumbers, parseConfig } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';
import { VARIANT_DEFINITIONS } from '../ngc/config/variants.ts';
import { NgcError } from '../shared/errors.ts';

/**
 * Settings for a new network on the page, chosen so that a class sees it learn within two minutes on a laptop
 * without a graphics processor (docs/choices.md). Few but longer settling steps (β·T as in the paper) cost less
 * than half; wide norm limits at the pixels and narrow ones above let type-2 models reconstruct sooner and still
 * sample and complete well.
 */
const TYPE_2: Partial<ModelConfig> = {
  optimizer: 'sgd',
  learningRate: 1.5,
  rateHalfLife: 10_000,
  steps: 20,
  beta: 0.25,
  maxNorm: 2,
  maxNormAbove: 0.5,
  batch: 100,
};

/** Type-1 models diverge at such rates; Adam with the paper's settling is their safe start. */
const TYPE_1: Partial<ModelConfig> = { batch: 100 };

/** Layers that a slow machine can train while a class watches: a third of the work, with whole columns. */
const SMALL: Partial<ModelConfig> = { sizes: [784, 180, 180, 180], batch: 50 };

/** Under so many images a second at full size, a network learns too slowly to be watched (two minutes for 10,000). */
const WATCHABLE = 80;

/** What of a training batch's time goes into settling; the rest is learning. Seen on WASM at the page's settings. */
const SETTLING_SHARE = 0.7;

/**
 * The size of a new network that suits a machine. `speed`: images·steps a second that it settles (trial.ts).
 *
 * @returns settings to put on top of the page's, and images a second to expect at full size
 */
export function liveSize(speed: number): {
  readonly changes: Partial<ModelConfig>;
  readonly imagesPerSecond: number;
} {
  const imagesPerSecond = (SETTLING_SHARE * speed) / pageConfig('gncn-pdh').steps;
  return { changes: imagesPerSecond < WATCHABLE ? SMALL : {}, imagesPerSecond };
}

/** The page's settings for a new network of a variant, with changes on top. Throws a config error. */
export function pageConfig(variant: Variant, changes: Partial<ModelConfig> = {}): ModelConfig {
  const { feedback } = VARIANT_DEFINITIONS[variant];
  const recipe = feedback === 'transpose' ? TYPE_1 : TYPE_2;
  return parseConfig({ ...recipe, ...changes, variant });
}

/** So many numbers a page draws in seconds, with whoever uses it waiting. The command line makes larger networks, and a page opens them. */
const MOST_NUMBERS = 32e6;
/** So many states of neurons it settles together: some 400 MB of activity. */
const MOST_STATES = 20e6;

const said = (count: number) => count.toLocaleString('en');

/** Throws a config error, before anything is made, where a new network would be too large for a page. */
export function checkNewOnPage(config: ModelConfig): void {
  const numbers = mostNumbers(config.sizes);
  if (numbers > MOST_NUMBERS)
    throw new NgcError(
      'config',
      `Setting sizes: the network would need up to ${said(numbers)} numbers, and a page makes ${said(MOST_NUMBERS)} at most; take fewer neurons a layer, or train it with the command line and open it here.`,
    );
  checkOnPage(config);
}

/** Throws a config error where settling a batch would be too much for a page. */
export function checkOnPage({ sizes, batch }: ModelConfig): void {
  const neurons = sizes.reduce((sum, size) => sum + size, 0);
  if (neurons * batch > MOST_STATES)
    throw new NgcError(
      'config',
      `Setting batch: a page settles at most ${said(Math.floor(MOST_STATES / neurons))} images at a time on ${said(neurons)} neurons, not ${said(batch)}.`,
    );
}
