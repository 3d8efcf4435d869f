import type { ImageModel, ModelSettings } from '../engine/model.ts';
import type { Setting } from '../engine/settings.ts';
import type { TrainingRecord } from '../io/modelFile.ts';
import type { Executor } from '../ngc/settling.ts';
import type { FloatArray } from '../shared/arrays.ts';

/** A batch to trace. */
export interface Traced {
  /** Pixels [B, J0]. */
  readonly x: FloatArray;
  /** 1 where a pixel is seen [B, J0]; null: all are. */
  readonly mask: FloatArray | null;
  /** Everything else that the input file holds, for the family to read. */
  readonly tensors: ReadonlyMap<string, FloatArray>;
  readonly metadata: Readonly<Record<string, string>>;
  /** What the command line asks for, before what the file says. */
  readonly steps: number | undefined;
  readonly how: string | undefined;
}

/** What a model is opened from: the parts of a file that belong to its family. */
export interface StoredModel<C extends ModelSettings = ModelSettings> {
  /** Complete and checked, as `Family.parse` gives it. */
  readonly config: C;
  readonly parameters: ReadonlyMap<string, FloatArray>;
  /** What the optimizer carried; null: the file is no checkpoint, or the optimizer carries nothing. */
  readonly optimizer: ReadonlyMap<string, FloatArray> | null;
  readonly training: TrainingRecord | null;
}

/**
 * A family of models: everything that commands and pages need to make one, without knowing which it is. Whoever holds a family
 * gives it only settings that its own `parse` made, and only models that it made itself.
 *
 * @typeParam C its settings
 * @typeParam M its models
 */
export interface Family<
  C extends ModelSettings = ModelSettings,
  M extends ImageModel = ImageModel,
> {
  /** The names of its kinds in files and on the command line. */
  readonly variants: readonly C['variant'][];
  /** A kind's name for people. */
  titleOf(variant: C['variant']): string;
  /** Everything that may be set, `variant`, `sizes` and `batch` among it. */
  readonly settings: readonly Setting[];
  /**
   * Makes complete, checked settings of partial ones (a parsed JSON object with its `variant`). Throws a config error that names
   * what is unknown, out of range or does not fit together.
   */
  parse(config: unknown): C;
  /** The settings that differ from the kind's defaults. */
  changed(config: C): Partial<C>;
  /** A model with fresh parameters from a seed. `executor` computes for families that let others compute. */
  create(config: C, seed: number, executor: Executor): Promise<M>;
  /** The model that a file holds. Throws a file error that names what is missing, unknown or does not fit. */
  open(stored: StoredModel<C>, executor: Executor): Promise<M>;
  /** Gives a model other settings, of those that are live. */
  steer(model: M, config: C): void;
  /**
   * Writes down what a model does with a batch, tensor by tensor: forwards, what it would learn, and its parameters after one update
   * from fresh moments, which changes the model. Absent: there is nothing to write down. Throws a file error for inputs that
   * do not fit.
   */
  trace?(model: M, input: Traced): Promise<Map<string, FloatArray>>;
}
