import type { Lesions } from '../../protocol/condition.ts';
import type { ImaginingsReport } from '../../protocol/imaginings.ts';
import type {
  BesideReport,
  FieldsReport,
  ModelReport,
  NeuronReport,
  SynapsesReport,
  UpdateReport,
} from '../../protocol/reports.ts';
import type { SamplesReport } from '../../protocol/latents.ts';
import type { ModelConfig } from '../settingValues.ts';
import type { SurpriseReport } from '../../protocol/surprise.ts';

/** What was imagined, and of what. */
export interface DrawnImaginings {
  readonly report: ImaginingsReport;
  /** What was drawn, hidden, cut and set. */
  readonly of: {
    readonly pixels: Float32Array;
    readonly mask: Uint8Array | null;
    readonly lesions: Lesions;
    readonly config: ModelReport['config'];
  };
}

/** The intact network beside an episode in which something is cut. */
export interface IntactTwin {
  readonly report: BesideReport;
  /** The page's number of the episode, and the settings it had. */
  readonly episode: number;
  readonly config: ModelConfig;
}

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
  readonly withoutLateral: BesideReport | null;
  /** The intact network beside the episode in which something is cut; null until it has settled. */
  readonly intact: IntactTwin | null;
  /** What was last imagined of what a drawing hides; `imaginingsAreCurrent` says whether it still is of the present one. */
  readonly imaginings: DrawnImaginings | null;
  /** The seed of the last imaginings that were asked for. */
  readonly imaginingSeed: number | null;
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
  intact: null,
  imaginings: null,
  imaginingSeed: null,
};
