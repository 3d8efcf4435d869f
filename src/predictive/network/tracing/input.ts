import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { toFloatArray } from '../../../engine/floatArrays.ts';
import type { FloatArray } from '../../../shared/arrays.ts';
import { NgcError, printableList } from '../../../shared/errors.ts';
import { release } from '../memory.ts';

/** A batch to trace: images, perhaps a mask, and what else the input file holds. */
export interface TraceInput {
  /** The images [B, n]: z_0 of a classifier, z_L of any other network. */
  readonly x: FloatArray;
  /** 1 where a pixel is seen [B, n]; null: all are. */
  readonly mask: FloatArray | null;
  readonly tensors: ReadonlyMap<string, FloatArray>;
  /** Settling steps; undefined: T. */
  readonly steps: number | undefined;
}

/** What is written down: arrays by the names that files use. */
export type Traced = Map<string, FloatArray>;

/** A tensor of an array of its shape; the caller disposes it. */
export const matrix = ({ shape: [rows = 0, columns = 0], data }: FloatArray): Tensor2D =>
  tf.tensor2d(data, [rows, columns]);

/** An array of the input file, of a shape. Throws a file error that names it where it is missing, misshapen or not finite. */
export function arrayIn(
  { tensors }: TraceInput,
  name: string,
  shape: readonly (number | 'any')[],
): FloatArray {
  const array = tensors.get(name);
  const wanted = `${name} [${shape.map((n) => (n === 'any' ? 'N' : n)).join(', ')}]`;
  if (!array) throw new NgcError('file', `the input must hold ${wanted}.`);
  const fits = array.shape.length === shape.length && shape.every((n, i) => n === 'any' || n === array.shape[i]); // prettier-ignore
  if (!fits)
    throw new NgcError(
      'file',
      `${name} has shape [${printableList(array.shape.map(String), 8)}]; the network needs ${wanted}.`,
    );
  if (!array.data.every(Number.isFinite))
    throw new NgcError('file', `${name} must hold finite numbers only.`);
  return array;
}

/** Rows [B, n] of a tensor, written down under a name; the tensor is freed. */
export async function write(into: Traced, name: string, tensor: Tensor): Promise<void> {
  into.set(name, await toFloatArray(tensor));
  release(tensor);
}
