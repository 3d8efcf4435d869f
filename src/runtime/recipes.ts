import { parseConfig } from '../engine/config/parse.ts';
import type { ModelConfig } from '../engine/config/settings.ts';
import type { Variant } from '../engine/config/variants.ts';

/**
 * The settings a new network on the page starts with: chosen so that a class sees it learn within two minutes on a
 * laptop without a graphics processor. docs/reproduction.md has what was tried.
 */
const PAGE_RECIPE: Partial<ModelConfig> = { optimizer: 'sgd', learningRate: 0.5, maxNorm: 1.5 };

/** The page's settings for a new network of a variant, with changes on top. Throws a config error. */
export function pageConfig(variant: Variant, changes: Partial<ModelConfig> = {}): ModelConfig {
  return parseConfig({ ...PAGE_RECIPE, ...changes, variant });
}
