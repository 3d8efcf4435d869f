import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';

import { NgcError } from '../../shared/errors.ts';
import type { LinearSystem } from './system.ts';
import { propagated, symmetric } from './system.ts';

/*
 * The Kalman filter as predictive coding in time (Casnici et al. 2025, Eqs. 50-63; Millidge et al. 2024):
 *
 *   F = ½ (m − m⁻)ᵀ·e_x + ½ (y − C·m)ᵀ·e_y        m⁻ = A·m_{t-1}
 *   e_x = Σx⁻¹(m − m⁻)     e_y = R⁻¹(y − C·m)
 *   m ← m + g·(Cᵀe_y − e_x),  n times from m = m⁻      g = 1/λmax(H),  H = CᵀR⁻¹C + Σx⁻¹
 *   ΔA = e_x·m_{t-1}ᵀ      ΔC = e_y·mᵀ
 *
 * Σx is carried on, A·P·Aᵀ + Q with P = H⁻¹ ("riccati"), or held ("fixed"). As n grows, m comes to what the exact filter says.
 */

/** What is not known of the next state: carried on as the exact filter does, or a covariance [D, D] that is held. */
export type PriorCovariance = 'riccati' | Matrix;

/** What a network believes after one measurement. */
export interface Settled {
  /** [D, 1] */
  readonly mean: Matrix;
  /** H⁻¹ [D, D]: the curvature of F there, turned over. */
  readonly covariance: Matrix;
  /** The errors at the mean: [D, 1] of the state, [K, 1] of the measurement. */
  readonly stateError: Matrix;
  readonly measurementError: Matrix;
}

/** One measurement to settle on: everything that stays as it is while the state neurons move. */
export interface Episode {
  /** m⁻ [D, 1], where settling begins. */
  readonly expected: Matrix;
  /** Σx⁻¹ [D, D] and R⁻¹ [K, K]. */
  readonly statePrecision: Matrix;
  readonly measurementPrecision: Matrix;
  /** H [D, D] and λmax(H). */
  readonly curvature: Matrix;
  readonly largestCurvature: number;
  readonly C: Matrix;
  /** [K, 1] */
  readonly y: Matrix;
}

/** Begins with a measurement `y` [K, 1] after a belief. */
export function begin(
  system: LinearSystem,
  { mean, covariance }: Pick<Settled, 'mean' | 'covariance'>,
  y: Matrix,
  prior: PriorCovariance,
): Episode {
  const { A, C, R } = system;
  const statePrecision = inverse(prior === 'riccati' ? propagated(system, covariance) : prior);
  const measurementPrecision = inverse(R);
  const seen = C.transpose().mmul(measurementPrecision).mmul(C);
  const curvature = symmetric(seen.add(statePrecision));
  const { realEigenvalues } = new EigenvalueDecomposition(curvature, { assumeSymmetric: true });
  const largestCurvature = Math.max(...realEigenvalues);
  const expected = A.mmul(mean);
  return { expected, statePrecision, measurementPrecision, curvature, largestCurvature, C, y };
}

/** e_x and e_y at a mean. */
export function errorsAt(
  episode: Episode,
  mean: Matrix,
): Pick<Settled, 'stateError' | 'measurementError'> {
  const { expected, statePrecision, measurementPrecision, C, y } = episode;
  return {
    stateError: statePrecision.mmul(Matrix.sub(mean, expected)),
    measurementError: measurementPrecision.mmul(Matrix.sub(y, C.mmul(mean))),
  };
}

/** One gradient step of the state neurons, of rate 1/λmax(H). */
export function settlingStep(episode: Episode, mean: Matrix): Matrix {
  const { stateError, measurementError } = errorsAt(episode, mean);
  const d = episode.C.transpose().mmul(measurementError).sub(stateError);
  return Matrix.add(mean, d.mul(1 / episode.largestCurvature));
}

/**
 * Settles for `steps` steps. Throws a diverged error before anything that is no number is handed on.
 * @param onStep sees the mean before the first step and after each
 */
export function settle(
  episode: Episode,
  steps: number,
  onStep: (mean: Matrix) => void = () => undefined,
): Settled {
  let mean = episode.expected;
  onStep(mean);
  for (let n = 0; n < steps; n++) {
    mean = settlingStep(episode, mean);
    onStep(mean);
  }
  if (!mean.to1DArray().every(Number.isFinite))
    throw new NgcError(
      'diverged',
      `The estimate of the state is no longer finite: with ${steps} steps for each measurement it cannot follow A; give more steps, or a smaller A.`,
    );
  return { mean, covariance: inverse(episode.curvature), ...errorsAt(episode, mean) };
}

/** What is believed before the first measurement. */
export function unsettled({ A, C, m0, P0 }: LinearSystem): Settled {
  return {
    mean: m0,
    covariance: P0,
    stateError: Matrix.zeros(A.rows, 1),
    measurementError: Matrix.zeros(C.rows, 1),
  };
}

/** What is believed after each measurement, with `steps` steps for each. */
export function track(
  system: LinearSystem,
  measurements: readonly Matrix[],
  steps: number,
  prior: PriorCovariance,
): Settled[] {
  let settled = unsettled(system);
  return measurements.map((y) => (settled = settle(begin(system, settled, y, prior), steps)));
}
