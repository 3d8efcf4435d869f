import { describe, expect, test } from 'vitest';

import {
  BACKPROPAGATION,
  cosines,
  landscape,
  landscapePoint,
} from '../../src/predictive/landscape.ts';
import { mean } from '../../src/shared/arrays.ts';
import { slopeOf } from './support.ts';

const POINTS: readonly (readonly [number, number])[] = [
  [0.7, -1.2],
  [-2.1, 0.4],
  [1.5, 2.5],
];

describe('the landscape of two weights', () => {
  test('the arrows of backpropagation point down its energy', () => {
    for (const [a, b] of POINTS) {
      const { dTheta0, dTheta1 } = landscapePoint(a, b, BACKPROPAGATION);
      const energy = (x: number, y: number) => landscapePoint(x, y, BACKPROPAGATION).energy;
      expect(-dTheta0).toBeCloseTo(
        slopeOf((at) => energy(at, b), a),
        8,
      );
      expect(-dTheta1).toBeCloseTo(
        slopeOf((at) => energy(a, at), b),
        8,
      );
    }
  });

  test('there is nothing to learn where both weights are right', () => {
    for (const k of [BACKPROPAGATION, 1, 50]) {
      const { energy, dTheta0, dTheta1 } = landscapePoint(1, 1, k);
      expect([energy, dTheta0, dTheta1].map(Math.abs)).toEqual([0, 0, 0]);
    }
  });

  test('as the output’s variance grows, k times the changes come to those of backpropagation', () => {
    for (const [a, b] of POINTS) {
      const exact = landscapePoint(a, b, BACKPROPAGATION);
      const off = (k: number) => {
        const { dTheta0, dTheta1 } = landscapePoint(a, b, k);
        return Math.hypot(k * dTheta0 - exact.dTheta0, k * dTheta1 - exact.dTheta1);
      };
      expect(off(10) / off(1)).toBeLessThan(0.35);
      expect(off(100) / off(10)).toBeLessThan(0.2);
      // Then what is left is that 30 steps of rate 0.2 are not yet the equilibrium: 0.8^30 of the way is missing.
      const missing = 0.8 ** 30 * Math.hypot(exact.dTheta0, exact.dTheta1);
      expect(off(1e6)).toBeLessThan(1.01 * missing);
    }
  });

  test('over the whole landscape the arrows come to agree', () => {
    const theta = Array.from({ length: 61 }, (_, i) => -3 + i / 10);
    const exact = landscape(theta, BACKPROPAGATION);
    const agreement = [1, 5, 50].map((k) => {
      const all = cosines(landscape(theta, k), exact).filter((one) => !Number.isNaN(one));
      return [mean(all), Math.min(...all)] as const;
    });
    const said = [
      [0.872, -0.4],
      [0.985, 0.74],
      [0.9998, 0.997],
    ];
    agreement.forEach(([all, least], i) => {
      expect(Math.abs(all - said[i]![0]!)).toBeLessThan(0.001);
      expect(Math.abs(least - said[i]![1]!)).toBeLessThan(0.01);
    });
  });
});
