import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import type { Split } from '../../data/dataset.ts';
import { imagesOf, PIXELS } from '../../data/dataset.ts';
import { ACTIVE } from '../../engine/constants.ts';
import { inverseSPD } from '../../engine/linalg/cholesky.ts';
import { euclideanNorms } from '../../engine/norms.ts';
import type { ModelConfig } from '../../ngc/config/settings.ts';
import { stabilised } from '../../ngc/equations/precision.ts';
import { normLimit } from '../../ngc/learn.ts';
import type { Model } from '../../ngc/model.ts';
import { matrixName, preciseLayers, synapsesOf } from '../../ngc/parameters.ts';
import type { HealthReport, LayerHealth, MatrixHealth } from '../../protocol/learning.ts';
import type { Network } from '../network.ts';

/** A norm this near its limit lies at it: what is scaled to it keeps float32's rounding. */
const AT_LIMIT = 1 - 1e-4;
/** Power iterations; each is a product of a matrix and a vector. */
const ITERATIONS = 60;

/** How a network fares on held-out images. Between two batches; changes nothing. */
export async function healthOf(network: Network, held: Split): Promise<HealthReport> {
  const { image, model, version } = network;
  const { imagesSeen } = model;
  const { count, read } = imagesOf(held);
  const x = tf.tensor2d(read(0, count), [count, PIXELS]);
  const seen = await image.perceive(x);
  try {
    const layers: LayerHealth[] = [];
    for (const [i, activity] of seen.activity.entries())
      layers.push(await layerHealth(model.config, i + 1, activity));
    const matrices: MatrixHealth[] = [];
    for (const { name, family, layer } of synapsesOf(model.config))
      matrices.push(
        await matrixHealth(
          model.config,
          name,
          model.synapses.get(name),
          normLimit(model.config, { family, layer }),
        ),
      );
    return {
      ...{ version, imagesSeen, images: count, layers, matrices },
      covariances: await covariancesOf(model),
    };
  } finally {
    seen.dispose();
    x.dispose();
  }
}

/** Who never fires, and who never wins, of φ(z_l) [B, J_l]. */
export async function layerHealth(
  { lateral, groups }: Pick<ModelConfig, 'lateral' | 'groups'>,
  layer: number,
  activity: Tensor2D,
): Promise<LayerHealth> {
  const [images, neurons] = activity.shape;
  const values = await activity.data();
  const group = lateral === 'groups' ? groups[layer - 1]! : null;
  const fired = new Uint8Array(neurons);
  const won = new Uint8Array(neurons);
  for (let row = 0; row < images; row++) {
    const at = row * neurons;
    for (let j = 0; j < neurons; j++) if (values[at + j]! > ACTIVE) fired[j] = 1;
    for (let first = 0; group !== null && first < neurons; first += group) {
      let best = first;
      for (let j = first; j < first + group; j++)
        if (values[at + j]! > values[at + best]!) best = j;
      // In a column that is silent nobody wins.
      if (values[at + best]! > ACTIVE) won[best] = 1;
    }
  }
  const without = (flags: Uint8Array) => flags.reduce((count, flag) => count + 1 - flag, 0);
  return {
    ...{ layer, neurons },
    neverActive: without(fired),
    neverWin: group === null ? null : without(won),
  };
}

/** How many of a matrix's vectors lie at the norm limit. */
async function matrixHealth(
  { normAxis }: ModelConfig,
  name: string,
  matrix: Tensor2D,
  limit: number,
): Promise<MatrixHealth> {
  const norms = euclideanNorms(matrix, normAxis);
  const values = await norms.data();
  norms.dispose();
  let [atLimit, largest] = [0, 0];
  for (const norm of values) {
    if (norm >= AT_LIMIT * limit) atLimit++;
    largest = Math.max(largest, norm);
  }
  return { name, vectors: values.length, atLimit, limit, largest };
}

/** λ_max/λ_min of each S′_l, the covariance that is inverted; infinite where it is not positive definite. */
async function covariancesOf({ config, synapses }: Model): Promise<HealthReport['covariances']> {
  const found: { name: string; condition: number }[] = [];
  if (config.precision === 'none') return found;
  for (const { layer, size } of preciseLayers(config)) {
    const name = matrixName('Sigma', layer);
    const target = stabilised(synapses.get(name), config.precision);
    const values = Float64Array.from(await target.data());
    target.dispose();
    found.push({ name, condition: conditionOf(values, size) });
  }
  return found;
}

/** λ_max/λ_min of a symmetric matrix [n, n], by power iteration on it and on its inverse; infinite where it is not positive definite. */
export function conditionOf(matrix: Float64Array, n: number): number {
  const inverse = inverseSPD(matrix, n);
  return inverse === null ? Infinity : largestEigenvalue(matrix, n) * largestEigenvalue(inverse, n);
}

function largestEigenvalue(matrix: Float64Array, n: number): number {
  // Not symmetric in any way that an eigenvector is likely to be orthogonal to.
  const v = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 0.618034) % 1));
  const next = new Float64Array(n);
  let value = 0;
  for (let step = 0; step < ITERATIONS; step++) {
    const norm = Math.hypot(...v);
    for (let i = 0; i < n; i++) v[i]! /= norm;
    value = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * v[j]!;
      next[i] = sum;
      value += sum * v[i]!;
    }
    v.set(next);
  }
  return value;
}
