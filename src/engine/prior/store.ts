import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError, printable, printableList } from '../../shared/errors.ts';
import type { Mixture } from './mixture.ts';
import { triangleSize } from './mixture.ts';

/**
 * A mixture as named tensors, for the `prior.` part of a model file: `weights [K]`, `means [K, D]`,
 * and by its form `cholesky [K, D·(D + 1)/2]`, `deviations [K, D]`, or `deviations [K, D]` and
 * `loadings [K, D, rank]`. The arrays are shared, not copied.
 */
export function mixtureToTensors(mixture: Mixture): Map<string, FloatArray> {
  const { components: K, size: D } = mixture;
  const tensors = new Map<string, FloatArray>([
    ['weights', { shape: [K], data: mixture.weights }],
    ['means', { shape: [K, D], data: mixture.means }],
  ]);
  if (mixture.kind === 'full')
    tensors.set('cholesky', { shape: [K, triangleSize(D)], data: mixture.cholesky });
  else tensors.set('deviations', { shape: [K, D], data: mixture.deviations });
  if (mixture.kind === 'factor')
    tensors.set('loadings', { shape: [K, D, mixture.rank], data: mixture.loadings });
  return tensors;
}

/** What is wrong with a stored mixture, called by what it is to the reader. */
type Fail = (problem: string) => never;

function get(
  tensors: ReadonlyMap<string, FloatArray>,
  name: string,
  shape: readonly (number | null)[],
  fail: Fail,
): FloatArray {
  const tensor = tensors.get(name);
  if (!tensor) fail(`it has no ${name}`);
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((n, i) => n === null || n === tensor.shape[i]);
  if (!fits || tensor.data.length === 0) {
    const wanted = shape.map((n) => n ?? 'any').join(', ');
    fail(`${name} has shape [${printableList(tensor.shape.map(String), 8)}], not [${wanted}]`);
  }
  return tensor;
}

/** Rounding to F16 moves the sum of the weights a little; more than that is an error. */
function normalised(weights: Float32Array, fail: Fail): Float32Array {
  const sum = weights.reduce((total, w) => total + w, 0);
  if (weights.some((w) => w < 0) || !(Math.abs(sum - 1) < 0.01))
    fail('its weights must be at least 0 and sum to 1');
  return weights.map((w) => w / sum);
}

function checkPositive(name: string, values: Iterable<number>, fail: Fail): void {
  for (const value of values) if (!(value > 0)) fail(`its ${name} must be positive`);
}

function* diagonals(cholesky: Float32Array, K: number, D: number): Iterable<number> {
  for (let k = 0; k < K; k++)
    for (let i = 0; i < D; i++) yield cholesky[k * triangleSize(D) + triangleSize(i + 1) - 1]!;
}

/**
 * The mixture that `mixtureToTensors` stored.
 * @param tensors by name, without the `prior.` prefix; other names are refused.
 * @param what the mixture is called in an error
 * @throws NgcError 'file' naming the tensor that is missing, misshapen or not a mixture's.
 */
export function mixtureFromTensors(
  tensors: ReadonlyMap<string, FloatArray>,
  what = 'prior',
): Mixture {
  const fail = (problem: string): never => {
    throw new NgcError('file', `The ${what} is broken: ${problem}.`);
  };
  const { shape, data: means } = get(tensors, 'means', [null, null], fail);
  const [components, size] = shape as [number, number];
  const weights = normalised(get(tensors, 'weights', [components], fail).data, fail);
  const base = { components, size, weights, means };

  const kind = tensors.has('cholesky') ? 'full' : tensors.has('loadings') ? 'factor' : 'diagonal';
  const known = ['weights', 'means'].concat(
    kind === 'full'
      ? ['cholesky']
      : kind === 'factor'
        ? ['deviations', 'loadings']
        : ['deviations'],
  );
  for (const name of tensors.keys())
    if (!known.includes(name)) fail(`it has an unknown tensor ${printable(name)}`);

  if (kind === 'full') {
    const { data: cholesky } = get(tensors, 'cholesky', [components, triangleSize(size)], fail);
    checkPositive("Cholesky factors' diagonals", diagonals(cholesky, components, size), fail);
    return { kind, ...base, cholesky };
  }
  const { data: deviations } = get(tensors, 'deviations', [components, size], fail);
  checkPositive('deviations', deviations, fail);
  if (kind === 'diagonal') return { kind, ...base, deviations };
  const loadings = get(tensors, 'loadings', [components, size, null], fail);
  return { kind, ...base, rank: loadings.shape[2]!, loadings: loadings.data, deviations };
}
