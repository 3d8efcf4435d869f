import type { MirrorOffer } from '../../protocol/data.ts';
import type {
  BackendReport,
  DatasetId,
  DatasetReport,
  ModelReport,
  StartReport,
} from '../../protocol/reports.ts';

/** The engine, and what it works with. */
export interface EngineSlice {
  readonly engine: 'starting' | 'ready' | 'failed';
  /** Why the engine does not run, for people. */
  readonly failure: string | null;
  readonly report: StartReport | null;
  readonly backend: BackendReport | null;
  readonly model: ModelReport | null;
  /** Rises whenever synapses change: what was told of others is stale. */
  readonly weightsVersion: number;
  /** Whether leaving the page would lose what a network has learnt. */
  readonly unsaved: boolean;
  readonly data: DatasetReport | null;
  /** Datasets that cannot be had without the user's help. */
  readonly missing: readonly DatasetId[];
  /** Where the dataset that was asked for could be fetched from, should the user say so. */
  readonly offer: MirrorOffer | null;
}

export const initialEngine: EngineSlice = {
  engine: 'starting',
  failure: null,
  report: null,
  backend: null,
  model: null,
  weightsVersion: 0,
  unsaved: false,
  data: null,
  missing: [],
  offer: null,
};
