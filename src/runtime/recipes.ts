import { parseConfig } from '../engine/config/parse.ts';
import type { ModelConfig } from '../engine/config/settings.ts';
import type { Variant } from '../engine/config/variants.ts';
import { VARIANT_DEFINITIONS } from '../engine/config/variants.ts';

/**
 * Settings for a new network on the page, chosen so that a class sees it learn within two minutes on a laptop
 * without a graphics processor (docs/reproduction.md). Few but longer settling steps (β·T as in the paper) cost less
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

/** The page's settings for a new network of a variant, with changes on top. Throws a config error. */
export function pageConfig(variant: Variant, changes: Partial<ModelConfig> = {}): ModelConfig {
  const { feedback } = VARIANT_DEFINITIONS[variant];
  const recipe = feedback === 'transpose' ? TYPE_1 : TYPE_2;
  return parseConfig({ ...recipe, ...changes, variant });
}
