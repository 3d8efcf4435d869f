import { describe, expect, test } from 'vitest';

import { mean } from '../../src/shared/arrays.ts';
import { createRng } from '../../src/shared/rng.ts';
import {
  believed,
  chainVariance,
  learnBySampling,
  sampleStep,
} from '../../src/predictive/sampling.ts';

const model = { w: 1.3, b: 0.4 };
const how = { rate: 0.02, warmUp: 60, steps: 80, batch: 100, learningRate: 0.05, seed: 2 };

/** w and b, averaged over the later updates. */
function learnt(temperature: number, updates: number) {
  const course = learnBySampling({ w: 1, b: 0 }, { ...how, temperature });
  let [w, b] = [0, 0];
  for (let i = 0; i < updates; i++) {
    const { value } = course.next();
    if (i < updates / 2) continue;
    w += (2 * value.w) / updates;
    b += (2 * value.b) / updates;
  }
  return { w, b };
}

describe('one state that samples', () => {
  test('a chain has the posterior’s mean and the variance of the closed form', () => {
    const rng = createRng(5);
    const curvature = 1 + model.w ** 2;
    const states = new Float64Array(400_000);
    let z = 0;
    for (let t = 0; t < states.length; t++)
      states[t] = z = sampleStep(z, 2, model, { rate: 0.3, temperature: 0.8 }, rng.normal());
    const middle = mean(states);
    expect(middle).toBeCloseTo((model.b + model.w * 2) / curvature, 1.9);
    const spread = mean(states.map((at) => (at - middle) ** 2));
    expect(spread / chainVariance(0.8, curvature, 0.3)).toBeCloseTo(1, 1.9);
    // Not what a chain of infinitely small steps would have.
    expect(chainVariance(0.8, curvature, 0.3)).toBeGreaterThan(1.6 * (0.8 / curvature));
  });

  test('without noise it settles at the mode', () => {
    let z = 0;
    for (let t = 0; t < 200; t++) z = sampleStep(z, 2, model, { rate: 0.1, temperature: 0 }, 3);
    expect(z).toBeCloseTo((model.b + model.w * 2) / (1 + model.w ** 2), 10);
  });

  test('sampling learns what made the data: w = 2, b = ½', () => {
    const { w, b } = learnt(1, 1200);
    expect(Math.abs(w - 2)).toBeLessThan(0.1);
    expect(Math.abs(b - 1 / 2)).toBeLessThan(0.05);
    expect(believed({ w: 2, b: 1 / 2 })).toEqual({ mean: 1, variance: 5 });
  });

  test('settling alone makes w grow without end', () => {
    const [early, late] = [learnt(0, 300), learnt(0, 1200)];
    expect(believed(early).variance).toBeGreaterThan(10);
    expect(believed(late).variance).toBeGreaterThan(1.5 * believed(early).variance);
  });
});
