import { ADAM, momentShares } from '../engine/optimizers.ts';
import type { ModelConfig } from '../ngc/config/settings.ts';
import { learningRateAt, normLimit } from '../ngc/learn.ts';
import type { Parameter } from '../ngc/parameters.ts';
import { matrixName, parametersOf } from '../ngc/parameters.ts';
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

/** What a parameter other than E saw of a batch, summed over its images; E sees what W sees. */
export type Seen = (workshop: Workshop, parameter: Parameter) => Matrix;

/**
 * Moves some matrices of a network, by name, by what they saw of settled neurons.
 *
 * @param names each E right after its W (`sharesOf`)
 * @returns of each its ‖Δθ‖, or of a covariance by how much its diagonal had to be raised; 0 in the normal case
 */
export const moveSome = (
  network: LaidNetwork,
  room: Room,
  progress: Progress,
  names: readonly string[],
  neurons: Neurons,
): Promise<number[]> =>
  moveBy(network, room, progress, names, (workshop, parameter) => seenBy(workshop, neurons, parameter, true)); // prettier-ignore

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
  let turned: Matrix | null = null;
  for (const name of names) {
    const parameter = parameters.get(name);
    if (!parameter) throw new Error(`no parameter ${name}`);
    const { family, layer } = parameter;
    const sum: Matrix | null = family === 'E' ? turned : seen(workshop, parameter);
    if (!sum) throw new Error(`${name} does not follow on the synapses that it sees with`);
    // What moves uses up its sum.
    turned = parameters.has(matrixName('E', layer)) && family === 'W' ? workshop.turned(sum) : null;
    results.push(
      family === 'Sigma'
        ? await moveCovariance(network, room, progress.rows, layer, sum)
        : moveSynapses(network, room, progress, parameter, sum),
    );
  }
  return results;
}

/**
 * What a parameter saw of a batch, summed over its images (ngc/equations/hebbian.ts); good until the next.
 *
 * @param above of what Σ saw, which is symmetric, what is on and above the diagonal; below it anything
 */
export function seenBy(
  workshop: Workshop,
  { phi, e }: Neurons,
  { family, layer: l, name }: Parameter,
  above = false,
): Matrix {
  switch (family) {
    case 'W':
      return workshop.seen(phi[l]!, e[l - 1]!);
    case 'M':
      return workshop.seen(phi[l]!, e[l - 2]!);
    case 'E':
      throw new Error(`${name} sees what the synapses see that it leads back along`);
    case 'Sigma':
      return workshop.seen(e[l]!, e[l]!, above);
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

/** Following a precision takes one and a half products of its size, in multiply-adds; three where it changes much. */
const FOLLOWING = 1.5;
/** What moves a synapse beside its sum takes as long as so many multiply-adds; what moves an entry of a covariance, */
const MOVING = 30;
const MOVING_COVARIANCE = 120;

/**
 * The names of all parameters in `count` shares that take about as long as each other, each E right after its W; none is empty.
 */
export function sharesOf(config: ModelConfig, rows: number, count: number): readonly string[][] {
  const parameters = parametersOf(config);
  const names = new Set(parameters.map(({ name }) => name));
  const pieces = parameters
    .filter(({ family }) => family !== 'E')
    .map(({ name, family, layer, shape: [n, m] }) => {
      if (family === 'Sigma')
        return { names: [name], cost: n * n * (rows / 2 + MOVING_COVARIANCE + FOLLOWING * n) };
      const back = matrixName('E', layer);
      const both = family === 'W' && names.has(back);
      return {
        names: both ? [name, back] : [name],
        cost: n * m * (rows + (both ? 2 : 1) * MOVING),
      };
    });
  const shares = Array.from({ length: count }, () => ({ names: [] as string[], cost: 0 }));
  for (const piece of pieces.sort((a, b) => b.cost - a.cost)) {
    const least = shares.reduce((best, share) => (share.cost < best.cost ? share : best));
    least.names.push(...piece.names);
    least.cost += piece.cost;
  }
  return shares.map((share) => share.names).filter((share) => share.length > 0);
}
