import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { GenerativeModel, ImageModel } from '../engine/model.ts';
import type { ReadModelFile } from '../io/modelFile.ts';
import { decodeModel } from '../io/modelFile.ts';
import type { SafetensorsFile } from '../io/safetensors.ts';
import type { Family } from '../models/family.ts';
import type { OpenedModel, ReadModel } from '../models/files.ts';
import { bringToLife, readModel } from '../models/files.ts';
import { COMPLETIONS } from '../ngc/completion.ts';
import type { Backend } from '../runtime/backends.ts';
import { IMAGINE } from '../lab/evaluate.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printable, printableList, printableText } from '../shared/errors.ts';
import { named, readBytes, readTensors } from './files.ts';
import { needed, text, usageError } from './options.ts';

export const MODEL_OPTION = { model: needed(text('M', 'The model file (.safetensors).')) } as const;

/** Does something with a model file; whatever is wrong with it, the error names the option and the file. */
export async function naming<T>(option: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NgcError) || error.message.includes(printableText(path))) throw error;
    throw new NgcError(error.kind, `${named(option, path)}: ${error.message}`);
  }
}

/** A model file that was decoded, and the option that named it. */
export interface DecodedFile {
  readonly file: ReadModelFile;
  readonly option: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A model file whose settings are checked too. */
export interface ReadFile extends ReadModel {
  readonly option: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads a model file of any kind. Throws an error naming the option and the file. */
export async function decodeFile(option: string, path: string): Promise<DecodedFile> {
  const bytes = await readBytes(option, path);
  const file = await naming(option, path, async () => Promise.resolve(decodeModel(bytes, path)));
  return { file, option, path, bytes };
}

/** Checks the settings of a file as those of a model of images. Throws an error naming the option and the file. */
export async function checkedFile(
  { file, ...named }: DecodedFile,
  families: readonly Family[],
): Promise<ReadFile> {
  const check = async () => Promise.resolve(readModel(file, families));
  return { ...(await naming(named.option, named.path, check)), ...named };
}

/**
 * Reads a model file and checks its settings; nothing is computed.
 * Throws an error naming the option and the file, whatever is wrong with it.
 */
export async function readModelFile(
  option: string,
  path: string,
  families: readonly Family[],
): Promise<ReadFile> {
  return checkedFile(await decodeFile(option, path), families);
}

/** The model of a file that was read; the numerics must have been started. Throws an error naming the option and the file. */
export async function modelOf(read: ReadFile, { executor }: Backend): Promise<OpenedModel> {
  return naming(read.option, read.path, () => bringToLife(read, executor));
}

/** Brings a model of images to life; the numerics are started once its settings are known to be right. */
export async function openDecoded(
  decoded: DecodedFile,
  families: readonly Family[],
  start: () => Promise<Backend>,
): Promise<OpenedModel & { readonly backend: Backend }> {
  const read = await checkedFile(decoded, families);
  const backend = await start();
  return { ...(await modelOf(read, backend)), backend };
}

/**
 * Opens the model file of `--model`; the numerics are started once the file is known to be one.
 * Throws an error naming the option and the file, whatever is wrong with it, or a backend error.
 */
export async function openModelFile(
  path: string,
  families: readonly Family[],
  start: () => Promise<Backend>,
): Promise<OpenedModel & { readonly backend: Backend }> {
  return openDecoded(await decodeFile('--model', path), families, start);
}

/** `--how`. Which ways there are depends on the model; what it has none of is refused by `checkCompletion`. */
export const completionOption = (meaning: string) =>
  text('H', `${meaning} (of NGC: ${COMPLETIONS.join(', ')}, and imagine, which needs a prior).`);

/** Throws a usage error that lists the ways in which the model can fill in hidden pixels if `how` is none of them. */
export function checkCompletion(model: GenerativeModel, how?: string): void {
  const all = [...model.completions.all, ...(model.imagine ? [IMAGINE] : [])];
  if (how !== undefined && !all.includes(how))
    throw usageError(
      `Option --how: a ${model.title} fills in hidden pixels by ${all.join(' or ')}, not by ${printable(how)}.`,
    );
}

/** Pictures to settle, from a file: x and perhaps a mask, [B, J0] each. */
interface InputFile {
  /** The whole file. */
  readonly file: SafetensorsFile;
  readonly x: FloatArray;
  readonly mask: FloatArray | null;
}

/**
 * Reads `x [B, J0]` and, if it is there, `mask [B, J0]` for a model.
 * Throws a file error naming the file and the tensor: missing, misshapen, or with values that are no pixels.
 */
export async function readInput(path: string, model: ImageModel): Promise<InputFile> {
  const option = '--input';
  const file = await readTensors(option, path);
  const { tensors } = file;
  const wrong = (problem: string) => new NgcError('file', `${named(option, path)}: ${problem}.`);
  const shown = ({ shape }: FloatArray) => `[${printableList(shape.map(String), 8)}]`;
  const { pixels } = model;
  const x = tensors.get('x');
  if (!x) throw wrong(`it must hold a tensor x of shape [B, ${pixels}]`);
  const mask = tensors.get('mask') ?? null;
  const [rows = 0, columns] = x.shape;
  if (x.shape.length !== 2 || columns !== pixels || rows < 1)
    throw wrong(`x has shape ${shown(x)}; the model needs [B, ${pixels}]`);
  if (mask && mask.shape.join() !== x.shape.join())
    throw wrong(`mask has shape ${shown(mask)}; it must be as x, ${shown(x)}`);
  if (x.data.some((value) => value < 0 || value > 1)) throw wrong('x must lie from 0 to 1');
  if (mask?.data.some((value) => value !== 0 && value !== 1))
    throw wrong('mask must hold 1 (seen) and 0 (hidden) only');
  return { file, x, mask };
}

/** Rows `from` … `to` − 1 of a matrix as a tensor, which the caller disposes. */
export function rowsOf({ shape, data }: FloatArray, from: number, to: number): Tensor2D {
  const width = shape[1]!;
  return tf.tensor2d(data.subarray(from * width, to * width), [to - from, width]);
}
