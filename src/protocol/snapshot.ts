import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Lesions } from './condition.ts';
import type { MirrorOffer } from './data.ts';
import type { EpisodeUpdate } from './episode.ts';
import type { StopStatus } from './learning.ts';
import type { Autosave } from './runs.ts';
import type { BackendReport, DatasetId, DatasetReport, ModelReport } from './reports.ts';

/* What the page pulls once an animation frame: whatever changes by itself. */

/** What the page already holds, so that a pull carries only what is new. */
export interface Have {
  /** `EpisodeUpdate.id`; −1 where the page holds none. */
  readonly episode: number;
  /** `EpisodeUpdate.next` of its last update; 0 where there was none. */
  readonly frames: number;
  /** `Snapshot.history.run` (−1 where the page holds none), and how many of its points. */
  readonly run: number;
  readonly points: number;
}

/** What the worker is doing. */
export type WorkerActivity =
  'idle' | 'loading' | 'settling' | 'training' | 'sampling' | 'benchmark';

/** Long work: what it is, how far it is, when it will be done. */
export interface Progress {
  readonly label: string;
  /** 0 … 1, or null where the length is unknown. */
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
}

export interface TrainingStatus {
  /** Counts from 0: epochs completed. */
  readonly epoch: number;
  readonly imagesInEpoch: number;
  readonly imagesPerEpoch: number;
  readonly imagesSeen: number;
  readonly updates: number;
  /** Null until the pace is known, and while training rests. */
  readonly imagesPerSecond: number | null;
  readonly secondsLeftInEpoch: number | null;
  /** Binary cross-entropy in nats an image: of the last batch, and of images held out of training. */
  readonly trainBce: number | null;
  readonly validationBce: number | null;
  /** Share of active neurons in layers 1 … L, on the last batch. */
  readonly sparsity: readonly number[];
  readonly discrepancy: number | null;
  /** M-MSE: squared error summed over the hidden right half of held-out images, mean over images. */
  readonly mmse: number | null;
  /** When that was measured (images seen by then), and on how many held-out images. */
  readonly measured: { readonly at: number; readonly images: number } | null;
  /** How far it is from its end; null where nothing but a person ends it. */
  readonly stop: StopStatus | null;
  /** Moments of its past that are kept. */
  readonly moments: number;
}

/** A setting that was changed while training ran, and what it is since. */
export interface SettingChange {
  readonly key: keyof ModelConfig;
  readonly value: ModelConfig[keyof ModelConfig];
}

/**
 * One point of the training curves: after a weight update (train BCE, weight changes), or a measurement on images held
 * out of training (validation BCE, total discrepancy, now and then M-MSE). What a point does not tell is null.
 */
export interface HistoryPoint {
  readonly imagesSeen: number;
  readonly trainBce: number | null;
  readonly validationBce: number | null;
  /** Share of active neurons in layers 1 … L, of the batch or of the held-out images. */
  readonly sparsity: readonly number[];
  /** Total discrepancy on the held-out images. */
  readonly discrepancy: number | null;
  /** M-MSE on some of the held-out images, their right half hidden. */
  readonly mmse: number | null;
  /** Length of the last change of each matrix of synapses (W, E, M: `synapsesOf`); empty of a measurement. */
  readonly weightChanges: readonly number[];
  /** Settings that were changed since the point before. */
  readonly changes: readonly SettingChange[];
}

/** How often other pages have changed what this browser keeps: runs; drawings and images of one's own. */
export interface ElsewhereReport {
  readonly runs: number;
  readonly data: number;
}

export interface Snapshot {
  /** What computes now: workers can be lost. Null before `start` is answered. */
  readonly backend: BackendReport | null;
  readonly activity: WorkerActivity;
  readonly progress: Progress | null;
  /** Work that goes on beside everything else: the surprise scale being measured. */
  readonly background: Progress | null;
  /** What the drawing hides being imagined, beside everything else. */
  readonly imagining: Progress | null;
  /** A map of codes being made, beside everything else. */
  readonly mapping: Progress | null;
  readonly model: ModelReport | null;
  readonly dataset: DatasetReport | null;
  /** Datasets that cannot be had without the user's help. */
  readonly missing: readonly DatasetId[];
  /** Where the dataset that was asked for could be fetched from; null where it is here, or nowhere to be had. */
  readonly offer: MirrorOffer | null;
  readonly training: TrainingStatus | null;
  /** New points of the curves `run`: those of another training are others, and those whose older points were joined. */
  readonly history: {
    readonly run: number;
    readonly from: number;
    readonly points: readonly HistoryPoint[];
  };
  readonly episode: EpisodeUpdate | null;
  /** Rises whenever weights change: fields shown are stale. */
  readonly weightsVersion: number;
  /** Whether a network of the user's has learnt something that no file holds. */
  readonly unsaved: boolean;
  /** How the training under way is kept. */
  readonly autosave: Autosave;
  /** What other pages have changed of what is kept. */
  readonly elsewhere: ElsewhereReport;
  /** What is cut while the drawing settles. */
  readonly lesions: Lesions;
  /** Sentences for the user that appeared since the last pull. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly level: 'info' | 'error';
  readonly text: string;
}
