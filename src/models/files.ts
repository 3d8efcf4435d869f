import type { ImageModel, ModelSettings } from '../engine/model.ts';
import type { ReadModelFile, TrainingRecord } from '../io/modelFile.ts';
import { decodeModelBeside, encodeModelBeside } from '../io/modelFile.ts';
import type { Executor } from '../ngc/settling.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { firstBeyond } from '../shared/arrays.ts';
import { NgcError, SpoiltError } from '../shared/errors.ts';
import { FAMILIES, familyOf } from './families.ts';
import type { Family } from './family.ts';

/** What a model file says, its settings checked, before anything is computed. */
export interface ReadModel extends ReadModelFile {
  readonly family: Family;
  readonly config: ModelSettings;
}

/** A model file brought to life. */
export interface OpenedModel {
  readonly model: ImageModel;
  readonly family: Family;
  readonly prior: ReadonlyMap<string, FloatArray> | null;
  readonly training: TrainingRecord | null;
  readonly card: Readonly<Record<string, string>>;
}

/** Checks the settings that a file holds, by the family that they name. Throws a config error that names what is wrong. */
export function readModel(file: ReadModelFile, families: readonly Family[] = FAMILIES): ReadModel {
  const { config } = file;
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new NgcError('config', 'The configuration must be a JSON object of settings.');
  const family = familyOf('variant' in config ? config.variant : undefined, families);
  return { ...file, family, config: family.parse(config) };
}

/**
 * Builds the model that a file describes; with a checkpoint, training can go on exactly where it stopped.
 * Throws a file error that names the tensor that is wrong.
 */
export async function bringToLife(read: ReadModel, executor: Executor): Promise<OpenedModel> {
  const { family, prior, training, card = {} } = read;
  return { model: await family.open(read, executor), family, prior, training, card };
}

/**
 * Opens a model file. Throws a file or config error whose sentence says what is wrong.
 * @param name the file's name, for messages
 */
export async function openModel(
  bytes: ArrayBuffer | Uint8Array,
  name: string,
  executor: Executor,
  families: readonly Family[] = FAMILIES,
): Promise<OpenedModel> {
  return bringToLife(readModel(await decodeModelBeside(bytes, name), families), executor);
}

/** The largest parameter of the networks that are shipped is 4; one of this size has left all proportion. */
const LARGEST = 1e4;

/** Throws a SpoiltError where a parameter is out of all proportion: nobody would go on from there. */
function checkProportion(parameters: ReadonlyMap<string, FloatArray>): void {
  for (const [name, { data }] of parameters) {
    const wild = data[firstBeyond(data, LARGEST)];
    if (wild !== undefined)
      throw new SpoiltError(
        `Training diverged: ${name} has left all proportion (it holds ${wild.toPrecision(2)}); lower the learning rate, or limit the norm.`,
      );
  }
}

/**
 * The bytes of a model file. With `checkpoint`, the optimizer's state goes along; throws a SpoiltError where nobody would go on from
 * what was learnt.
 */
export async function saveModel(
  model: ImageModel,
  parts: {
    readonly prior?: ReadonlyMap<string, FloatArray> | null;
    readonly training?: TrainingRecord | null;
    readonly checkpoint?: boolean;
    readonly f16?: boolean;
    readonly card?: Readonly<Record<string, string>>;
  } = {},
): Promise<Uint8Array> {
  const parameters = await model.parameters();
  if (parts.checkpoint) checkProportion(parameters);
  return encodeModelBeside(
    {
      config: model.config,
      parameters,
      prior: parts.prior ?? null,
      optimizer: parts.checkpoint ? await model.optimizerState() : null,
      training: parts.training ?? null,
      card: parts.card ?? {},
    },
    { f16: parts.f16 ?? false },
  );
}
