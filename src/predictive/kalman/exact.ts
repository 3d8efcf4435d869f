import { inverse, Matrix } from 'ml-matrix';

import { NgcError } from '../../shared/errors.ts';
import type { LinearSystem } from './system.ts';
import { propagated, symmetric } from './system.ts';

/*
 * The Kalman filter: what can be known of a state from all measurements so far, exactly.
 *
 *   m⁻ = A·m    P⁻ = A·P·Aᵀ + Q    K = P⁻Cᵀ(C·P⁻·Cᵀ + R)⁻¹    m = m⁻ + K(y − C·m⁻)    P = (I − KC)P⁻
 */

/** A Gaussian belief about the state. */
export interface Belief {
  /** [D, 1] */
  readonly mean: Matrix;
  /** [D, D] */
  readonly covariance: Matrix;
}

/** The covariance of the belief once something has been measured, from that before. */
function informed({ C, R }: LinearSystem, prior: Matrix): { gain: Matrix; covariance: Matrix } {
  const seen = C.mmul(prior).mmul(C.transpose()).add(R);
  const gain = prior.mmul(C.transpose()).mmul(inverse(seen));
  const left = Matrix.eye(prior.rows).sub(gain.mmul(C));
  return { gain, covariance: symmetric(left.mmul(prior)) };
}

/** The belief after one measurement `y` [K, 1]. */
export function filterStep(system: LinearSystem, { mean, covariance }: Belief, y: Matrix): Belief {
  const expected = system.A.mmul(mean);
  const after = informed(system, propagated(system, covariance));
  const surprise = Matrix.sub(y, system.C.mmul(expected));
  return { mean: expected.add(after.gain.mmul(surprise)), covariance: after.covariance };
}

/** The beliefs after each measurement. */
export function filter(system: LinearSystem, measurements: readonly Matrix[]): Belief[] {
  let belief: Belief = { mean: system.m0, covariance: system.P0 };
  return measurements.map((y) => (belief = filterStep(system, belief, y)));
}

/** The Riccati recursion is given up after so many rounds. */
const MOST_ROUNDS = 100_000;
const SETTLED = 1e-13;

/**
 * P∞ [D, D]: the prior covariance P⁻ at which the Riccati recursion rests. Throws a diverged error where it does not: what cannot be
 * seen grows without end.
 */
export function steadyPrior(system: LinearSystem): Matrix {
  let prior = propagated(system, system.P0);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = propagated(system, informed(system, prior).covariance);
    const moved = Matrix.sub(next, prior).abs().max();
    prior = next;
    if (!Number.isFinite(moved)) break;
    if (moved <= SETTLED * prior.max()) return prior;
  }
  throw new NgcError(
    'diverged',
    'The covariance of the Kalman filter never settles: A lets grow what C does not show; give a smaller A, or a C that shows it.',
  );
}
