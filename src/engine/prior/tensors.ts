import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import type { Mixture } from './mixture.ts';
import { triangleSize } from './mixture.ts';

/**
 * A mixture as named arrays, as a model file stores it under `prior.`: `weights` [K], `means` [K, D], and by its kind
 * `cholesky` [K, D(D+1)/2], `deviations` [K, D], or `deviations` and `loadings` [K, D, rank].
 */
export function mixtureToTensors(mixture: Mixture): Map<string, FloatArray> {
  const { components: K, size: D } = mixture;
  const arrays = new Map<string, FloatArray>([
    ['weights', { shape: [K], data: mixture.weights }],
    ['means', { shape: [K, D], data: mixture.means }],
  ]);
  if (mixture.kind === 'full')
    arrays.set('cholesky', { shape: [K, triangleSize(D)], data: mixture.cholesky });
  else arrays.set('deviations', { shape: [K, D], data: mixture.deviations });
  if (mixture.kind === 'factor')
    arrays.set('loadings', { shape: [K, D, mixture.rank], data: mixture.loadings });
  return arrays;
}

/** The mixture that `mixtureToTensors` wrote. Throws a file error that names an array that is missing or does not fit. */
export function mixtureFromTensors(arrays: ReadonlyMap<string, FloatArray>): Mixture {
  const means = arrays.get('means');
  const [K, D] = means?.shape ?? [];
  if (!means || !K || !D || means.shape.length !== 2)
    throw new NgcError('file', 'The prior lacks its means [components, neurons].');
  const take = (name: string, shape: readonly number[]) => {
    const array = arrays.get(name);
    if (!array || array.shape.join() !== shape.join())
      throw new NgcError('file', `The prior's ${name} is missing or not [${shape.join(', ')}].`);
    return array.data;
  };
  const base = { components: K, size: D, means: means.data, weights: take('weights', [K]) };
  if (arrays.has('cholesky'))
    return { ...base, kind: 'full', cholesky: take('cholesky', [K, triangleSize(D)]) };
  const deviations = take('deviations', [K, D]);
  const rank = arrays.get('loadings')?.shape[2];
  if (rank === undefined) return { ...base, kind: 'diagonal', deviations };
  return { ...base, kind: 'factor', rank, deviations, loadings: take('loadings', [K, D, rank]) };
}
