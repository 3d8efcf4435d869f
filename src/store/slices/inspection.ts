import type {
  FieldsReport,
  NeuronReport,
  SamplesReport,
  SynapsesReport,
  UpdateReport,
  WithoutLateralReport,
} from '../../protocol/reports.ts';
import type { SurpriseReport } from '../../protocol/surprise.ts';

/** What the engine told about the network when asked; each report says which synapses it is of. */
export interface InspectionSlice {
  /** Fields by layer, with the version of the weights they show. */
  readonly fields: ReadonlyMap<number, FieldsReport & { readonly version: number }>;
  /** What the last weight update did that was asked for by hand; null where the synapses are not those it left. */
  readonly lastUpdate: UpdateReport | null;
  readonly samples: SamplesReport | null;
  /** The neuron last asked for. */
  readonly neuron: NeuronReport | null;
  /** Matrices by name. */
  readonly synapses: ReadonlyMap<string, SynapsesReport>;
  /** What surprise usually is, for the ways to look that were asked for last; the newest first. */
  readonly surprises: readonly SurpriseReport[];
  /** The drawing settled without lateral synapses; null until asked for, and again when the drawing changes. */
  readonly withoutLateral: WithoutLateralReport | null;
}

/** Nothing told yet: so it is with every new network. */
export const initialInspection: InspectionSlice = {
  fields: new Map(),
  lastUpdate: null,
  samples: null,
  neuron: null,
  synapses: new Map(),
  surprises: [],
  withoutLateral: null,
};
