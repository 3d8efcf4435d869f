import { ADAM, momentShares } from '../engine/optimizers.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { learningRateAt, normLimit } from '../ngc/learn.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { parametersOf } from '../ngc/parameters.ts';
import { momentNames } from '../ngc/synapses.ts';
import { moveCovariance } from './covariance.ts';
import type { Matrix } from './heap.ts';
import type { LaidNetwork } from './laid.ts';
import type { Neurons } from './neurons.ts';
import type { Room } from './workshop.ts';
import { Workshop } from './workshop.ts';

/** How far a training is, this update counted, and how many images it learns from. */
export interface Progress {
  readonly updates: number;
  readonly imagesSeen: number;
  readonly rows: number;
}

/** What a parameter saw of a batch, summed over its images. */
export type Seen = (workshop: Workshop, parameter: Parameter) => Matrix;

/**
 * Moves some matrices of a network, by name, by what they saw of settled neurons.
 *
 * @returns of each its ‖Δθ‖, or of a covariance by how much its diagonal had to be raised; 0 in the normal case
 */
export const moveSome = (
  network: LaidNetwork,
  room: Room,
  progress: Progress,
  names: readonly string[],
  neurons: Neurons,
): Promise<number[]> =>
  moveBy(network, room, progress, names, (workshop, parameter) => seenBy(workshop, neurons, parameter)); // prettier-ignore

/** The same by what was seen elsewhere. */
export async function moveBy(
  network: LaidNetwork,
  room: Room,
  progress: Progress,
  names: readonly string[],
  seen: Seen,
): Promise<number[]> {
  const workshop = new Workshop(network.heap, room);
  const parameters = new Map(parametersOf(network.config).map((one) => [one.name, one]));
  const results: number[] = [];
  for (const name of names) {
    const parameter = parameters.get(name);
    if (!parameter) throw new Error(`no parameter ${name}`);
    const sum = seen(workshop, parameter);
    results.push(
      parameter.family === 'Sigma'
        ? await moveCovariance(network, room, progress.rows, parameter.layer, sum)
        : moveSynapses(network, room, progress, parameter, sum),
    );
  }
  return results;
}

/** What a parameter saw of a batch, summed over its images (ngc/equations/hebbian.ts); good until the next. */
export function seenBy(
  workshop: Workshop,
  { phi, e }: Neurons,
  { family, layer: l }: Parameter,
): Matrix {
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

/** θ through the optimizer and the norm limit. Returns ‖Δθ‖. */
function moveSynapses(
  network: LaidNetwork,
  { factors }: Room,
  { updates, imagesSeen, rows }: Progress,
  parameter: Parameter,
  sum: Matrix,
): number {
  const { heap, config } = network;
  const { kernels } = heap;
  const theta = network.matrix(parameter.name);
  const scale = (parameter.family === 'E' ? config.errorRate : 1) / rows;
  const { at, rows: height, cols, stride } = theta;
  const bytes = height * stride;
  const rate = learningRateAt(config, imagesSeen);
  if (config.optimizer === 'sgd') kernels.ascend(bytes, at, sum.at, rate * scale);
  else {
    const { m, v } = momentNames(parameter.name);
    const { beta1, beta2, epsilon } = ADAM;
    const { first, second } = momentShares(updates);
    const [mean, square] = [network.matrix(m).at, network.matrix(v).at];
    kernels.adam(bytes, at, sum.at, mean, square, scale, rate, beta1, beta2, 1 - beta1, 1 - beta2, first, second, epsilon); // prettier-ignore
  }
  const byRow = config.normAxis === 1;
  const limit = normLimit(config, parameter);
  if (byRow) kernels.rowSquares(height, stride, sum.at, factors);
  else kernels.columnSquares(height, stride, sum.at, factors);
  const floor = config.normMode === 'clip' ? limit : 1e-12;
  kernels.normFactors(byRow ? height : cols, factors, limit, floor);
  const squared = kernels.settleTheta(height, stride, at, sum.at, factors, Number(byRow));
  network.changed(parameter.name);
  return Math.sqrt(squared);
}

/** Following a precision takes two products of its size, in multiply-adds; four where it changes much. */
const FOLLOWING = 2;
/** What moves a synapse beside its sum takes as long as so many multiply-adds. */
const MOVING = 30;

/** The names of all parameters in `count` shares that take about as long as each other; none is empty. */
export function sharesOf(config: ModelConfig, rows: number, count: number): readonly string[][] {
  const costs = parametersOf(config).map(({ name, family, shape: [n, m] }) => ({
    name,
    cost: n * m * (rows + MOVING + (family === 'Sigma' ? FOLLOWING * n : 0)),
  }));
  const shares = Array.from({ length: count }, () => ({ names: [] as string[], cost: 0 }));
  for (const { name, cost } of costs.sort((a, b) => b.cost - a.cost)) {
    const least = shares.reduce((best, share) => (share.cost < best.cost ? share : best));
    least.names.push(name);
    least.cost += cost;
  }
  return shares.map(({ names }) => names).filter((names) => names.length > 0);
}
