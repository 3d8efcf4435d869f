import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import type { Composition } from '../../src/store/composition.ts';
import { lastStage, pictureAt, reached } from '../../src/store/growth.ts';
import { backpropNeeds, elsewhere, totalNeeded } from '../../src/store/locality.ts';
import { paperSparsity } from '../../src/store/paper.ts';

describe('what backpropagation would need for one synapse', () => {
  const sizes = [784, 360, 360, 360];
  const counts = (to: number, auxiliary: boolean) =>
    backpropNeeds(sizes, to, auxiliary).map(({ kind, layer, count }) => `${kind}${layer} ${count}`);

  it('is the pixel’s own error at the pixels', () => {
    expect(counts(0, true)).toEqual(['errors0 1']);
  });

  it('is every pixel’s error and the weights to it, one layer up', () => {
    expect(counts(1, true)).toEqual(['errors0 784', 'row1 784', 'slopes1 1']);
    expect(totalNeeded(backpropNeeds(sizes, 1, true))).toBe(1569);
  });

  it('is the whole chain, two layers up; with M also past a layer', () => {
    const chain = ['errors0 784', 'matrix1 282240', 'row2 360', 'slopes1 360', 'slopes2 1'];
    expect(counts(2, false)).toEqual(chain);
    expect(counts(2, true)).toContain('rowFar2 784');
    expect(counts(3, true)).toContain('matrixFar2 282240');
  });
});

describe('what is not local about learning', () => {
  const sizes = [784, 100, 60, 40];
  const pdh = parseConfig({ variant: 'gncn-pdh', sizes, groups: [10, 10, 10], normAxis: 0 });
  const needs = (family: Parameters<typeof elsewhere>[0], layer: number, config = pdh) =>
    elsewhere(family, layer, config).map(({ kind, layer: l, count }) => `${kind}${l} ${count}`);

  it('is the covariance of the layer whose errors teach, where that layer has one', () => {
    // Errors of pixels are not weighed; those of hidden layers are, by all of Σ⁻¹.
    expect(needs('W', 1)).toEqual(['norm1 100']);
    expect(needs('W', 2)).toEqual(['covariance1 10000', 'norm2 60']);
    expect(needs('W', 3)).toEqual(['covariance2 3600', 'norm3 40']);
    expect(needs('M', 2)).toEqual(['norm2 60']);
    expect(needs('M', 3)).toEqual(['covariance1 10000', 'norm3 40']);
    expect(needs('W', 2, { ...pdh, precision: 'none' })).toEqual(['norm2 60']);
  });

  it('is the norm of what reaches a neuron, or of what it sends', () => {
    // E is [J below, J]: what reaches a state neuron is a column, as long as the layer below is large.
    expect(needs('E', 2)).toEqual(['covariance1 10000', 'norm2 100']);
    const field = { ...pdh, normAxis: 1 } as const;
    expect(needs('W', 1, field)).toEqual(['norm1 784']);
    expect(needs('W', 2, field)).toEqual(['covariance1 10000', 'norm2 100']);
    expect(needs('E', 2, field)).toEqual(['covariance1 10000', 'norm2 60']);
  });

  it('is for Σ its own inverse and whole columns, whatever the axis', () => {
    expect(needs('Sigma', 1)).toEqual(['covariance1 10000', 'norm1 200']);
    expect(needs('Sigma', 1, { ...pdh, normAxis: 1, precision: 'cholesky' })).toEqual([
      'covariance1 10000',
      'norm1 100',
    ]);
    expect(needs('Sigma', 3)).toEqual([]);
  });

  it('is nothing for V, and does not depend on the optimizer', () => {
    expect(needs('V', 2)).toEqual([]);
    for (const family of ['W', 'E', 'M', 'Sigma'] as const)
      expect(needs(family, 2, { ...pdh, optimizer: 'adam' })).toEqual(
        needs(family, 2, { ...pdh, optimizer: 'sgd' }),
      );
  });

  it('knows only the synapses that a network has', () => {
    const t1 = parseConfig({ variant: 'gncn-t1', sizes, normAxis: 0 });
    expect(needs('E', 2, t1)).toEqual([]);
    expect(needs('M', 2, t1)).toEqual([]);
    expect(needs('W', 2, t1)).toEqual(['norm2 60']);
  });
});

describe('a picture growing out of its parts', () => {
  const part = (...field: number[]) => ({ field: Float32Array.from(field) });
  const sigmoid = (h: number) => 1 / (1 + Math.exp(-h));
  const composition = (far: boolean) =>
    ({
      parts: [part(1, 0), part(0, -2)],
      others: Float32Array.of(0.5, 0.5),
      far: far ? Float32Array.of(-3, 1) : null,
      whole: Float32Array.of(0, 0),
    }) as unknown as Composition;
  const picture = (stage: number, far = true) => [...pictureAt(composition(far), stage)];

  it('adds a feature at each stage, then all others, then what layer 2 draws itself', () => {
    const near = (values: number[], ...expected: number[]) =>
      values.forEach((value, i) => expect(value).toBeCloseTo(sigmoid(expected[i]!), 6));
    near(picture(1), 1, 0);
    near(picture(2), 1, -2);
    near(picture(3), 1.5, -1.5);
    near(picture(4), -1.5, -0.5);
  });

  it('knows its last stage, and what a stage has reached', () => {
    expect(lastStage(composition(true))).toBe(4);
    expect(lastStage(composition(false))).toBe(3);
    expect([1, 2, 3, 4].map((stage) => reached(composition(true), stage))).toEqual([1, 2, 'all', 'far']); // prettier-ignore
    expect(reached(composition(false), 3)).toBe('all');
  });
});

describe('the paper’s Table 3', () => {
  it('is that of the dataset, or of MNIST where there is none', () => {
    const row = (dataset: Parameters<typeof paperSparsity>[0], model: string) =>
      paperSparsity(dataset).rows.find((one) => one.model === model)?.shares;
    expect(row('mnist', 'gncn-pdh')).toEqual([0.22, 0.21, 0.19]);
    expect(row('caltech101', 'gncn-t1-sigma')).toEqual([0.5, 0.68, 0.69]);
    expect(paperSparsity('synthetic').dataset).toBe('mnist');
  });
});
