import * as tf from '@tensorflow/tfjs-core';

import { parseConfig } from '../../src/ngc/config/parse.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import type { Variant } from '../../src/ngc/config/variants.ts';
import { Model } from '../../src/ngc/model.ts';
import { opByOp } from '../../src/ngc/opByOp.ts';
import type { Running } from '../../src/ngc/settling.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { createRng } from '../../src/shared/rng.ts';

/** A small configuration: 12 pixels, layers of 6, 6 and 8 neurons unless `changes` say otherwise. */
export function smallConfig(variant: Variant, changes: Partial<ModelConfig> = {}): ModelConfig {
  return parseConfig({ variant, sizes: [12, 6, 6, 8], steps: 10, batch: 5, ...changes });
}

/** A model with weights large enough to matter, and covariances away from the identity. */
export async function smallModel(
  variant: Variant,
  changes: Partial<ModelConfig> = {},
  seed = 7,
): Promise<Model> {
  const config = smallConfig(variant, { weightScale: 0.4, ...changes });
  const fresh = await Model.create(config, seed);
  const arrays = await fresh.toArrays();
  fresh.dispose();
  const rng = createRng(seed + 1);
  for (const [name, { shape, data }] of arrays)
    if (name.startsWith('Sigma')) arrays.set(name, covariance(shape[0]!, data, rng.normal));
  return Model.fromArrays(config, arrays);
}

/** Symmetric, diagonal from 1.5 up, small off-diagonal entries: positive definite and never at the limit. */
function covariance(n: number, base: Float32Array, normal: () => number): FloatArray {
  const data = Float32Array.from(base);
  for (let i = 0; i < n; i++) {
    data[i * n + i] = 1.5 + Math.abs(normal()) * 0.3;
    for (let j = 0; j < i; j++) data[i * n + j] = data[j * n + i] = 0.1 * normal();
  }
  return { shape: [n, n], data };
}

/** Random binary images [rows, pixels]. */
export function binaryImages(rows: number, pixels: number, seed = 3): tf.Tensor2D {
  const rng = createRng(seed);
  return tf.tensor2d(
    Float32Array.from({ length: rows * pixels }, () => (rng.uniform() < 0.4 ? 1 : 0)),
    [rows, pixels],
  );
}

/** Random numbers of any shape. */
export function randomMatrix(rows: number, columns: number, scale = 1, seed = 5): tf.Tensor2D {
  const rng = createRng(seed);
  return tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => scale * rng.normal()),
    [rows, columns],
  );
}

/** The names of a model's parameters, in file order. */
export const namesOf = ({ parameters }: Model): string[] => parameters.map(({ name }) => name);

/** A model and what computes with it: plain operations. */
export const plainly = (model: Model): Running => ({ model, executor: opByOp });
