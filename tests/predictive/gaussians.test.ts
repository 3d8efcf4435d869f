import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Gaussian } from '../../src/predictive/gaussians.ts';
import {
  crossEntropy,
  density,
  divergence,
  entropy,
  logDensity,
} from '../../src/predictive/gaussians.ts';

const gaussian = fc.record({
  mean: fc.double({ min: -3, max: 3, noNaN: true }),
  sd: fc.double({ min: 0.3, max: 3, noNaN: true }),
});

/** ∫ p·f by the trapezium rule. */
function average(p: Gaussian, f: (x: number) => number): number {
  const [n, reach] = [4000, 12 * p.sd];
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const x = p.mean - reach + (2 * reach * i) / n;
    sum += density(p, x) * f(x);
  }
  return (sum * 2 * reach) / n;
}

describe('two Gaussians', () => {
  test('entropy, cross entropy and divergence are the integrals that define them', () => {
    const both = fc.property(gaussian, gaussian, (p, q) => {
      expect(average(p, () => 1)).toBeCloseTo(1, 9);
      expect(entropy(p)).toBeCloseTo(-average(p, (x) => logDensity(p, x)), 8);
      expect(crossEntropy(p, q)).toBeCloseTo(-average(p, (x) => logDensity(q, x)), 8);
      expect(divergence(p, q)).toBeCloseTo(
        average(p, (x) => logDensity(p, x) - logDensity(q, x)),
        8,
      );
    });
    fc.assert(both, { numRuns: 30, seed: 1 });
  });

  test('H(p, q) = H(p) + KL(p‖q), and KL is nothing only where they are the same', () => {
    const both = fc.property(gaussian, gaussian, (p, q) => {
      expect(crossEntropy(p, q)).toBeCloseTo(entropy(p) + divergence(p, q), 10);
      expect(divergence(p, q)).toBeGreaterThanOrEqual(-1e-12);
      expect(divergence(p, p)).toBeCloseTo(0, 12);
    });
    fc.assert(both, { numRuns: 100, seed: 1 });
    expect(divergence({ mean: 0, sd: 1 }, { mean: 1, sd: 1 })).toBeCloseTo(1 / 2, 12);
  });

  test('KL the one way is not KL the other way', () => {
    const [p, q] = [
      { mean: 0, sd: 1 },
      { mean: 0, sd: 2 },
    ];
    expect(divergence(p, q)).toBeCloseTo(Math.log(2) + 1 / 8 - 1 / 2, 12);
    expect(divergence(q, p)).toBeCloseTo(-Math.log(2) + 2 - 1 / 2, 12);
  });
});
