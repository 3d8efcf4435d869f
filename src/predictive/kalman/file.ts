import { Matrix } from 'ml-matrix';

import { cholesky } from '../../engine/linalg/cholesky.ts';
import type { FloatArray } from '../../shared/arrays.ts';
import { NgcError, printableList } from '../../shared/errors.ts';
import type { PriorCovariance } from './predictive.ts';
import { steadyPrior } from './exact.ts';
import type { LinearSystem } from './system.ts';

/*
 * A Kalman filter as tensors of a file: A [D, D], C [K, D], Q [D, D], R [K, K], m0 [D], P0 [D, D], and perhaps `steady` [D, D], the
 * prior covariance that is held by those who do not carry it on (P∞ of the Riccati recursion where it is missing).
 */

/** A system, and the covariance that is held. */
export interface StoredFilter {
  readonly system: LinearSystem;
  readonly held: Exclude<PriorCovariance, 'riccati'>;
}

type Tensors = ReadonlyMap<string, FloatArray>;

const NAMES = ['A', 'C', 'Q', 'R', 'm0', 'P0', 'steady'];
/** How far a symmetric matrix of 32-bit numbers may be from symmetric, relative to its largest entry. */
const ASYMMETRY = 1e-5;

const fail = (problem: string): never => {
  throw new NgcError('file', problem);
};
const shown = (shape: readonly number[]) => `[${printableList(shape.map(String), 8)}]`;

/** A tensor [rows, columns] (or [rows], where that is how it is written) as a matrix. Throws a file error that names it. */
export function matrixOf(
  tensors: Tensors,
  name: string,
  shape: readonly [number] | readonly [number, number],
): Matrix {
  const found = tensors.get(name) ?? fail(`The filter lacks ${name}, of shape ${shown(shape)}.`);
  if (found.shape.join() !== shape.join())
    fail(`${name} has shape ${shown(found.shape)}; it must be ${shown(shape)}.`);
  const [rows, columns = 1] = shape;
  return Matrix.from1DArray(rows, columns, found.data);
}

/** A covariance [size, size]. Throws a file error where it is not symmetric and positive definite. */
function covarianceOf(tensors: Tensors, name: string, size: number): Matrix {
  const found = matrixOf(tensors, name, [size, size]);
  const apart = Matrix.sub(found, found.transpose()).abs().max();
  if (
    apart > ASYMMETRY * Matrix.abs(found).max() ||
    !cholesky(Float64Array.from(found.to1DArray()), size)
  )
    fail(`${name} must be a covariance: symmetric and positive definite.`);
  return found;
}

/** The filter of a file. Throws a file error that names the tensor that is missing, unknown, misshapen or no covariance. */
export function filterOf(tensors: Tensors): StoredFilter {
  const strangers = [...tensors.keys()].filter((name) => !NAMES.includes(name));
  if (strangers.length > 0)
    fail(`The filter has ${printableList(strangers)}, which is none of ${NAMES.join(', ')}.`);
  const [D, K] = [tensors.get('A')?.shape[0] ?? 0, tensors.get('C')?.shape[0] ?? 0];
  if (D === 0) fail('The filter lacks A, of shape [D, D].');
  if (K === 0) fail(`The filter lacks C, of shape [K, ${D}].`);
  const system: LinearSystem = {
    A: matrixOf(tensors, 'A', [D, D]),
    C: matrixOf(tensors, 'C', [K, D]),
    Q: covarianceOf(tensors, 'Q', D),
    R: covarianceOf(tensors, 'R', K),
    m0: matrixOf(tensors, 'm0', [D]),
    P0: covarianceOf(tensors, 'P0', D),
  };
  const held = tensors.has('steady') ? covarianceOf(tensors, 'steady', D) : steadyPrior(system);
  return { system, held };
}
