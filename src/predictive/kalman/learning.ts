import { Matrix } from 'ml-matrix';

import type { PriorCovariance, Settled } from './predictive.ts';
import { begin, settle, unsettled } from './predictive.ts';
import type { LinearSystem } from './system.ts';

/** Changes of A and C (ascent). */
export interface SystemChanges {
  /** e_x·m_{t-1}ᵀ [D, D] */
  readonly dA: Matrix;
  /** e_y·mᵀ [K, D] */
  readonly dC: Matrix;
}

/** What the synapses of one time would change by: each from the error at its one end and the activity at its other. */
export function changesAt(before: Settled, after: Settled): SystemChanges {
  return {
    dA: after.stateError.mmul(before.mean.transpose()),
    dC: after.measurementError.mmul(after.mean.transpose()),
  };
}

/** The changes of a whole course, summed over time. */
export function summedChanges(system: LinearSystem, course: readonly Settled[]): SystemChanges {
  const sums = { dA: Matrix.zeros(system.A.rows, system.A.columns), dC: Matrix.zeros(system.C.rows, system.C.columns) }; // prettier-ignore
  let before = unsettled(system);
  for (const after of course) {
    const { dA, dC } = changesAt(before, after);
    sums.dA.add(dA);
    sums.dC.add(dC);
    before = after;
  }
  return sums;
}

/** How A and C are learnt while measurements come in. */
export interface SystemLearning {
  readonly steps: number;
  readonly prior: PriorCovariance;
  /** Of A and of C; 0 leaves it as it is. */
  readonly rateA: number;
  readonly rateC: number;
}

/** After one measurement: the system as it is known by now, what is believed, and what was expected to be measured [K, 1]. */
export interface Learnt {
  readonly system: LinearSystem;
  readonly settled: Settled;
  readonly expected: Matrix;
}

/** One measurement: settles, then moves A and C by what is local to them. */
export function learnStep(
  { system, settled }: Pick<Learnt, 'system' | 'settled'>,
  y: Matrix,
  { steps, prior, rateA, rateC }: SystemLearning,
): Learnt {
  const episode = begin(system, settled, y, prior);
  const after = settle(episode, steps);
  const { dA, dC } = changesAt(settled, after);
  const A = Matrix.add(system.A, dA.mul(rateA));
  const C = Matrix.add(system.C, dC.mul(rateC));
  return {
    system: { ...system, A, C },
    settled: after,
    expected: system.C.mmul(episode.expected),
  };
}

/** A whole course, once: what is known after it, and the root of the mean square of its one-step errors, Σ over what is measured. */
export function learnCourse(
  system: LinearSystem,
  measurements: readonly Matrix[],
  how: SystemLearning,
): { readonly system: LinearSystem; readonly error: number } {
  let learnt: Pick<Learnt, 'system' | 'settled'> = { system, settled: unsettled(system) };
  let squares = 0;
  for (const y of measurements) {
    const next = learnStep(learnt, y, how);
    squares += Matrix.sub(y, next.expected).norm('frobenius') ** 2;
    learnt = next;
  }
  return { system: learnt.system, error: Math.sqrt(squares / measurements.length) };
}
