import { Matrix } from 'ml-matrix';

import type { LearntMotionShown } from '../exhibits/list/learntMotion.ts';
import { numberOf, wordOf } from '../exhibits/values.ts';
import { filterStep, steadyPrior } from '../predictive/kalman/exact.ts';
import type { Belief } from '../predictive/kalman/exact.ts';
import type { Learnt } from '../predictive/kalman/learning.ts';
import { learnStep } from '../predictive/kalman/learning.ts';
import { unsettled } from '../predictive/kalman/predictive.ts';
import type { LinearSystem } from '../predictive/kalman/system.ts';
import { simulate } from '../predictive/kalman/system.ts';
import type { Demonstrate } from './demonstration.ts';

/** Measurements of a stride, of a course, and how often the course is gone through. */
const STRIDE = 25;
const COURSE = 1500;
const PASSES = 4;
/** Measurements that are remembered, and steps of the spirals. */
const MEMORY = 60;
const AHEAD = 40;
/** Of what is to be learnt, so much is there at the beginning; and an error beyond this is lost. */
const AT_FIRST = 0.5;
const LOST = 100;

/** A dot that turns by an angle and shrinks a little, pushed and measured in both directions. */
export function turningSystem(angle: number): LinearSystem {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return {
    A: new Matrix([
      [c, -s],
      [s, c],
    ]).mul(0.98),
    C: Matrix.eye(2),
    Q: Matrix.eye(2).mul(0.02),
    R: Matrix.eye(2).mul(0.1),
    m0: Matrix.zeros(2, 1),
    P0: Matrix.eye(2),
  };
}

/** C·Aⁿ·(1, 0) for n = 0, 1, …: x and y, one after the other. */
function spiral({ A, C }: LinearSystem): Float32Array {
  let state = Matrix.columnVector([1, 0]);
  const points: number[] = [];
  for (let n = 0; n < AHEAD; n++) {
    points.push(...C.mmul(state).to1DArray());
    state = A.mmul(state);
  }
  return Float32Array.from(points);
}

/** The root mean square of what is measured less what the exact filter, which knows the law, expected. */
function leastError(system: LinearSystem, measurements: readonly Matrix[]): number {
  const { A, C, m0, P0 } = system;
  let belief: Belief = { mean: m0, covariance: P0 };
  let squares = 0;
  for (const y of measurements) {
    squares += Matrix.sub(y, C.mmul(A.mmul(belief.mean))).norm('frobenius') ** 2;
    belief = filterStep(system, belief, y);
  }
  return Math.sqrt(squares / measurements.length);
}

/** A network that follows the dot and learns A or C while it does. */
export const demonstrateLearntMotion: Demonstrate<LearntMotionShown> = ({
  values: first,
  seed,
}) => {
  const truth = turningSystem(numberOf(first, 'angle'));
  const { measurements } = simulate(truth, COURSE, seed);
  const prior = steadyPrior(truth);
  const least = leastError(truth, measurements);
  const learns = wordOf(first, 'learns') === 'C' ? 'C' : 'A';
  const start: LinearSystem = { ...truth, [learns]: Matrix.eye(2).mul(AT_FIRST) };
  let values = first;
  let learnt: Pick<Learnt, 'system' | 'settled'> = { system: start, settled: unsettled(start) };
  let made = 0;
  const at: number[] = [];
  const errors: number[] = [];

  const isLost = () => errors.length > 0 && !(errors.at(-1)! < LOST);
  const hasEnded = () => made >= PASSES * COURSE || isLost();

  return {
    advance() {
      if (hasEnded()) return;
      const rate = numberOf(values, 'learningRate');
      const how = {
        ...{ steps: numberOf(values, 'steps'), prior },
        ...{ rateA: learns === 'A' ? rate : 0, rateC: learns === 'C' ? rate : 0 },
      };
      let squares = 0;
      for (let i = 0; i < STRIDE && squares < STRIDE * LOST ** 2; i++) {
        // Every pass begins with nothing believed, and with what was learnt so far.
        if (made % COURSE === 0) learnt = { ...learnt, settled: unsettled(learnt.system) };
        const y = measurements[made % COURSE]!;
        const next = learnStep(learnt, y, how);
        squares += Matrix.sub(y, next.expected).norm('frobenius') ** 2;
        learnt = next;
        made++;
      }
      at.push(made);
      errors.push(Math.sqrt(squares / STRIDE));
    },
    frame() {
      const { system } = learnt;
      const newest = Array.from({ length: Math.min(made, MEMORY) }, (_, i) => measurements[(made - Math.min(made, MEMORY) + i) % COURSE]!.to1DArray()); // prettier-ignore
      return {
        step: at.length,
        metric: errors.at(-1) ?? null,
        ended: hasEnded(),
        says: isLost() ? 'What is believed flies away: take a smaller learning rate, and rewind.' : null, // prettier-ignore
        isTrouble: isLost(),
        shown: {
          measured: Float32Array.from(newest.flat()),
          truth: spiral(truth),
          believed: spiral(system),
          ...{ at: Float32Array.from(at), errors: Float32Array.from(errors), least },
          A: Float32Array.from(system.A.to1DArray()),
          C: Float32Array.from(system.C.to1DArray()),
          wanted: PASSES * COURSE,
        },
      };
    },
    change(now) {
      values = now;
    },
    close: () => undefined,
  };
};
