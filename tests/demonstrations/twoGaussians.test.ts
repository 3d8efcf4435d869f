import { describe, expect, it } from 'vitest';
import { twoGaussians } from '../../src/demonstrations/twoGaussians.ts';
import { twoGaussians as exhibit } from '../../src/exhibits/list/twoGaussians.ts';
import { begun } from './support.ts';

const shown = async (values = {}) => (await begun(twoGaussians, exhibit, values)).frame().shown;

/** ∫ f over the axis, by the trapezium rule. */
function integral(at: Float32Array, f: (i: number) => number): number {
  let sum = 0;
  for (let i = 1; i < at.length; i++) sum += ((at[i]! - at[i - 1]!) * (f(i) + f(i - 1))) / 2;
  return sum;
}

describe('two beliefs', () => {
  it('shows densities, and numbers that are the integrals over them', async () => {
    const { at, p, q, entropy, crossEntropy, divergence } = await shown();
    expect(integral(at, (i) => p[i]!)).toBeCloseTo(1, 4);
    expect(integral(at, (i) => q[i]!)).toBeCloseTo(1, 4);
    expect(integral(at, (i) => -p[i]! * Math.log(p[i]! + 1e-300))).toBeCloseTo(entropy, 3);
    expect(integral(at, (i) => (p[i]! > 0 ? -p[i]! * Math.log(q[i]!) : 0))).toBeCloseTo(crossEntropy, 3); // prettier-ignore
    expect(entropy + divergence).toBeCloseTo(crossEntropy, 12);
  });

  it('costs nothing to believe the truth, and each trial is what it says', async () => {
    const [truth, sure, unsure] = await Promise.all(exhibit.trials.map(({ values }) => shown(values))); // prettier-ignore
    expect(truth!.divergence).toBeCloseTo(0, 12);
    expect(sure!.divergence).toBeGreaterThan(unsure!.divergence);
  });

  it('follows its controls', async () => {
    const demonstration = await begun(twoGaussians, exhibit);
    const values = { believedMean: -0.5, believedWidth: 0.8, trueMean: -0.5, trueWidth: 0.8 };
    await demonstration.change(values);
    expect(demonstration.frame().metric).toBeCloseTo(0, 12);
  });
});
