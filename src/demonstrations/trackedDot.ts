import { Matrix } from 'ml-matrix';

import type { Act } from '../exhibits/frame.ts';
import type { Values } from '../exhibits/exhibit.ts';
import type { TrackedDotShown } from '../exhibits/list/trackedDot.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import type { Belief } from '../predictive/kalman/exact.ts';
import { filterStep, steadyPrior } from '../predictive/kalman/exact.ts';
import type { PriorCovariance, Settled } from '../predictive/kalman/predictive.ts';
import { begin, settle, unsettled } from '../predictive/kalman/predictive.ts';
import type { LinearSystem } from '../predictive/kalman/system.ts';
import { measure, move, toySystem } from '../predictive/kalman/system.ts';
import { NgcError, printableText } from '../shared/errors.ts';
import { createRng } from '../shared/rng.ts';
import type { Demonstrate } from './demonstration.ts';

/** Measurements that are remembered. */
const MEMORY = 80;
/** An estimate so far from the dot has lost it for good. */
const LOST = 1e4;

interface Moment {
  readonly truth: number;
  readonly measured: number;
  readonly exact: number;
  readonly exactWidth: number;
  readonly settled: number;
}

/** The dot, measured with a noise. */
function systemOf(values: Values): LinearSystem {
  return { ...toySystem(), R: new Matrix([[numberOf(values, 'noise') ** 2]]) };
}

function priorOf(values: Values, system: LinearSystem): PriorCovariance {
  switch (wordOf(values, 'prior')) {
    case 'steady':
      return steadyPrior(system);
    case 'pushes':
      return system.Q;
    case 'identity':
      return Matrix.eye(2);
    default:
      return 'riccati';
  }
}

/** A dot that is pushed at random, or held by a hand; each step measures it once and lets both filters believe. */
export const demonstrateTrackedDot: Demonstrate<TrackedDotShown> = ({ values: first, seed }) => {
  const rng = createRng(seed);
  let values = first;
  let system = systemOf(first);
  let prior = priorOf(first, system);
  let dot = Matrix.columnVector([0, 0]);
  let hand: number | null = null;
  let exact: Belief = { mean: system.m0, covariance: system.P0 };
  let settled: Settled = unsettled(system);
  let settling = new Float32Array(0);
  let step = 0;
  let moments: Moment[] = [];
  const squares = { measured: 0, exact: 0, settled: 0 };

  const isLost = () => Math.abs(settled.mean.get(0, 0) - dot.get(0, 0)) > LOST;
  /** Where the dot is next: where the system pushes it, or where the hand has it, as fast as that is. */
  const moved = (): Matrix => {
    const next = move(system, dot, rng);
    return hand === null ? next : Matrix.columnVector([hand, hand - dot.get(0, 0)]);
  };
  const errorOf = (of: keyof typeof squares) => (step === 0 ? NaN : Math.sqrt(squares[of] / step));

  return {
    advance() {
      if (isLost()) return;
      dot = moved();
      const y = measure(system, dot, rng);
      exact = filterStep(system, exact, y);
      const estimates: number[] = [];
      const episode = begin(system, settled, y, prior);
      const steps = Math.round(numberOf(values, 'steps'));
      settled = settle(episode, steps, (mean) => estimates.push(mean.get(0, 0)));
      settling = Float32Array.from(estimates);
      const moment: Moment = {
        truth: dot.get(0, 0),
        measured: y.get(0, 0),
        exact: exact.mean.get(0, 0),
        exactWidth: Math.sqrt(exact.covariance.get(0, 0)),
        settled: settled.mean.get(0, 0),
      };
      for (const of of ['measured', 'exact', 'settled'] as const)
        squares[of] += (moment[of] - moment.truth) ** 2;
      moments = [...moments.slice(1 - MEMORY), moment];
      step++;
    },
    frame() {
      const list = (of: keyof Moment) => Float32Array.from(moments, (moment) => moment[of]);
      return {
        step,
        metric: step === 0 ? null : errorOf('settled'),
        ended: isLost(),
        says: isLost() ? 'The estimate has lost the dot: give it more steps for each measurement, and rewind.' : null, // prettier-ignore
        isTrouble: isLost(),
        shown: {
          from: step - moments.length,
          truth: list('truth'),
          measured: list('measured'),
          exact: list('exact'),
          exactWidth: list('exactWidth'),
          settled: list('settled'),
          errors: { measured: errorOf('measured'), exact: errorOf('exact'), settled: errorOf('settled') }, // prettier-ignore
          settling,
          isHeld: hand !== null,
        },
      };
    },
    change(now) {
      values = now;
      system = systemOf(now);
      prior = priorOf(now, system);
    },
    act({ name, values: [to = NaN] }: Act) {
      if (name === 'hold' && Number.isFinite(to)) return void (hand = to);
      if (name === 'release') return void (hand = null);
      throw new NgcError('usage', `A dot can be held or released, not ${printableText(name)}.`);
    },
    close: () => undefined,
  };
};
