import { ADAM, momentShares } from '../engine/optimizers.ts';
import type { Activity } from '../ngc/activity.ts';
import { learnFrom, learningRateAt, normLimit } from '../ngc/learn.ts';
import type { Model } from '../ngc/model.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { matrixName, precisionsOf, synapsesOf } from '../ngc/parameters.ts';
import type { Update } from '../ngc/settling.ts';
import { diverged } from '../ngc/summary.ts';
import { momentNames } from '../ngc/synapses.ts';
import { moveCovariances } from './covariance.ts';
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
  if (model.config.precision === 'cholesky')
    return { ...summary, ...(await learnFrom(model, await read())) };
  await network.prepareLearning();
  const workshop = new Workshop(heap, neurons, model.config);
  try {
    model.updates++;
    const synapses = synapsesOf(model.config);
    const weightChanges = synapses.map((parameter) =>
      moveSynapses(network, workshop, neurons, parameter),
    );
    const warnings = await moveCovariances(network, workshop, neurons);
    const moments = model.config.optimizer === 'adam' ? synapses.flatMap(({ name }) => Object.values(momentNames(name))) : []; // prettier-ignore
    const precise = precisionsOf(model.config).flatMap(({ name, layer }) => [name, matrixName('Sigma', layer)]); // prettier-ignore
    network.publish([...synapses.map(({ name }) => name), ...precise, ...moments]);
    model.imagesSeen += neurons.rows;
    return { ...summary, weightChanges, warnings };
  } catch (error) {
    // The store is as it was; what is here is not.
    model.updates--;
    network.forget();
    throw error;
  } finally {
    workshop.dispose();
  }
}

/** What a parameter saw of the batch (ngc/equations/hebbian.ts), and by what a sum over the images is to be multiplied. */
function sumOf(
  { config }: Model,
  workshop: Workshop,
  { rows, phi, e }: Neurons,
  { family, layer: l }: Parameter,
): { readonly sum: Matrix; readonly scale: number } {
  switch (family) {
    case 'W':
      return { sum: workshop.seen(phi[l]!, e[l - 1]!), scale: 1 / rows };
    case 'M':
      return { sum: workshop.seen(phi[l]!, e[l - 2]!), scale: 1 / rows };
    case 'E':
      return { sum: workshop.seen(e[l - 1]!, phi[l]!), scale: config.errorRate / rows };
    case 'Sigma':
      return { sum: workshop.seen(e[l]!, e[l]!), scale: 1 / rows };
    default:
      return family satisfies never;
  }
}

/** θ through the optimizer and the norm limit. Returns ‖Δθ‖. */
function moveSynapses(
  network: OwnNetwork,
  workshop: Workshop,
  neurons: Neurons,
  parameter: Parameter,
): number {
  const { model, heap } = network;
  const { config } = model;
  const { kernels } = heap;
  const theta = network.matrix(parameter.name);
  const { sum, scale } = sumOf(model, workshop, neurons, parameter);
  const { at, rows, cols, stride } = theta;
  const bytes = rows * stride;
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
  if (byRow) kernels.rowSquares(rows, stride, sum.at, factors);
  else kernels.columnSquares(rows, stride, sum.at, factors);
  const floor = config.normMode === 'clip' ? limit : 1e-12;
  kernels.normFactors(byRow ? rows : cols, factors, limit, floor);
  const squared = kernels.settleTheta(rows, stride, at, sum.at, factors, Number(byRow));
  network.repack(parameter.name);
  return Math.sqrt(squared);
}
