import { Matrix } from 'ml-matrix';

import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError } from '../../shared/errors.ts';
import { filter, steadyPrior } from './exact.ts';
import type { StoredFilter } from './file.ts';
import { summedChanges } from './learning.ts';
import { track } from './predictive.ts';

/** Matrices one after another, as one array of the given shape. */
function stacked(matrices: readonly Matrix[], shape: readonly number[]): FloatArray {
  return { shape, data: Float32Array.from(matrices.flatMap((one) => one.to1DArray())) };
}

/** `y` [T, K] as columns. Throws a file error where it is missing or misshapen. */
function measurementsOf(tensors: ReadonlyMap<string, FloatArray>, K: number): Matrix[] {
  const y = tensors.get('y');
  const [T = 0, columns] = y?.shape ?? [];
  if (!y || y.shape.length !== 2 || T < 1 || columns !== K)
    throw new NgcError('file', `it must hold a tensor y of shape [T, ${K}], the measurements.`);
  return Array.from({ length: T }, (_, t) =>
    Matrix.columnVector(y.data.subarray(t * K, (t + 1) * K)),
  );
}

/**
 * Writes down what filters make of measurements: `exact.mean [T, D]`, `exact.cov [T, D, D]`, `steady [D, D]` (P∞), and for each number
 * N of steps `pcN [T, D]` (the covariance carried on) and `tpcN [T, D]` (that of the file held); `dA`, `dC` of the last tpcN.
 * Throws a file error for measurements that do not fit, a diverged error where an estimate is lost.
 */
export function traceKalman(
  { system, held }: StoredFilter,
  steps: readonly number[],
  tensors: ReadonlyMap<string, FloatArray>,
): Map<string, FloatArray> {
  const [D, K] = [system.A.rows, system.C.rows];
  const measurements = measurementsOf(tensors, K);
  const T = measurements.length;
  const exact = filter(system, measurements);
  const traced = new Map([
    [
      'exact.mean',
      stacked(
        exact.map(({ mean }) => mean),
        [T, D],
      ),
    ],
    [
      'exact.cov',
      stacked(
        exact.map(({ covariance }) => covariance),
        [T, D, D],
      ),
    ],
    ['steady', stacked([steadyPrior(system)], [D, D])],
  ]);
  for (const n of steps) {
    const means = (prior: 'riccati' | Matrix) =>
      stacked(
        track(system, measurements, n, prior).map(({ mean }) => mean),
        [T, D],
      );
    traced.set(`pc${n}`, means('riccati'));
    traced.set(`tpc${n}`, means(held));
  }
  const { dA, dC } = summedChanges(system, track(system, measurements, steps.at(-1)!, held));
  return traced.set('dA', stacked([dA], [D, D])).set('dC', stacked([dC], [K, D]));
}
