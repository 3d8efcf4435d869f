import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/ngc/config/parse.ts';
import { VARIANT_DEFINITIONS } from '../../src/ngc/config/variants.ts';
import { scaleNow, scales } from '../../src/store/surprise.ts';
import { fakeEngine } from '../fakes/engine.ts';

async function report() {
  return fakeEngine().request({ type: 'surpriseScale' });
}
const config = defaultConfig('gncn-pdh');
const model = {
  config,
  definition: VARIANT_DEFINITIONS['gncn-pdh'],
  weights: 'own' as const,
  title: '',
  seed: 1,
  imagesSeen: 0,
  hasPrior: false,
};

test('a scale holds for the synapses and the settings it was measured with, and for no others', async () => {
  const surprise = { ...(await report()), settings: config };
  expect(scaleNow({ surprise, model, weightsVersion: 0 })).toBe(surprise);
  expect(scaleNow({ surprise, model, weightsVersion: 1 })).toBeNull();
  expect(scaleNow({ surprise, model: null, weightsVersion: 0 })).toBeNull();
  expect(scaleNow({ surprise: null, model, weightsVersion: 0 })).toBeNull();
  for (const key of [
    'beta',
    'leak',
    'laplace',
    'steps',
    'lateralInhibition',
    'selfExcitation',
  ] as const) {
    const other = { ...model, config: { ...config, [key]: config[key] + 1 } };
    expect(scaleNow({ surprise, model: other, weightsVersion: 0 })).toBeNull();
  }
  // How it learns says nothing about how it settles.
  const learning = { ...model, config: { ...config, learningRate: 9, batch: 7 } };
  expect(scaleNow({ surprise, model: learning, weightsVersion: 0 })).toBe(surprise);
});

test('an earlier episode is not measured by the scale of other settings', async () => {
  const surprise = { ...(await report()), version: 1, settings: config };
  expect(scales(surprise, { config, weightsVersion: 1 })).toBe(true);
  expect(scales(surprise, { config, weightsVersion: 2 })).toBe(false);
  expect(scales(surprise, { config: { ...config, beta: 0.9 }, weightsVersion: 1 })).toBe(false);
  expect(scales(surprise, null)).toBe(false);
});
