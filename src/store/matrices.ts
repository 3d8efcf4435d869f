import type { Family } from '../ngc/parameters.ts';
import { synapsesOf } from '../ngc/parameters.ts';
import type { ModelConfig } from './settingValues.ts';

/** A matrix of synapses, as curves tell of it. */
export interface NamedMatrix {
  readonly name: string;
  readonly family: Family;
  readonly layer: number;
}

/** What `HistoryPoint.weightChanges` are of, in their order. */
export const matricesOf = (config: ModelConfig): readonly NamedMatrix[] => synapsesOf(config);
