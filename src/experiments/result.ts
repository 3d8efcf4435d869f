import type { Budget, Extent, LabDataset, Training } from './experiment.ts';

/** What results say of their form; those of another version are refused. */
export const RESULT_FORMAT = 'ngc-lab-result';
export const RESULT_VERSION = 1;

/** An array inside JSON: pictures as bytes (0 … 255 for 0 … 1), other numbers as float32, little-endian, base64. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly type: 'u8' | 'f32';
  readonly data: string;
}

/** The course of a training: a point a look, every list as long as `images`. */
export interface Curve {
  /** Images learnt from so far. */
  readonly images: readonly number[];
  /** Seconds of training so far, without measuring. */
  readonly seconds: readonly number[];
  /** Mean loss of the batches since the last look, before each update (BCE, nats an image). */
  readonly train: readonly number[];
  /** On the validation images: BCE in nats an image, or free energy of models that have one; Err in percent for models that only classify; null where neither is. */
  readonly validation: readonly (number | null)[];
  /** Other numbers that were measured on the way, by their names in `numbers`. */
  readonly more: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Where and how a result was computed. */
export interface Origin {
  /** The command that repeats it. */
  readonly command: string;
  readonly budget: Budget;
  /** For people: "Intel Xeon, 2 cores, Node 20.20, wasm, 2 workers". */
  readonly machine: string;
  readonly backend: string;
  /** ISO 8601. */
  readonly date: string;
  /** Seconds spent on training and on measuring. */
  readonly training: number;
  readonly measuring: number;
}

/** What became of a cell. A training that diverged is a result too, and says so. */
export interface CellResult {
  readonly format: typeof RESULT_FORMAT;
  readonly version: typeof RESULT_VERSION;
  readonly experiment: string;
  readonly key: string;
  readonly row: string;
  readonly dataset: LabDataset;
  readonly point: number | null;
  readonly seed: number;
  readonly state: 'done' | 'diverged';
  /** Why, where it diverged; else null. */
  readonly reason: string | null;
  readonly training: Training | null;
  /** How thoroughly it was measured; what is absent is from before results said it. */
  readonly extent?: Partial<Extent>;
  /** Every setting the model had in the end. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  /**
   * What was measured, by name: bce, sampled, logpx, bound, exact, err, mmse.RULE for each rule of the model, rho1 …, accuracy, mse,
   * energy, auroc.STRANGER, doubt.STRANGER, recalled, right, close, cosine, ratio,
   * distance, operations (millions of an update, an image), codeWidth, synapses, imagesSeen, validation (the last or best look), and how many images each was measured on (n.bce …).
   */
  readonly numbers: Readonly<Record<string, number>>;
  /** In words, what numbers rest on: the prior, the classifier, how rules were chosen. */
  readonly words: Readonly<Record<string, string>>;
  readonly curve: Curve | null;
  /**
   * Pictures and codes by name. examples [N, 784]; reconstructed; masked; completed.RULE (of the same N test images for every model
   * of a dataset); samples; byClass [rows, classes, 784]; map.points [N, 2], map.labels [N]; composition.*.
   */
  readonly arrays: Readonly<Record<string, StoredArray>>;
  /** The trained model's file, beside the results; null: there is none. */
  readonly model: string | null;
  readonly origin: Origin;
}

/** Results of one experiment in one file: what `lab merge` writes and the page is shipped with. */
export interface ResultFile {
  readonly format: 'ngc-lab';
  readonly version: typeof RESULT_VERSION;
  readonly experiment: string;
  readonly results: readonly CellResult[];
}
