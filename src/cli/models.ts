import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';

import type { Model } from '../ngc/model.ts';
import type { Executor } from '../ngc/settling.ts';
import type { OpenedModel } from '../runtime/modelFiles.ts';
import { openModel } from '../runtime/modelFiles.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { NgcError, printableList, printableText } from '../shared/errors.ts';
import { named, readBytes, readTensors } from './files.ts';
import { needed, text } from './options.ts';

export const MODEL_OPTION = { model: needed(text('M', 'The model file (.safetensors).')) } as const;

/**
 * Opens a model file; the numerics must have been started.
 * Throws a file error naming the option and the file, whatever is wrong with it.
 */
export async function openModelFile(
  option: string,
  path: string,
  executor: Executor,
): Promise<OpenedModel> {
  const bytes = await readBytes(option, path);
  try {
    return await openModel(bytes, path, executor);
  } catch (error) {
    if (!(error instanceof NgcError) || error.message.includes(printableText(path))) throw error;
    throw new NgcError(error.kind, `${named(option, path)}: ${error.message}`);
  }
}

/** Makes the next update a first one: without the moments and precisions that a checkpoint carried over. */
export async function forgetOptimizer(model: Model): Promise<void> {
  for (const { m, v } of model.optimizer.moments.values()) tf.dispose([m, v]);
  model.optimizer.moments.clear();
  model.optimizer.step = 0;
  await model.refreshPrecision();
}

/** Pictures to settle, from a file: x and perhaps a mask, [B, J0] each. */
export interface InputFile {
  readonly x: FloatArray;
  readonly mask: FloatArray | null;
}

/**
 * Reads `x [B, J0]` and, if it is there, `mask [B, J0]` for a model.
 * Throws a file error naming the file and the tensor: missing, misshapen, or with values that are no pixels.
 */
export async function readInput(path: string, model: Model): Promise<InputFile> {
  const option = '--input';
  const { tensors } = await readTensors(option, path);
  const wrong = (problem: string) => new NgcError('file', `${named(option, path)}: ${problem}.`);
  const shown = ({ shape }: FloatArray) => `[${printableList(shape.map(String), 8)}]`;
  const pixels = model.config.sizes[0]!;
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
  return { x, mask };
}

/** Rows `from` … `to` − 1 of a matrix as a tensor, which the caller disposes. */
export function rowsOf({ shape, data }: FloatArray, from: number, to: number): Tensor2D {
  const width = shape[1]!;
  return tf.tensor2d(data.subarray(from * width, to * width), [to - from, width]);
}
