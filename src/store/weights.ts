import type { ModelReport, Weights } from '../protocol/reports.ts';
import { isSteering } from './settingValues.ts';
import type { Overrides } from './settingValues.ts';
import type { EngineSlice } from './slices/engine.ts';
import type { SetUpSlice } from './slices/setUp.ts';
import type { Variant } from './urlState.ts';

/** Whether a pretrained network of a variant lies beside the page. */
export function hasPretrained({ report }: Pick<EngineSlice, 'report'>, variant: Variant): boolean {
  return report?.variants.some((v) => v.variant === variant && v.pretrained) ?? false;
}

/** How many weight updates a pretrained network has made here; 0 for one's own, which claims nothing. */
export function updatesByUser(model: Pick<ModelReport, 'weights' | 'updatesHere'>): number {
  return model.weights === 'pretrained' ? model.updatesHere : 0;
}

/**
 * Which of the two networks to show, and with which of the settings that were asked for. Training works on one's own network;
 * so does who asks for settings that need a new one, unless the pretrained network was asked for by name.
 */
export function resolveNetwork(state: Pick<EngineSlice, 'report'> & SetUpSlice): {
  readonly weights: Weights;
  readonly settings: Overrides;
} {
  const { overrides } = state;
  const { model, weights, mode } = state.setUp;
  const table = state.report?.settings ?? [];
  const steering = Object.entries(overrides).filter(([key]) => isSteering(table, key));
  const needsNew = steering.length < Object.keys(overrides).length;
  const own = mode === 'train' || weights === 'own' || (weights === 'auto' && needsNew);
  return own || !hasPretrained(state, model)
    ? { weights: 'own', settings: overrides }
    : { weights: 'pretrained', settings: Object.fromEntries(steering) };
}

/** The pretrained network that the page will most likely show, before anybody knows whether it lies beside it; nothing where it is one's own. */
export function expectedNetwork({ setUp }: SetUpSlice): { readonly expects?: Variant } {
  const { model, weights, mode } = setUp;
  return mode === 'train' || weights === 'own' ? {} : { expects: model };
}
