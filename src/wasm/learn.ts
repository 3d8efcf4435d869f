import { ADAM, momentShares } from '../engine/optimizers.ts';
import type { Activity } from '../ngc/activity.ts';
import { learnFrom, learningRateAt, normLimit, raised } from '../ngc/learn.ts';
import type { Model } from '../ngc/model.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { matrixName, precisionsOf, synapsesOf } from '../ngc/parameters.ts';
import type { Applied, BatchSum, Update } from '../ngc/settling.ts';
import type { FloatArray } from '../shared/arrays.ts';
import { diverged } from '../ngc/summary.ts';
import { momentNames } from '../ngc/synapses.ts';
import { moveCovariance } from './covariance.ts';
import type { Matrix } from './heap.ts';
import type { OwnNetwork } from './network.ts';
import type { Neurons } from './neurons.ts';
import { observe } from './tell.ts';
import { Workshop } from './workshop.ts';

/*
 * A weight update by the kernels: what ngc/learn.ts says in plain operations.
 */

/**
 * Learns from a settled batch. Throws a "diverged" error, and changes nothing, where its numbers are not finite.
 *
 * @param read the batch as tensors, for the Cholesky form: its factorisation is not the kernels' to do
 */
export async function learn(
  network: OwnNetwork,
  neurons: Neurons,
  read: () => Promise<Activity>,
): Promise<Update> {
  const { model, heap } = network;
  const { finite, ...summary } = observe(heap, neurons);
  if (!finite) throw diverged(model);
  if (!learnsHere(model)) return { ...summary, ...(await learnFrom(model, await read())) };
  const { rows } = neurons;
  const update = (workshop: Workshop) =>
    move(network, workshop, rows, (parameter) => seenBy(workshop, neurons, parameter));
  return { ...summary, ...(await within(network, rows, update)) };
}

/** Whether the kernels learn for a network. */
export const learnsHere = ({ config }: Model): boolean => config.precision !== 'cholesky';

/** Learns from what the synapses saw of `rows` images, as `sumsOf` has it. */
export function learnFromSums(
  network: OwnNetwork,
  rows: number,
  sums: ReadonlyMap<string, FloatArray>,
): Promise<Applied> {
  const update = (workshop: Workshop) =>
    move(network, workshop, rows, ({ name, family, layer }) =>
      family === 'E'
        ? workshop.transposed(sums.get(matrixName('W', layer))!)
        : workshop.given(sums.get(name)!),
    );
  return within(network, rows, update);
}

/** What a settled batch says, and what the synapses saw of it; E sees what W sees. */
export function sumsOf({ model, heap }: OwnNetwork, neurons: Neurons): BatchSum {
  const { rows } = neurons;
  const { finite, ...summary } = observe(heap, neurons);
  if (!finite) return { rows, finite, summary, sums: [] };
  const workshop = new Workshop(heap, rows, model.config);
  const seen = model.parameters.filter(({ family }) => family !== 'E');
  const sums = seen.map((parameter) => {
    const data = heap.read(seenBy(workshop, neurons, parameter));
    return [parameter.name, { shape: [...parameter.shape], data }] as const;
  });
  workshop.dispose();
  return { rows, finite, summary, sums };
}

/** What a parameter saw of a batch, summed over its images (ngc/equations/hebbian.ts); good until the next. */
function seenBy(workshop: Workshop, { phi, e }: Neurons, { family, layer: l }: Parameter): Matrix {
  switch (family) {
    case 'W':
      return workshop.seen(phi[l]!, e[l - 1]!);
    case 'M':
      return workshop.seen(phi[l]!, e[l - 2]!);
    case 'E':
      return workshop.seen(e[l - 1]!, phi[l]!);
    case 'Sigma':
      return workshop.seen(e[l]!, e[l]!);
    default:
      return family satisfies never;
  }
}

/** Makes an update, and tells the store; where it fails the store is as it was. */
async function within(
  network: OwnNetwork,
  rows: number,
  update: (workshop: Workshop) => Promise<Applied>,
): Promise<Applied> {
  const { model, heap } = network;
  await network.prepareLearning();
  const workshop = new Workshop(heap, rows, model.config);
  model.updates++;
  try {
    const applied = await update(workshop);
    network.publish(changedNames(model));
    model.imagesSeen += rows;
    return applied;
  } catch (error) {
    model.updates--;
    network.forget();
    throw error;
  } finally {
    workshop.dispose();
  }
}

/** What an update changes. */
function changedNames({ config, parameters }: Model): string[] {
  const moments = config.optimizer === 'adam' ? synapsesOf(config).flatMap(({ name }) => Object.values(momentNames(name))) : []; // prettier-ignore
  return [...parameters, ...precisionsOf(config)].map(({ name }) => name).concat(moments);
}

/** Moves every synapse, then the covariances and their precisions. */
async function move(
  network: OwnNetwork,
  workshop: Workshop,
  rows: number,
  seen: (parameter: Parameter) => Matrix,
): Promise<Applied> {
  const { config, parameters } = network.model;
  const weightChanges = synapsesOf(config).map((parameter) =>
    moveSynapses(network, workshop, rows, parameter, seen(parameter)),
  );
  const warnings: string[] = [];
  for (const sigma of parameters.filter(({ family }) => family === 'Sigma')) {
    const raisedBy = await moveCovariance(network, workshop, rows, sigma.layer, seen(sigma));
    if (raisedBy > 0) warnings.push(raised(sigma.layer, raisedBy));
  }
  return { weightChanges, warnings };
}

/** θ through the optimizer and the norm limit. Returns ‖Δθ‖. */
function moveSynapses(
  network: OwnNetwork,
  workshop: Workshop,
  rows: number,
  parameter: Parameter,
  sum: Matrix,
): number {
  const { model, heap } = network;
  const { config } = model;
  const { kernels } = heap;
  const theta = network.matrix(parameter.name);
  const scale = (parameter.family === 'E' ? config.errorRate : 1) / rows;
  const { at, rows: height, cols, stride } = theta;
  const bytes = height * stride;
  const rate = learningRateAt(config, model.imagesSeen);
  if (config.optimizer === 'sgd') kernels.ascend(bytes, at, sum.at, rate * scale);
  else {
    const { m, v } = momentNames(parameter.name);
    const { beta1, beta2, epsilon } = ADAM;
    const { first, second } = momentShares(model.updates);
    const [mean, square] = [network.matrix(m).at, network.matrix(v).at];
    kernels.adam(bytes, at, sum.at, mean, square, scale, rate, beta1, beta2, 1 - beta1, 1 - beta2, first, second, epsilon); // prettier-ignore
  }
  const byRow = config.normAxis === 1;
  const limit = normLimit(config, parameter);
  const { factors } = workshop;
  if (byRow) kernels.rowSquares(height, stride, sum.at, factors);
  else kernels.columnSquares(height, stride, sum.at, factors);
  const floor = config.normMode === 'clip' ? limit : 1e-12;
  kernels.normFactors(byRow ? height : cols, factors, limit, floor);
  const squared = kernels.settleTheta(height, stride, at, sum.at, factors, Number(byRow));
  network.changed(parameter.name);
  return Math.sqrt(squared);
}
