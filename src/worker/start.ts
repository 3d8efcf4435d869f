import { SETTINGS } from '../engine/config/settings.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from '../engine/config/variants.ts';
import type { BackendChoice, StartReport } from '../protocol/messages.ts';
import { startBackend } from '../runtime/backends.ts';
import { browserHost } from '../runtime/browserHost.ts';
import type { PretrainedIndex } from '../runtime/pretrained.ts';
import { pageConfig } from '../runtime/recipes.ts';

/** Starts the numerics and tells what the engine offers. */
export async function startEngine(
  choice: BackendChoice,
  pretrained: PretrainedIndex,
): Promise<StartReport> {
  const backend = await startBackend(choice, browserHost);
  return {
    backend,
    settings: SETTINGS,
    variants: VARIANTS.map((variant) => {
      const { title, summary } = VARIANT_DEFINITIONS[variant];
      return {
        variant,
        title,
        summary,
        pretrained: pretrained.has(variant),
        defaults: pageConfig(variant),
      };
    }),
  };
}
