import { describe, expect, test } from 'vitest';

import {
  changedSettings,
  changesNetwork,
  defaultConfig,
  parseConfig,
} from '../../src/ngc/config/parse.ts';
import { SETTINGS } from '../../src/ngc/config/settings.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { NgcError } from '../../src/shared/errors.ts';

const refusal = (input: unknown): string => {
  try {
    parseConfig(input);
  } catch (error) {
    expect(error).toBeInstanceOf(NgcError);
    return (error as NgcError).message;
  }
  throw new Error('it was accepted');
};

describe('defaults (ngc.md, "The four models")', () => {
  test.each(VARIANTS)(
    '%s: the table of settings covers exactly what a configuration has',
    (variant) => {
      const config = parseConfig({ variant });
      expect(Object.keys(config).sort()).toEqual(SETTINGS.map((s) => s.key).sort());
      expect(config).toEqual(defaultConfig(variant));
      expect(config).toMatchObject({
        sizes: [784, 360, 360, 360],
        groups: [12, 12, 18],
        beta: 0.1,
        leak: 0.001,
        steps: 50,
        selfExcitation: 0.15,
        lateralInhibition: 0.1,
        optimizer: 'adam',
        learningRate: 0.001,
        precisionRate: 0.01,
        maxNorm: 1,
        batch: 200,
      });
    },
  );

  test('what tells the variants apart', () => {
    const rows = VARIANTS.map((variant) => {
      const c = parseConfig({ variant });
      return [c.activation, c.meanActivation, c.precision, c.lateral, c.laplace];
    });
    expect(rows).toEqual([
      ['tanh', 'identity', 'none', 'none', 0.01],
      ['relu', 'identity', 'inverse', 'none', 0.01],
      ['relu', 'relu', 'inverse', 'groups', 0],
      ['relu', 'relu', 'inverse', 'groups', 0],
    ]);
  });

  test('group sizes always divide the layers', () => {
    expect(parseConfig({ variant: 'gncn-pdh', sizes: [784, 100, 7] }).groups).toEqual([10, 7]);
  });
});

describe('bad settings are refused by name', () => {
  test.each([
    [{ variant: 'gncn-pdh', bata: 0.1 }, /Unknown setting bata/],
    [{}, /variant is missing/],
    [{ variant: 'pdh' }, /variant must be one of gncn-t1, .*gncn-pdh/],
    [{ variant: 'gncn-pdh', beta: 0 }, /beta must be a number from 0\.001 to 1/],
    [{ variant: 'gncn-pdh', beta: NaN }, /beta/],
    [{ variant: 'gncn-pdh', beta: '0.1' }, /beta/],
    [{ variant: 'gncn-pdh', steps: 1.5 }, /steps must be a whole number/],
    [{ variant: 'gncn-pdh', sizes: [784] }, /sizes must be a list/],
    [{ variant: 'gncn-pdh', sizes: [784, 0] }, /sizes/],
    [{ variant: 'gncn-pdh', sizes: [16384, 16384] }, /sizes: layer 1 would need/],
    [{ variant: 'gncn-pdh', groups: [12, 12] }, /groups must hold one number for each of the 3/],
    [
      { variant: 'gncn-pdh', groups: [12, 7, 18] },
      /groups: 7 does not divide the 360 neurons of layer 2/,
    ],
    [{ variant: 'gncn-pdh', activation: 'gelu' }, /activation must be one of/],
    [{ variant: 'gncn-pdh', normAxis: 2 }, /normAxis must be one of 0, 1/],
    [[], /JSON object/],
    [null, /JSON object/],
  ])('%j', (input, sentence) => {
    expect(refusal(input)).toMatch(sentence);
  });
});

describe('changing settings', () => {
  const config = parseConfig({ variant: 'gncn-pdh' });

  test('what only steers keeps the network; what shapes it does not', () => {
    expect(changesNetwork(config, { learningRate: 0.5, beta: 0.2 }).changed).toBe(false);
    expect(changesNetwork(config, { activation: 'tanh' }).changed).toBe(true);
    expect(changesNetwork(config, { sizes: [784, 50] })).toMatchObject({
      changed: true,
      config: { sizes: [784, 50], groups: [10] },
    });
  });

  test('the short form holds what differs from the defaults', () => {
    expect(changedSettings(config)).toEqual({});
    expect(changedSettings({ ...config, beta: 0.2 })).toEqual({ beta: 0.2 });
  });
});
