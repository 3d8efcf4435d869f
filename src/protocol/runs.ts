import type { StopRule } from './learning.ts';
import type { DatasetId, DatasetReport, ModelReport } from './reports.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import type { Variant } from '../ngc/config/variants.ts';

/*
 * Runs: trainings that are kept. The page lists their cards; what they learnt lies in the browser's storage.
 */

/** What is told of a run without opening it. */
export interface RunCard {
  readonly id: string;
  /** What its user calls it. */
  readonly name: string;
  readonly variant: Variant;
  /** The network's title for people: "GNCN-PDH, your network". */
  readonly title: string;
  readonly dataset: {
    readonly id: DatasetId;
    readonly title: string;
    /** Images it learns from; what is held out of them is not counted. */
    readonly images: number;
  };
  readonly seed: number;
  /** What computed last: "wasm (SIMD, 2 workers)". Rounding differs from one to the other. */
  readonly backend: string;
  /** When it began, and when it was kept last (ISO 8601). */
  readonly began: string;
  readonly saved: string;
  /** Seconds of training, pauses not counted. */
  readonly seconds: number;
  /** Whole epochs, and images learnt from in its life. */
  readonly epoch: number;
  readonly imagesSeen: number;
  /** Nats an image: of the last batch, and of images held out of training when they were measured last; null where neither was. */
  readonly trainBce: number | null;
  readonly validationBce: number | null;
  /** Whether it was training when it was kept: if nobody is at it now, it was cut off. */
  readonly underway: boolean;
  /** Size of its file. */
  readonly bytes: number;
}

/** All runs that this browser keeps, the one kept last first. */
export interface RunsReport {
  readonly runs: readonly RunCard[];
  /** Whether they outlast the page. */
  readonly lasting: boolean;
  /** Bytes that this page has stored, and that the browser allows it in all; null where it does not say. */
  readonly storage: { readonly used: number; readonly quota: number } | null;
}

/** How the run under way is kept. */
export interface Autosave {
  /** The run as it was kept last; null: nothing of it was kept yet. */
  readonly card: RunCard | null;
  /** Why it could not be kept the last time; null: it could. */
  readonly refused: string | null;
}

/** A run was taken up: its network, and the images that it learns from. */
export interface GoOnReport {
  readonly model: ModelReport;
  readonly dataset: DatasetReport;
  /** When it ends by itself. */
  readonly stop: StopRule;
}

/** A model file was opened. */
export interface OpenedReport {
  readonly model: ModelReport;
  /** The run that it held, as it is kept here now. */
  readonly run: RunCard | null;
}

/** A run to be compared with others: what it is made of, and its curves, thinned to what a chart can show. */
export interface ComparedRun {
  readonly card: RunCard;
  /** Its settings as they were kept last. */
  readonly config: ModelConfig;
  /** Images that it had seen at each point, and what was told there; what a point does not tell is null. */
  readonly images: readonly number[];
  readonly curves: Readonly<Record<ComparedCurve, readonly (number | null)[]>>;
}

/** What runs are compared by: BCE in nats an image on held-out images and on batches, M-MSE, total discrepancy in nats, length of the change of all synapses. */
export const COMPARED_CURVES = [
  'validationBce',
  'trainBce',
  'mmse',
  'discrepancy',
  'weightChange',
] as const;
export type ComparedCurve = (typeof COMPARED_CURVES)[number];
