import type {
  CodeReport,
  LatentMapReport,
  NearestReport,
  PriorReport,
  ProjectionName,
  WalkReport,
} from '../../protocol/latents.ts';
import type { ModelConfig } from '../settingValues.ts';

/** How the page looks at what a network dreams: samples of its prior, a walk between two pictures, neurons driven by hand. */
export type SampleView = 'samples' | 'walk' | 'hand';

/** A picture that a walk or a drive begins with. */
export interface Given {
  /** [J0], 0 … 1. */
  readonly pixels: Float32Array;
  /** What it is: "your drawing". */
  readonly origin: string;
}

/** The two ends of a walk; null: not chosen yet. */
export interface WalkEnds {
  readonly from: Given | null;
  readonly to: Given | null;
}

/** The top layer, driven by hand. */
export interface Driven {
  /** Whose code it began with, and that code. */
  readonly given: Given;
  readonly start: CodeReport;
  /** φ(z_L) [D] as it is now, and its picture [J0]. */
  readonly values: Float32Array;
  readonly picture: Float32Array;
}

/** What the engine told about codes when asked. */
export interface LatentsSlice {
  readonly latentMap: LatentMapReport | null;
  /** The settings that it was made with. */
  readonly mapConfig: ModelConfig | null;
  /** Whether a map is on its way; stopped: the last one was given up, or refused. */
  readonly mapState: 'none' | 'making' | 'stopped';
  readonly prior: PriorReport | null;
  /** The Gaussian that samples are drawn from; null: all. */
  readonly component: number | null;
  /** The sample that is looked at, by its place. */
  readonly chosenSample: number | null;
  /** The training image nearest to it; null while it is looked for. */
  readonly nearest: NearestReport | null;
  readonly walk: WalkReport | null;
  readonly driven: Driven | null;
}

/** Nothing told yet: so it is with every new network. */
export const initialLatents: LatentsSlice = {
  latentMap: null,
  mapConfig: null,
  mapState: 'none',
  prior: null,
  component: null,
  chosenSample: null,
  nearest: null,
  walk: null,
  driven: null,
};

/** What the user has chosen of it, whatever the network. */
export interface LatentChoices {
  readonly projection: ProjectionName;
  readonly sampleView: SampleView;
  readonly sampleCount: number;
  /** By what the standard deviations of the prior are multiplied; 1: the prior itself. */
  readonly temperature: number;
  readonly walkEnds: WalkEnds;
}

export const initialLatentChoices: LatentChoices = {
  projection: 'pca',
  sampleView: 'samples',
  sampleCount: 36,
  temperature: 1,
  walkEnds: { from: null, to: null },
};
