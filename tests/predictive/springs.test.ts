import { describe, expect, test } from 'vitest';

import type { Chain } from '../../src/predictive/springs.ts';
import {
  anchors,
  energies,
  errors,
  forces,
  forward,
  largestCurvature,
  learn,
  relax,
  rest,
  restingEnergy,
} from '../../src/predictive/springs.ts';
import { slopeOf } from './support.ts';

const chain: Chain = { w: [0.8, -1.3, 0.6, 1.1], b: [0.3, -0.2, 0.5, 0.1], outputVariance: 1.7 };
const ENDS = [true, false, false, false, true];
const z = [0.4, -1.1, 0.9, 0.2, 2.5];
const total = (of: Chain, states: readonly number[]) =>
  energies(of, states).reduce((a, b) => a + b);
const but = (list: readonly number[], i: number, value: number) => list.with(i, value);

describe('a chain of springs', () => {
  test('nothing pulls a chain whose states are all at their anchors', () => {
    const slack = forward(chain, 0.4);
    expect(anchors(chain, slack)).toEqual(slack.slice(1));
    expect(forces(chain, slack).map(Math.abs)).toEqual([0, 0, 0, 0, 0]);
    expect(total(chain, slack)).toBe(0);
  });

  test('forces are the slopes of the energy, of the held ends too', () => {
    forces(chain, z).forEach((force, l) =>
      expect(-force).toBeCloseTo(
        slopeOf((at) => total(chain, but(z, l, at)), z[l]!),
        8,
      ),
    );
  });

  test('learning goes down the energy in weights and biases', () => {
    const after = learn(chain, z, 1);
    chain.w.forEach((w, i) => {
      const byWeight = (at: number) => total({ ...chain, w: but(chain.w, i, at) }, z);
      const byBias = (at: number) => total({ ...chain, b: but(chain.b, i, at) }, z);
      expect(w - after.w[i]!).toBeCloseTo(slopeOf(byWeight, w), 8);
      expect(chain.b[i]! - after.b[i]!).toBeCloseTo(slopeOf(byBias, chain.b[i]!), 8);
    });
  });

  test('below 2/λmax it never rises while it relaxes, and it comes to rest where the linear system says', () => {
    const rate = 1 / largestCurvature(chain, ENDS);
    let at: readonly number[] = z;
    for (let t = 0; t < 400; t++) {
      const next = relax(chain, at, ENDS, rate);
      expect(total(chain, next)).toBeLessThanOrEqual(total(chain, at) + 1e-12);
      at = next;
    }
    rest(chain, z, ENDS).forEach((value, l) => expect(at[l]).toBeCloseTo(value, 9));
    expect([at[0], at[4]]).toEqual([z[0], z[4]]);
  });

  test('the energy at rest is the closed form', () => {
    const still = rest(chain, z, ENDS);
    expect(total(chain, still)).toBeCloseTo(restingEnergy(chain, z[0]!, z[4]!), 12);
    // And by hand for two springs: r² / 2(k + w²).
    const two: Chain = { w: [0.5, 2], b: [0, 0], outputVariance: 3 };
    expect(restingEnergy(two, 1, 5)).toBeCloseTo(16 / (2 * 7), 12);
  });

  test('just above 2/λmax it flies apart, just below it does not', () => {
    const bound = 2 / largestCurvature(chain, ENDS);
    const after = (rate: number) => {
      let at: readonly number[] = z;
      for (let t = 0; t < 3000; t++) at = relax(chain, at, ENDS, rate);
      return total(chain, at);
    };
    expect(after(bound * 1.02)).toBeGreaterThan(1e6);
    expect(after(bound * 0.98)).toBeCloseTo(restingEnergy(chain, z[0]!, z[4]!), 8);
  });

  test('any state may be held: the others rest around it', () => {
    const held = [true, false, true, false, false];
    const still = rest(chain, z, held);
    const d = forces(chain, still);
    expect(still[2]).toBe(z[2]);
    for (const l of [1, 3, 4]) expect(d[l]).toBeCloseTo(0, 12);
    expect(rest(chain, z, ENDS.map(() => true))).toEqual(z); // prettier-ignore
  });

  test('an error reaches one layer further with every step', () => {
    let at: readonly number[] = [...forward(chain, 0.4).slice(0, -1), 3];
    for (let t = 0; t < 4; t++) {
      const reached = errors(chain, at).map((e) => e !== 0);
      expect(reached).toEqual([0, 1, 2, 3].map((l) => l >= 3 - t));
      at = relax(chain, at, ENDS, 0.1);
    }
  });
});
