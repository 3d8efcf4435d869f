import { parseConfig } from '../ngc/config/parse.ts';
import { Model } from '../ngc/model.ts';
import { optimizerArrays, restoreOptimizer } from '../ngc/optimizerState.ts';
import type { Executor } from '../ngc/settling.ts';
import type { ModelFile, TrainingRecord } from '../io/modelFile.ts';
import { decodeModel, encodeModel } from '../io/modelFile.ts';
import type { FloatArray } from '../shared/arrays.ts';

/** A model file brought to life. */
export interface OpenedModel {
  readonly model: Model;
  readonly prior: ReadonlyMap<string, FloatArray> | null;
  readonly training: TrainingRecord | null;
  readonly card: Readonly<Record<string, string>>;
}

/**
 * Builds the model that a file holds; with a checkpoint, training can go on exactly where it stopped.
 * Throws a file or config error whose sentence names the file and what is wrong.
 */
export async function openModel(
  bytes: ArrayBuffer | Uint8Array,
  name: string,
  executor: Executor,
): Promise<OpenedModel> {
  const file = decodeModel(bytes, name);
  const model = await Model.fromArrays(parseConfig(file.config), file.parameters, executor);
  try {
    if (file.training) {
      model.imagesSeen = file.training.imagesSeen;
      if (file.optimizer) restoreOptimizer(model, file.optimizer, file.training.step);
      // Plain gradient ascent without a learnt precision has no state but its count of updates.
      else if (model.config.optimizer === 'sgd') model.optimizer.step = file.training.step;
    }
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, prior: file.prior, training: file.training, card: file.card ?? {} };
}

/** The bytes of a model file. With `checkpoint`, the optimizer's state goes along. */
export async function saveModel(
  model: Model,
  parts: {
    readonly prior?: ReadonlyMap<string, FloatArray> | null;
    readonly training?: TrainingRecord | null;
    readonly checkpoint?: boolean;
    readonly f16?: boolean;
    readonly card?: Readonly<Record<string, string>>;
  } = {},
): Promise<Uint8Array> {
  const file: ModelFile = {
    config: model.config,
    parameters: await model.toArrays(),
    prior: parts.prior ?? null,
    optimizer: parts.checkpoint ? await optimizerArrays(model) : null,
    training: parts.training ?? null,
    card: parts.card ?? {},
  };
  return encodeModel(file, { f16: parts.f16 ?? false });
}
