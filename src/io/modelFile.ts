/**
 * The model file: a safetensors file whose metadata says `format` = "ngc", `version` = "1" and
 * `config` = the settings as JSON. Beside the parameters it may hold a prior (tensors under
 * `prior.`), the optimizer's moments (under `opt.`) with the training's position in the metadata,
 * and a card: what a person should know about the model (metadata under `card.`).
 */
import type { FloatArray } from '../shared/arrays.ts';
import { messageOf, NgcError, printable } from '../shared/errors.ts';
import { parseJson } from '../shared/json.ts';
import { fileError } from './fileError.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { layOut, parseSafetensors, parseSafetensorsBeside } from './safetensors.ts';
import { seal, sealBeside } from './seal.ts';

const FORMAT = 'ngc';
const VERSION = '1';
const PRIOR = 'prior.';
const OPTIMIZER = 'opt.';
const CARD = 'card.';

/** Where a training run stands, so that it can go on exactly as if it had not stopped. */
export interface TrainingRecord {
  /** Updates of the parameters so far (the optimizer's step). */
  readonly step: number;
  /** Whole epochs so far. */
  readonly epoch: number;
  /** Images of the current epoch already used. */
  readonly offset: number;
  readonly imagesSeen: number;
  /** The seed that the run started from. */
  readonly seed: number;
  /** `Rng.save()` of the run's generator (null stands for NaN), or null where the seed is enough. */
  readonly rng: readonly (number | null)[] | null;
}

/** Everything a model file holds; names without their prefixes. */
export interface ModelFile {
  /** The settings as parsed JSON, not yet checked: runtime/ gives them to `parseConfig`. */
  readonly config: unknown;
  readonly parameters: ReadonlyMap<string, FloatArray>;
  readonly prior: ReadonlyMap<string, FloatArray> | null;
  readonly optimizer: ReadonlyMap<string, FloatArray> | null;
  readonly training: TrainingRecord | null;
  readonly card?: Readonly<Record<string, string>>;
}

/** A model file that was read. */
export interface ReadModelFile extends ModelFile {
  /** Whether it carried a digest, which was found to be right. */
  readonly sealed: boolean;
}

const COUNTS = ['step', 'epoch', 'offset', 'imagesSeen', 'seed'] as const;

function trainingMetadata(training: TrainingRecord): [string, string][] {
  const counts = COUNTS.map((key): [string, string] => {
    const value = training[key];
    if (!Number.isSafeInteger(value) || value < 0)
      throw new NgcError('file', `Cannot write a model with training ${key} ${value}.`);
    return [key, String(value)];
  });
  // JSON has no NaN: it becomes null, which restoreRng understands.
  return training.rng ? [...counts, ['rng', JSON.stringify(training.rng)]] : counts;
}

/** The training record in the metadata, or null when `step` is not there. */
function parseTraining(metadata: Record<string, string>, file: string): TrainingRecord | null {
  if (metadata['step'] === undefined) return null;
  const [step, epoch, offset, imagesSeen, seed] = COUNTS.map((key) => {
    const text = metadata[key];
    const value = Number(text);
    if (text === undefined || !/^\d+$/.test(text) || !Number.isSafeInteger(value))
      throw fileError(file, `is broken: its training ${key} must be a whole number from 0 up.`);
    return value;
  }) as [number, number, number, number, number];
  const { rng } = metadata;
  return {
    step,
    epoch,
    offset,
    imagesSeen,
    seed,
    rng: rng === undefined ? null : parseRng(rng, file),
  };
}

const isFiniteOrNull = (word: unknown): word is number | null =>
  word === null || Number.isFinite(word);

function parseRng(text: string, file: string): (number | null)[] {
  try {
    const words = parseJson(text);
    if (Array.isArray(words) && words.length === 5 && words.every(isFiniteOrNull)) return words;
  } catch {
    // Not JSON: the same error as JSON of something else.
  }
  throw fileError(file, 'is broken: its rng must be a JSON list of five numbers.');
}

interface EncodeOptions {
  /**
   * Rounds parameters and prior to half precision. The optimizer's moments stay F32: Adam's second moments would underflow to zero.
   */
  readonly f16?: boolean;
}

/** The bytes of a model file. Throws a file error for values that cannot be stored (not finite, too large for F16). */
export function encodeModel(model: ModelFile, options: EncodeOptions = {}): Uint8Array {
  return seal(unsealed(model, options));
}

/** The same, with the digest made beside other work: for whoever saves while something runs. */
export async function encodeModelBeside(
  model: ModelFile,
  options: EncodeOptions = {},
): Promise<Uint8Array> {
  return sealBeside(unsealed(model, options));
}

function unsealed(model: ModelFile, options: EncodeOptions): Uint8Array {
  const tensors = new Map<string, FloatArray>();
  for (const [name, array] of model.parameters) {
    if (name.startsWith(PRIOR) || name.startsWith(OPTIMIZER))
      throw new NgcError(
        'file',
        `Cannot write a parameter called ${printable(name)}: the prefix is reserved.`,
      );
    tensors.set(name, array);
  }
  for (const [name, array] of model.prior ?? []) tensors.set(PRIOR + name, array);
  for (const [name, array] of model.optimizer ?? []) tensors.set(OPTIMIZER + name, array);
  const metadata = Object.fromEntries<string>([
    ['format', FORMAT],
    ['version', VERSION],
    ['config', JSON.stringify(model.config ?? null)],
    ...(model.training ? trainingMetadata(model.training) : []),
    ...Object.entries(model.card ?? {}).map(([key, text]): [string, string] => [CARD + key, text]),
  ]);
  const { f16 = false } = options;
  return layOut(tensors, metadata, { f16: (name) => f16 && !name.startsWith(OPTIMIZER) });
}

/**
 * Reads a model file. The settings and the tensors' shapes are not checked against each other here.
 * @param name the file's name, for messages.
 * @throws NgcError 'file' when it is not a whole safetensors file, is damaged, or not a model of this version.
 */
export function decodeModel(bytes: ArrayBuffer | Uint8Array, name: string): ReadModelFile {
  return modelIn(parseSafetensors(bytes, name), name);
}

/** The same, its digest checked beside other work: for whoever opens while something runs. */
export async function decodeModelBeside(
  bytes: ArrayBuffer | Uint8Array,
  name: string,
): Promise<ReadModelFile> {
  return modelIn(await parseSafetensorsBeside(bytes, name), name);
}

function modelIn({ metadata, tensors, sealed }: SafetensorsFile, name: string): ReadModelFile {
  if (metadata['format'] !== FORMAT)
    throw fileError(name, `is not a model file: its metadata must have format = "${FORMAT}".`);
  if (metadata['version'] !== VERSION)
    throw fileError(
      name,
      `has version ${printable(metadata['version'] ?? 'none')} of the model format; this program reads version "${VERSION}".`,
    );

  const group = () => new Map<string, FloatArray>();
  const groups = { [PRIOR]: group(), [OPTIMIZER]: group(), '': group() };
  for (const [key, array] of tensors) {
    const prefix = key.startsWith(PRIOR) ? PRIOR : key.startsWith(OPTIMIZER) ? OPTIMIZER : '';
    groups[prefix].set(key.slice(prefix.length), array);
  }
  const orNull = (some: Map<string, FloatArray>) => (some.size > 0 ? some : null);
  const card = Object.entries(metadata)
    .filter(([key]) => key.startsWith(CARD))
    .map(([key, text]) => [key.slice(CARD.length), text] as const);
  return {
    config: parseConfigJson(metadata['config'], name),
    parameters: groups[''],
    prior: orNull(groups[PRIOR]),
    optimizer: orNull(groups[OPTIMIZER]),
    training: parseTraining(metadata, name),
    sealed,
    ...(card.length > 0 ? { card: Object.fromEntries(card) } : {}),
  };
}

function parseConfigJson(text: string | undefined, file: string): unknown {
  if (text === undefined) throw fileError(file, 'is not a model file: its metadata has no config.');
  try {
    return parseJson(text);
  } catch (error) {
    throw fileError(file, `is broken: its config ${messageOf(error)}.`);
  }
}
