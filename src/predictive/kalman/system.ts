import { Matrix } from 'ml-matrix';

import { cholesky } from '../../engine/linalg/cholesky.ts';
import type { Rng } from '../../shared/rng.ts';
import { createRng } from '../../shared/rng.ts';

/*
 * A linear system that moves, and is seen through noise (Casnici et al. 2025, Eqs. 50-63):
 *
 *   x_{t+1} = A·x_t + N(0, Q)      y_t = C·x_t + N(0, R)      x_0 ~ N(m_0, P_0)
 *
 * All states and means are columns.
 */

export interface LinearSystem {
  /** [D, D] */
  readonly A: Matrix;
  /** [K, D] */
  readonly C: Matrix;
  /** [D, D], symmetric positive definite */
  readonly Q: Matrix;
  /** [K, K], symmetric positive definite */
  readonly R: Matrix;
  /** [D, 1] */
  readonly m0: Matrix;
  /** [D, D], symmetric positive definite */
  readonly P0: Matrix;
}

/** Position and velocity of a dot that is pushed at random, of which the position is measured. */
export function toySystem(): LinearSystem {
  return {
    A: new Matrix([
      [1, 1],
      [0, 1],
    ]),
    C: new Matrix([[1, 0]]),
    Q: new Matrix([
      [1 / 3, 1 / 2],
      [1 / 2, 1],
    ]).mul(0.05),
    R: new Matrix([[1]]),
    m0: Matrix.zeros(2, 1),
    P0: Matrix.eye(2),
  };
}

/** What happened: true states [D, 1] and measurements [K, 1], one of each for every time from 1. */
export interface Course {
  readonly states: readonly Matrix[];
  readonly measurements: readonly Matrix[];
}

/** R of A = R·Rᵀ. Throws where `a` is no covariance. */
function factor(a: Matrix): Matrix {
  const r = cholesky(Float64Array.from(a.to1DArray()), a.rows);
  if (!r) throw new Error('A covariance must be positive definite.');
  return Matrix.from1DArray(a.rows, a.rows, r);
}

/** A draw of N(0, S) [n, 1]. */
function noise(S: Matrix, rng: Rng): Matrix {
  return factor(S).mmul(Matrix.columnVector(Array.from({ length: S.rows }, () => rng.normal())));
}

/** The state after `x` [D, 1]. */
export function move({ A, Q }: LinearSystem, x: Matrix, rng: Rng): Matrix {
  return A.mmul(x).add(noise(Q, rng));
}

/** What is measured of a state `x` [D, 1]: [K, 1]. */
export function measure({ C, R }: LinearSystem, x: Matrix, rng: Rng): Matrix {
  return C.mmul(x).add(noise(R, rng));
}

/** `length` steps of the system from a random x_0. */
export function simulate(system: LinearSystem, length: number, seed: number): Course {
  const rng = createRng(seed);
  let x = Matrix.add(system.m0, noise(system.P0, rng));
  const states: Matrix[] = [];
  const measurements: Matrix[] = [];
  for (let t = 0; t < length; t++) {
    x = move(system, x, rng);
    states.push(x);
    measurements.push(measure(system, x, rng));
  }
  return { states, measurements };
}

/** A·P·Aᵀ + Q: what is not known of the next state before it is measured. */
export function propagated({ A, Q }: LinearSystem, P: Matrix): Matrix {
  return symmetric(A.mmul(P).mmul(A.transpose()).add(Q));
}

/** What rounding made of a symmetric matrix, symmetric again. */
export function symmetric(a: Matrix): Matrix {
  return Matrix.add(a, a.transpose()).mul(1 / 2);
}
