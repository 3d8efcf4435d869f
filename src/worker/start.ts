import { defaultConfig } from '../ngc/config/parse.ts';
import { SETTINGS } from '../ngc/config/settings.ts';
import { VARIANT_DEFINITIONS, VARIANTS } from '../ngc/config/variants.ts';
import type { BackendReport, StartReport } from '../protocol/reports.ts';
import type { Backend } from '../runtime/backends.ts';
import type { PretrainedIndex } from '../runtime/pretrained.ts';
import { pageConfig } from '../runtime/recipes.ts';

/** What computes, as it is now. */
export function backendReport({ name, adapter, reason, executor }: Backend): BackendReport {
  return { name, adapter, reason, executor: executor.title };
}

/** What was started, and what the engine offers. */
export function startReport(backend: Backend, pretrained: PretrainedIndex): StartReport {
  return {
    backend: backendReport(backend),
    settings: SETTINGS,
    variants: VARIANTS.map((variant) => {
      const { title, summary } = VARIANT_DEFINITIONS[variant];
      return {
        variant,
        title,
        summary,
        pretrained: pretrained.has(variant),
        defaults: pageConfig(variant),
        paper: defaultConfig(variant),
      };
    }),
  };
}
