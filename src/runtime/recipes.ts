import { stepsToLearn } from '../ngc/config/episodes.ts';
import { mostNumbers, parseConfig } from '../ngc/config/parse.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';
import type { Recipe } from '../ngc/recipe.ts';
import { NgcError } from '../shared/errors.ts';
import { grouped } from '../shared/grouped.ts';

/**
 * Type 2: few but longer settling steps (β·T as in the paper), of which half are enough to learn from; wide norm limits at the pixels and
 * narrow ones above.
 */
const TYPE_2: Partial<ModelConfig> = {
  optimizer: 'sgd',
  learningRate: 1.5,
  rateHalfLife: 10_000,
  steps: 20,
  learnSteps: 10,
  beta: 0.25,
  maxNorm: 2,
  maxNormAbove: 0.5,
  batch: 100,
};

/** Type-1 models diverge at such rates; Adam with the paper's settling is their safe start. */
const TYPE_1: Partial<ModelConfig> = { batch: 100 };

const QUICK: Readonly<Record<Variant, Partial<ModelConfig>>> = {
  'gncn-t1': TYPE_1,
  'gncn-t1-sigma': TYPE_1,
  'gncn-t2-lsigma': TYPE_2,
  'gncn-pdh': TYPE_2,
};

/** The settings of a recipe that differ from the variant's defaults. */
export function recipeOf(recipe: Recipe, variant: Variant): Partial<ModelConfig> {
  return recipe === 'paper' ? {} : QUICK[variant];
}

/** Layers that a slow machine can train while a class watches: a third of the work, with whole columns. */
const SMALL: Partial<ModelConfig> = { sizes: [784, 180, 180, 180], batch: 50 };

/** Under so many images a second at full size, a network learns too slowly to be watched (two minutes for 10,000). */
const WATCHABLE = 80;

/** A weight update takes as long as so many settling steps of its batch. Seen on WASM at the page's settings. */
const UPDATE_STEPS = 8;

/**
 * The size of a new network that suits a machine. `speed`: images·steps a second that it settles (trial.ts).
 *
 * @returns settings to put on top of the page's, and images a second to expect at full size
 */
export function liveSize(speed: number): {
  readonly changes: Partial<ModelConfig>;
  readonly imagesPerSecond: number;
} {
  const imagesPerSecond = speed / (stepsToLearn(pageConfig('gncn-pdh')) + UPDATE_STEPS);
  return { changes: imagesPerSecond < WATCHABLE ? SMALL : {}, imagesPerSecond };
}

/** The page's settings for a new network of a variant, with changes on top. Throws a config error. */
export function pageConfig(variant: Variant, changes: Partial<ModelConfig> = {}): ModelConfig {
  // A recipe's T of learning goes with its own T: whoever asks for another T by itself means it for both.
  const both = changes.steps === undefined ? {} : { learnSteps: 0 };
  return parseConfig({ ...recipeOf('quick', variant), ...both, ...changes, variant });
}

/** So many numbers a page draws in seconds, with whoever uses it waiting. The command line makes larger networks, and a page opens them. */
const MOST_NUMBERS = 32e6;
/** So many states of neurons it settles together: some 400 MB of activity. */
const MOST_STATES = 20e6;

/** Throws a config error, before anything is made, where a new network would be too large for a page. */
export function checkNewOnPage(config: ModelConfig): void {
  const numbers = mostNumbers(config.sizes);
  if (numbers > MOST_NUMBERS)
    throw new NgcError(
      'config',
      `Setting sizes: the network would need up to ${grouped(numbers)} numbers, and a page makes ${grouped(MOST_NUMBERS)} at most; take fewer neurons a layer, or train it with the command line and open it here.`,
    );
  checkOnPage(config);
}

/** Throws a config error where settling a batch would be too much for a page. */
export function checkOnPage({ sizes, batch }: ModelConfig): void {
  const neurons = sizes.reduce((sum, size) => sum + size, 0);
  if (neurons * batch > MOST_STATES)
    throw new NgcError(
      'config',
      `Setting batch: a page settles at most ${grouped(Math.floor(MOST_STATES / neurons))} images at a time on ${grouped(neurons)} neurons, not ${grouped(batch)}.`,
    );
}
