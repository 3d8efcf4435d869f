import { SETTINGS } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from '../ngc/config/variants.ts';
import type { StartReport } from '../protocol/messages.ts';
import type { Backend } from '../runtime/backends.ts';
import type { PretrainedIndex } from '../runtime/pretrained.ts';
import { pageConfig } from '../runtime/recipes.ts';

/** What was started, and what the engine offers. */
export function startReport(
  { name, adapter, reason, executor }: Backend,
  pretrained: PretrainedIndex,
): StartReport {
  return {
    backend: { name, adapter, reason, executor: executor.title },
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
