import { describe, expect, test } from 'vitest';

import type { SensorName } from '../../src/predictive/freeEnergy.ts';
import {
  freeEnergy,
  freeEnergySlopes,
  logEvidence,
  logJoint,
  pointSlope,
  posterior,
  posteriorDivergence,
  SENSORS,
} from '../../src/predictive/freeEnergy.ts';
import { divergence, logDensity } from '../../src/predictive/gaussians.ts';
import { slopeOf } from './support.ts';

const BOTH = Object.keys(SENSORS) as SensorName[];
const S = 2;
const POINTS: readonly (readonly [number, number])[] = [
  [0.4, 0.02],
  [1.6, 0.1],
  [2.5, 0.5],
  [-1.2, 1.5],
];

describe.each(BOTH)('a %s sensor', (name) => {
  const sensor = SENSORS[name];

  test('F is the mean of ln q − ln p(s, x) over q', () => {
    for (const [m, v] of POINTS) {
      const q = { mean: m, sd: Math.sqrt(v) };
      let sum = 0;
      const [n, reach] = [4000, 12 * q.sd];
      for (let i = 0; i <= n; i++) {
        const x = m - reach + (2 * reach * i) / n;
        sum += Math.exp(logDensity(q, x)) * (logDensity(q, x) - logJoint(sensor, S, x));
      }
      expect(freeEnergy(sensor, S, m, v)).toBeCloseTo((sum * 2 * reach) / n, 8);
    }
  });

  const evidence = logEvidence(sensor, S);

  test('F lies above −ln p(s) by the divergence from the posterior', () => {
    for (const [m, v] of POINTS) {
      const q = { mean: m, sd: Math.sqrt(v) };
      const x = Array.from({ length: 4001 }, (_, i) => -12 + i / 160);
      let kl = 0;
      for (const at of x) {
        const log = logDensity(q, at);
        const of = logJoint(sensor, S, at) - evidence;
        kl += (Math.exp(log) * (log - of)) / 160;
      }
      expect(posteriorDivergence(sensor, S, m, v)).toBeCloseTo(kl, 6);
      expect(posteriorDivergence(sensor, S, m, v)).toBeGreaterThan(0);
    }
  });

  test('the posterior integrates to one', () => {
    const x = Array.from({ length: 20_001 }, (_, i) => -7 + i / 1000);
    const sum = posterior(sensor, S, x).reduce((a, b) => a + b) / 1000;
    expect(sum).toBeCloseTo(1, 8);
  });

  test('the slopes are those of F, and that of a point is their limit', () => {
    for (const [m, v] of POINTS) {
      const { mean, variance } = freeEnergySlopes(sensor, S, m, v);
      expect(mean).toBeCloseTo(
        slopeOf((at) => freeEnergy(sensor, S, at, v), m),
        5,
      );
      expect(variance).toBeCloseTo(
        slopeOf((at) => freeEnergy(sensor, S, m, at), v),
        4,
      );
      expect(pointSlope(sensor, S, m)).toBeCloseTo(-freeEnergySlopes(sensor, S, m, 1e-12).mean, 8);
    }
  });
});

test('where the posterior is Gaussian, q can be it, and nothing is left between F and −ln p(s)', () => {
  const sensor = SENSORS.linear;
  // N(3, 1) and a measurement of variance 1: p(x|s) = N((3 + s)/2, 1/2), p(s) = N(3, 2).
  expect(posteriorDivergence(sensor, S, (3 + S) / 2, 1 / 2)).toBeCloseTo(0, 10);
  expect(logEvidence(sensor, S)).toBeCloseTo(logDensity({ mean: 3, sd: Math.SQRT2 }, S), 10);
  const [m, v] = [1.3, 0.7];
  const [q, p] = [{ mean: m, sd: Math.sqrt(v) }, { mean: 2.5, sd: Math.SQRT1_2 }]; // prettier-ignore
  expect(posteriorDivergence(sensor, S, m, v)).toBeCloseTo(divergence(q, p), 10);
});
