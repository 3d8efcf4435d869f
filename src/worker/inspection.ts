import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

import { lateralMatrix } from '../ngc/equations/lateral.ts';
import { receptiveField } from '../ngc/fields.ts';
import type { Model } from '../ngc/model.ts';
import { lateralsOf, parametersOf, precisionsOf } from '../ngc/parameters.ts';
import { generativeSynapses } from '../ngc/wiring.ts';
import type { NeuronReport, Rival, SynapsesReport } from '../protocol/reports.ts';
import { NgcError } from '../shared/errors.ts';
import type { Network } from './network.ts';

/** Copies what `make` makes out of the backend. */
async function read(make: () => tf.Tensor): Promise<Float32Array> {
  const tensor = tf.tidy(make);
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return values;
}

const row = (matrix: Tensor2D, index: number) => read(() => tf.slice(matrix, [index, 0], [1, -1]));
const column = (matrix: Tensor2D, index: number) =>
  read(() => tf.slice(matrix, [0, index], [-1, 1]));

/** V_l [J_l·J_l] row by row; null where nobody competes. */
async function lateralOf(model: Model, l: number): Promise<Float32Array | null> {
  if (model.config.lateral === 'none') return null;
  const own = model.lateralMatrix(l);
  return own ? read(() => tf.clone(own)) : lateralMatrix(model.config, l);
}

/** Everything that connects one state neuron. Throws a usage error where there is no such neuron. */
export async function neuronReport(
  network: Network,
  layer: number,
  index: number,
): Promise<NeuronReport> {
  const { model, version } = network;
  const { layers } = model;
  const size = model.config.sizes[layer];
  if (!(layer >= 1) || size === undefined)
    throw new NgcError('usage', `There is no layer ${layer}; layers are 1 to ${layers}.`);
  if (!(Number.isInteger(index) && index >= 0 && index < size))
    throw new NgcError('usage', `Layer ${layer} has neurons 0 to ${size - 1}, not ${index}.`);
  const { auxiliary, feedback } = model.definition;
  const field = receptiveField(generativeSynapses(model), layer, index);
  const V = await lateralOf(model, layer);
  const precision = model.precision(layer);
  const report: NeuronReport = {
    layer,
    index,
    version,
    field: Float32Array.from(await field.data()),
    sends: await row(model.W(layer), index),
    receives: layer < layers ? await column(model.W(layer + 1), index) : null,
    errorSynapses: feedback === 'error-synapses' ? await column(model.E(layer), index) : null,
    sendsFar: auxiliary && layer >= 2 ? await row(model.M(layer), index) : null,
    receivesFar: auxiliary && layer + 2 <= layers ? await column(model.M(layer + 2), index) : null,
    precision: precision ? await column(precision, index) : null,
    rivals: V ? rivals(V, size, index) : null,
  };
  field.dispose();
  return report;
}

/** Who has a lateral synapse onto neuron `index`: column `index` of V without its zeros. */
function rivals(V: Float32Array, size: number, index: number): Rival[] {
  return Array.from({ length: size }, (_, i) => ({
    index: i,
    strength: V[i * size + index]!,
  })).filter(({ strength }) => strength !== 0);
}

/** A matrix of the network by name. Throws a usage error that lists what there is. */
export async function synapsesReport(network: Network, name: string): Promise<SynapsesReport> {
  const { model, version } = network;
  const { config, synapses } = model;
  const places = [...parametersOf(config), ...precisionsOf(config), ...lateralsOf(config)];
  const place = places.find((one) => one.name === name);
  if (!place)
    throw new NgcError(
      'usage',
      `This network has no ${name}; it has ${places.map((one) => one.name).join(', ')}.`,
    );
  const { family, layer, shape } = place;
  const [rows, columns] = shape;
  const values =
    family === 'V' ? await lateralOf(model, layer) : await read(() => tf.clone(synapses.get(name)));
  return { name, rows, columns, values: values ?? new Float32Array(rows * columns), version };
}
