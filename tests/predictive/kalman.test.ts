import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';

import { filter, steadyPrior } from '../../src/predictive/kalman/exact.ts';
import { learnCourse } from '../../src/predictive/kalman/learning.ts';
import { begin, errorsAt, settle, settlingStep, track, unsettled } from '../../src/predictive/kalman/predictive.ts'; // prettier-ignore
import type { LinearSystem } from '../../src/predictive/kalman/system.ts';
import { simulate, toySystem } from '../../src/predictive/kalman/system.ts';
import { slopeOf } from './support.ts';

const toy = toySystem();

/** Three states seen through two, nothing symmetric about them. */
const other: LinearSystem = {
  A: new Matrix([[0.9, 0.2, -0.1], [-0.3, 0.8, 0.2], [0.1, 0, 0.95]]), // prettier-ignore
  C: new Matrix([[1, 0.5, 0], [0, -0.4, 1]]), // prettier-ignore
  Q: new Matrix([[0.2, 0.05, 0], [0.05, 0.1, 0.02], [0, 0.02, 0.3]]), // prettier-ignore
  R: new Matrix([[0.5, 0.1], [0.1, 0.8]]), // prettier-ignore
  m0: Matrix.columnVector([1, -1, 0.5]),
  P0: new Matrix([[1, 0.3, 0], [0.3, 2, 0], [0, 0, 0.5]]), // prettier-ignore
};

/**
 * All states of a course at once: the minimum of the quadratic −ln p(x_0 … x_T, y_1 … y_T), by one linear system. Its last state is
 * what a filter believes at the end, and the last block of its inverse what is not known of it.
 */
function allAtOnce({ A, C, Q, R, m0, P0 }: LinearSystem, y: readonly Matrix[]) {
  const D = A.rows;
  const [n, last] = [(y.length + 1) * D, y.length * D];
  const [H, h] = [Matrix.zeros(n, n), Matrix.zeros(n, 1)];
  const eye = Matrix.eye(D);
  /** Adds ½ (Gx − g)ᵀ S⁻¹ (Gx − g), where G has blocks at the given times. */
  const add = (blocks: readonly (readonly [number, Matrix])[], g: Matrix, S: Matrix) => {
    const G = Matrix.zeros(g.rows, n);
    for (const [t, block] of blocks) G.setSubMatrix(block, 0, t * D);
    H.add(G.transpose().mmul(solve(S, G)));
    h.add(G.transpose().mmul(solve(S, g)));
  };
  add([[0, eye]], m0, P0);
  y.forEach((seen, t) => {
    add([[t, Matrix.mul(A, -1)], [t + 1, eye]], Matrix.zeros(D, 1), Q); // prettier-ignore
    add([[t + 1, C]], seen, R);
  });
  const pick = solve(H, Matrix.zeros(n, D).setSubMatrix(eye, last, 0));
  return {
    mean: solve(H, h).subMatrix(last, n - 1, 0, 0),
    covariance: pick.subMatrix(last, n - 1, 0, D - 1),
  };
}

const apart = (a: Matrix, b: Matrix) => Matrix.sub(a, b).abs().max();

/** Root mean square of the error of one component. */
const rms = (means: readonly Matrix[], states: readonly Matrix[], i: number) =>
  Math.sqrt(means.reduce((sum, m, t) => sum + (m.get(i, 0) - states[t]!.get(i, 0)) ** 2, 0) / means.length); // prettier-ignore

describe('the exact filter', () => {
  test.each([
    ['toy', toy],
    ['other', other],
  ])('equals one big linear solve of all states together (%s)', (_, system) => {
    const { measurements } = simulate(system, 12, 3);
    const beliefs = filter(system, measurements);
    for (const T of [1, 2, 12]) {
      const { mean, covariance } = allAtOnce(system, measurements.slice(0, T));
      expect(apart(beliefs[T - 1]!.mean, mean)).toBeLessThan(1e-9);
      expect(apart(beliefs[T - 1]!.covariance, covariance)).toBeLessThan(1e-9);
    }
  });

  test('the steady covariance is where another round leaves it', () => {
    const steady = steadyPrior(other);
    const later = filter({ ...other, P0: steady }, simulate(other, 200, 1).measurements);
    const { A, Q } = other;
    const prior = A.mmul(later.at(-1)!.covariance).mmul(A.transpose()).add(Q);
    expect(apart(prior, steady)).toBeLessThan(1e-10);
  });

  test('there is none where what grows is not seen', () => {
    const blind = { ...toy, A: new Matrix([[0.5, 0], [0, 1.5]]) }; // prettier-ignore
    expect(() => steadyPrior(blind)).toThrow(/never settles.*smaller A/);
  });
});

describe('the filter as predictive coding', () => {
  const { measurements, states } = simulate(other, 60, 8);

  test('settling goes down F, along its slope', () => {
    const before = { ...unsettled(other), mean: other.m0 };
    const episode = begin(other, before, measurements[0]!, 'riccati');
    const energy = (m: Matrix) => {
      const { stateError, measurementError } = errorsAt(episode, m);
      const off = Matrix.sub(episode.y, episode.C.mmul(m));
      const moved = Matrix.sub(m, episode.expected);
      return (moved.dot(stateError) + off.dot(measurementError)) / 2;
    };
    let m = episode.expected;
    for (let n = 0; n < 20; n++) {
      const next = settlingStep(episode, m);
      for (let i = 0; i < 3; i++) {
        const slope = slopeOf((at) => energy(m.clone().set(i, 0, at)), m.get(i, 0));
        const step = (next.get(i, 0) - m.get(i, 0)) * episode.largestCurvature;
        expect(step).toBeCloseTo(-slope, 6);
      }
      expect(energy(next)).toBeLessThanOrEqual(energy(m) + 1e-12);
      m = next;
    }
    expect(apart(settle(episode, 20).mean, m)).toBe(0);
  });

  test('it comes to the exact filter as the steps grow, mean and covariance', () => {
    const exact = filter(other, measurements);
    const off = [1, 10, 100, 1000].map((n) => {
      const settled = track(other, measurements, n, 'riccati');
      expect(apart(settled.at(-1)!.covariance, exact.at(-1)!.covariance)).toBeLessThan(1e-10);
      return Math.max(...settled.map(({ mean }, t) => apart(mean, exact[t]!.mean)));
    });
    expect(off[1]!).toBeLessThan(off[0]!);
    expect(off[2]!).toBeLessThan(off[1]!);
    expect(off[3]!).toBeLessThan(1e-9);
    expect(
      rms(
        exact.map(({ mean }) => mean),
        states,
        0,
      ),
    ).toBeLessThan(1);
  });

  test('holding the steady covariance comes to the same in the end', () => {
    const steady = steadyPrior(other);
    const held = track(other, measurements, 1000, steady);
    const exact = filter(other, measurements);
    expect(apart(held[0]!.mean, exact[0]!.mean)).toBeGreaterThan(0.01);
    expect(apart(held.at(-1)!.mean, exact.at(-1)!.mean)).toBeLessThan(0.01);
  });

  test('the dot is tracked as well as it is said, and not by one step', () => {
    const course = simulate(toy, 1000, 1);
    const of = (n: number) =>
      rms(track(toy, course.measurements, n, 'riccati').map(({ mean }) => mean), course.states, 0); // prettier-ignore
    const exact = rms(filter(toy, course.measurements).map(({ mean }) => mean), course.states, 0); // prettier-ignore
    expect(exact).toBeCloseTo(0.7, 1);
    expect(of(20)).toBeCloseTo(exact, 2);
    expect(of(5)).toBeCloseTo(1.07, 1);
    const held = (prior: Matrix, n: number) =>
      rms(track(toy, course.measurements, n, prior).map(({ mean }) => mean), course.states, 0); // prettier-ignore
    expect(exact).toBeCloseTo(0.699, 3);
    expect(held(steadyPrior(toy), 20)).toBeCloseTo(0.699, 3);
    expect(held(toy.Q, 100)).toBeCloseTo(6.25, 2);
    expect(of(2)).toBeGreaterThan(2);
    expect(of(1)).toBeGreaterThan(10);
  });

  test('a fixed covariance that knows nothing of velocities never moves the velocity', () => {
    const course = simulate(toy, 50, 1);
    const settled = track(toy, course.measurements, 100, Matrix.eye(2));
    expect(settled.every(({ mean }) => mean.get(1, 0) === 0)).toBe(true);
  });

  test('an estimate that flies away is refused before it is no number', () => {
    const wild = { ...toy, A: Matrix.eye(2).mul(1e30) };
    const { measurements: y } = simulate(toy, 20, 1);
    expect(() => track(wild, y, 1, Matrix.eye(2))).toThrow(/no longer finite.*more steps/);
  });
});

describe('learning the system', () => {
  const turn = (length: number, angle: number) =>
    new Matrix([
      [Math.cos(angle), -Math.sin(angle)],
      [Math.sin(angle), Math.cos(angle)],
    ]).mul(length);
  const rotation: LinearSystem = {
    A: turn(0.98, 0.25),
    C: Matrix.eye(2),
    Q: Matrix.eye(2).mul(0.02),
    R: Matrix.eye(2).mul(0.1),
    m0: Matrix.zeros(2, 1),
    P0: Matrix.eye(2),
  };
  const { measurements } = simulate(rotation, 1500, 1);
  const prior = steadyPrior(rotation);
  const exact = learnCourse(rotation, measurements, { steps: 200, prior, rateA: 0, rateC: 0 });
  const passes = (start: LinearSystem, rateA: number, rateC: number) => {
    let [system, error] = [start, 0];
    for (let pass = 0; pass < 4; pass++)
      ({ system, error } = learnCourse(system, measurements, { steps: 20, prior, rateA, rateC }));
    return { system, error };
  };

  test('A finds the turning and comes to the error of who knows it', () => {
    const start = { ...rotation, A: Matrix.eye(2).mul(0.5) };
    const { system, error } = passes(start, 3e-4, 0);
    const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(system.A);
    expect(Math.hypot(re[0]!, im[0]!)).toBeCloseTo(0.98, 1.9);
    expect(Math.abs(Math.atan2(im[0]!, re[0]!))).toBeCloseTo(0.25, 2);
    expect(error / exact.error).toBeLessThan(1.01);
    expect(system.C.to2DArray()).toEqual(rotation.C.to2DArray());
  });

  test('C is learnt too', () => {
    const start = { ...rotation, C: Matrix.eye(2).mul(0.5) };
    const before = learnCourse(start, measurements, { steps: 20, prior, rateA: 0, rateC: 0 });
    const { error } = passes(start, 0, 3e-4);
    expect(before.error / exact.error).toBeGreaterThan(1.1);
    expect(error / exact.error).toBeLessThan(1.02);
  });
});
