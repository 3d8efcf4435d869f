import type { Budget } from '../experiments/experiment.ts';
import type { CellResult, Curve } from '../experiments/result.ts';
import type { BackendChoice, DatasetId } from './reports.ts';

/*
 * Everything that passes between the page and the Lab's worker. As with the engine, the page sends requests that are each
 * answered once, and pulls what changes by itself.
 */

export type LabRequest =
  /** First message: what was run here before. `base`: the page's address, where /data and /models lie. Starts no numerics. */
  | { readonly type: 'open'; readonly base: string }
  /**
   * Runs cells of an experiment one after the other, those that have a result already left out; what was begun goes on where it was.
   * Starts the numerics if that has not been done. Answered when all have ended; fails with kind "cancelled" by `stop`.
   */
  | {
      readonly type: 'run';
      readonly experiment: string;
      readonly budget: Budget;
      readonly cells: readonly string[];
      readonly backend: BackendChoice;
      /** Without workers beside it. */
      readonly alone?: boolean;
      /** The datasets whose public mirrors the user lets the page ask. */
      readonly mirrors: readonly DatasetId[];
    }
  /** Stops what runs, and keeps where it was. */
  | { readonly type: 'stop' }
  /** What has changed. `have`: how many of the results that were finished since `open` the page holds. */
  | { readonly type: 'pull'; readonly have: number }
  /** Removes everything that was run here of an experiment, the models that no other result has too; `restore` brings it back. */
  | { readonly type: 'remove'; readonly experiment: string }
  /** Brings back what was removed last, as it was. */
  | { readonly type: 'restore' }
  /** The model of a result that was run here. */
  | { readonly type: 'model'; readonly name: string }
  /** All models that can be set to one drawing: those beside the page, and those that were trained here. */
  | { readonly type: 'models'; readonly backend: BackendChoice }
  /** What a model makes of a picture: 28·28 intensities, binarised at ½; mask: 1 = seen, null = nothing hidden. */
  | {
      readonly type: 'look';
      readonly model: string;
      readonly pixels: Float32Array;
      readonly mask: Uint8Array | null;
      readonly rule: RuleChoice;
    }
  /** Pictures that a model draws by itself. */
  | {
      readonly type: 'draw';
      readonly model: string;
      readonly count: number;
      readonly seed: number;
    };

/** How a model fills in what is hidden: as the paper has it, or by whichever of its ways it does best. */
export const RULE_CHOICES = ['paper', 'best'] as const;
export type RuleChoice = (typeof RULE_CHOICES)[number];

/** A model that can be set to a drawing. */
export interface SideModel {
  /** Names it in requests. */
  readonly id: string;
  readonly title: string;
  /** What it was trained on, for people. */
  readonly dataset: string;
  /** Whether it was trained here. */
  readonly own: boolean;
}

/** What a model made of a picture. */
export interface LookReport {
  /** 28·28 intensities: seen pixels as they were, hidden ones as imagined; of a whole picture its reconstruction. */
  readonly picture: Float32Array;
  /** By which of its rules; null: nothing was hidden. */
  readonly how: string | null;
  /** Squared error against the picture: over what was hidden, or over all where nothing was. */
  readonly squaredError: number;
  readonly milliseconds: number;
}

/** What a model drew. */
export interface DrawReport {
  /** count·784. */
  readonly pictures: Float32Array;
  readonly count: number;
}

/** What a cell that runs is at. */
export interface RunningCell {
  readonly key: string;
  /** What is being done, for people: "Training", "Fitting the prior". */
  readonly label: string;
  /** Of that, 0 … 1. */
  readonly fraction: number | null;
  /** Seconds since it was begun here. */
  readonly seconds: number;
  /** The course of its training so far. */
  readonly curve: Curve | null;
}

export interface LabRun {
  readonly experiment: string;
  readonly budget: Budget;
  /** All of its cells, by their keys, and how many have a result. */
  readonly cells: readonly string[];
  readonly done: number;
  /** Null between two cells, and while the numerics start. */
  readonly cell: RunningCell | null;
  /** Cells that could not be run, and why, in a sentence. */
  readonly failed: readonly { readonly key: string; readonly reason: string }[];
}

export interface LabSnapshot {
  readonly run: LabRun | null;
  /** Results that were finished since `have`. */
  readonly results: readonly CellResult[];
  /** Sentences for the user since the last pull. */
  readonly notices: readonly string[];
}

/** What was run here before. */
export interface Kept {
  /** Where, for people: "this browser’s storage". */
  readonly place: string;
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  readonly results: readonly CellResult[];
}

/** The value each request is answered with; null where there is nothing to say but that it is done. */
export interface LabResults {
  open: Kept;
  run: null;
  stop: null;
  pull: LabSnapshot;
  remove: { readonly results: number };
  restore: { readonly results: readonly CellResult[] };
  model: { readonly bytes: ArrayBuffer };
  models: { readonly models: readonly SideModel[] };
  look: LookReport;
  draw: DrawReport;
}

export type LabRequestType = LabRequest['type'];
export type LabRequestOf<T extends LabRequestType> = Extract<LabRequest, { type: T }>;
