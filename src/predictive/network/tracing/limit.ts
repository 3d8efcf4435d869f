import * as tf from '@tensorflow/tfjs-core';

import type { Theta } from '../../../engine/theta.ts';
import { arraysOf } from '../../../engine/theta.ts';
import { NgcError } from '../../../shared/errors.ts';
import { backpropagate } from '../backprop.ts';
import { compareToBackprop } from '../comparison.ts';
import { fixedPrediction, zeroDivergence } from '../exact.ts';
import { release } from '../memory.ts';
import type { Network } from '../parameters.ts';
import { lastLayer } from '../parameters.ts';
import { wire } from '../wiring.ts';
import type { TraceInput, Traced } from './input.ts';
import { arrayIn, matrix, write } from './input.ts';

/** The output variances of `table` where the input names none. */
const VARIANCES = [1, 10, 100, 1000];

/**
 * A network beside its twin that learns by backpropagation: `loss`, `delta*`, `bp.d*`, the same changes by Z-IL (`zil.d*`) and by fixed
 * prediction (`fixed.d*`), and `table` [k, 3 + L]: cosine, ratio, distance over all, and the cosine of each W_l.
 */
export async function limitTrace(network: Network, input: TraceInput): Promise<Traced> {
  const traced: Traced = new Map();
  const { settings, theta } = network;
  const last = lastLayer(settings);
  const [rows = 0] = input.x.shape;
  const labels = arrayIn(input, 'y', [rows, settings.sizes[last]!]);
  const variances = input.tensors.has('k') ? [...arrayIn(input, 'k', ['any']).data] : VARIANCES;
  if (!variances.every((k) => k > 0)) throw new NgcError('file', 'k must hold numbers above 0.');
  const [x, y] = [matrix(input.x), matrix(labels)];
  const wiring = await wire({ settings: { ...settings, outputVariance: 1 }, theta });
  try {
    const { loss, deltas, changes } = backpropagate(wiring, x, y);
    await write(traced, 'loss', tf.reshape(loss, [1]));
    for (const [i, delta] of deltas.entries()) await write(traced, `delta${i + 1}`, delta);
    release(loss);
    const ways = {
      bp: changes,
      zil: zeroDivergence(wiring, x, y),
      fixed: fixedPrediction(wiring, x, y),
    };
    for (const [way, made] of Object.entries<Theta>(ways))
      for (const [name, array] of await arraysOf(made)) traced.set(`${way}.d${name}`, array);
    release(ways);
    const steps = input.steps ?? settings.steps;
    const table: number[] = [];
    for (const k of variances) {
      const at = await compareToBackprop({ theta, settings: { ...settings, steps } }, x, y, k);
      const { cosine, ratio, distance } = at.whole;
      table.push(cosine, ratio, distance, ...at.layers.map((layer) => layer.cosine));
    }
    const shape = [variances.length, 3 + last];
    return traced.set('table', { shape, data: Float32Array.from(table) });
  } finally {
    wiring.dispose();
    release([x, y]);
  }
}
