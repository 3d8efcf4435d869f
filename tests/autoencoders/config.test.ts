import { describe, expect, test } from 'vitest';

import { sizesWithin } from '../../src/autoencoders/config/defaults.ts';
import { parseAutoencoder, parseDsrn } from '../../src/autoencoders/config/parse.ts';
import { parametersOf } from '../../src/autoencoders/parameters.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { parametersOf as ngcParametersOf } from '../../src/ngc/parameters.ts';
import { sizeOf } from '../../src/shared/arrays.ts';

/** Synapses of the matrices; biases do not count. */
const synapses = (variant: string, sizes?: readonly number[]) =>
  parametersOf(parseAutoencoder({ variant, ...(sizes && { sizes }) }))
    .filter(({ name, shape }) => shape.length === 2 && !name.startsWith('D'))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

const wider = ([pixels = 0, h = 0, , code = 0]: readonly number[]) => [pixels, h + 1, h + 1, code];

describe('layers are as wide as the budget lets them', () => {
  test.each([
    ['rae', 526],
    ['gvae-cv', 526],
    ['gvae', 523],
    ['gan-ae', 526],
  ])('%s: %i on MNIST', (variant, h) => {
    const { sizes } = parseAutoencoder({ variant });
    expect(sizes).toEqual([784, h, h, 20]);
    expect(synapses(variant)).toBeLessThanOrEqual(1_400_000);
    expect(synapses(variant, wider(sizes))).toBeGreaterThan(1_400_000);
  });

  test.each([256, 1024])('of %i pixels: no more than a GNCN-PDH has in W, E and M', (pixels) => {
    const config = parseConfig({ variant: 'gncn-pdh', sizes: [pixels, 360, 360, 360] });
    const budget = ngcParametersOf(config)
      .filter(({ family }) => family !== 'Sigma')
      .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    const sizes = sizesWithin(pixels);
    expect(synapses('rae', sizes)).toBeLessThanOrEqual(budget);
    expect(synapses('rae', wider(sizes))).toBeGreaterThan(budget);
  });
});

test('what is not said is as baselines.md states it; the step size goes with the optimizer', () => {
  const rae = {
    ...{ variant: 'rae', initSd: 0.1, decay: 0.001, latentDecay: 0, clip: 5, batch: 200 },
    ...{ optimizer: 'sgd', learningRate: 0.05 },
  };
  expect(parseAutoencoder({ variant: 'rae' })).toMatchObject(rae);
  expect(parseAutoencoder({ variant: 'rae', optimizer: 'adam' }).learningRate).toBe(0.001);
  expect(parseAutoencoder({ variant: 'gvae-cv' })).toMatchObject({ variance: 0.1 });
  expect(parseAutoencoder({ variant: 'gan-ae' })).toMatchObject({
    ...{ optimizer: 'adam', learningRate: 0.001 },
    ...{ discriminator: [256, 256], adversarialRate: 0.001 },
  });
  expect(parseDsrn({ variant: 'dsrn' })).toMatchObject({
    ...{ sizes: [784, 661, 661, 661], sparsity: 1e-4, classes: 10 },
    ...{ optimizer: 'adam', learningRate: 0.001 },
  });
});

describe('settings that do not fit are named', () => {
  test.each([
    [{ variant: 'rae', variance: 0.1 }, /Unknown setting variance; known are variant, sizes, /],
    [{ variant: 'gvae', beta: 1 }, /Unknown setting beta;/],
    [{ variant: 'gvae-cv', variance: 0 }, /Setting variance must be a number from 0.000001/],
    [{ variant: 'gan-ae', discriminator: [] }, /Setting discriminator must be a list of 1 to 8/],
    [{ variant: 'rae', sizes: [784, 16384, 16384, 20] }, /Setting sizes: U2 would be a matrix/],
    [{ variant: 'rae', sizes: Array(17).fill(7500) }, /Setting sizes: .* more than 500000000/],
  ])('%j', (config, says) => {
    expect(() => parseAutoencoder(config)).toThrow(says);
  });
  test('of a DSRN', () => {
    expect(() => parseDsrn({ variant: 'dsrn', decay: 1 })).toThrow(/Unknown setting decay;/);
    expect(() => parseDsrn({ variant: 'dsrn', classes: 1 })).toThrow(/Setting classes must be/);
  });
});
