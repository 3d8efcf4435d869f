import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelFile } from '../../src/io/modelFile.ts';
import { decodeModel, encodeModel } from '../../src/io/modelFile.ts';
import { parseSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { createRng, restoreRng } from '../../src/shared/rng.ts';
import { rawFile, refusal } from './files.ts';

const array = (...values: number[]) => ({
  shape: [values.length],
  data: Float32Array.from(values),
});

const bare: ModelFile = {
  config: { variant: 'gncn-t1', sizes: [4, 2] },
  parameters: new Map([['W1', array(1, 2)]]),
  prior: null,
  optimizer: null,
  training: null,
};
const full: ModelFile = {
  config: { variant: 'gncn-pdh', sizes: [784, 360], beta: 0.1, nested: { 'ü"': [null, true] } },
  parameters: new Map([
    ['W1', array(1, 2)],
    ['Sigma1', array(3)],
  ]),
  prior: new Map([['weights', array(0.25, 0.75)]]),
  optimizer: new Map([['W1.m', array(1e-9, 0.5)]]),
  training: {
    step: 301,
    epoch: 2,
    offset: 400,
    imagesSeen: 120400,
    seed: 7,
    rng: [1, -2, 3, 4, null],
  },
  card: { dataset: 'MNIST', 'test BCE': '56.9' },
};

describe('what is encoded decodes to the same', () => {
  test.each([
    ['parameters only', bare],
    ['a checkpoint with prior and card', full],
  ])('%s', (_, model) => {
    expect(decodeModel(encodeModel(model), 'm')).toEqual({ ...model, sealed: true });
  });

  test('a generator goes on where it stood, also with a waiting normal or none (NaN)', () => {
    for (const draws of [0, 1, 2]) {
      const rng = createRng(5);
      for (let i = 0; i < draws; i++) rng.normal();
      const training = { ...full.training!, rng: rng.save() };
      const read = decodeModel(encodeModel({ ...full, training }), 'm').training!;
      const restored = restoreRng(read.rng!);
      expect([restored.normal(), restored.normal()]).toEqual([rng.normal(), rng.normal()]);
    }
  });

  test('f16 rounds parameters and prior, but keeps the moments, which would underflow', () => {
    const tenth = { ...full, parameters: new Map([['W1', array(0.1)]]) };
    const read = decodeModel(encodeModel(tenth, { f16: true }), 'm');
    expect(read.parameters.get('W1')!.data[0]).toBe(0.0999755859375); // the half nearest to 0.1
    expect(read.optimizer).toEqual(full.optimizer);
    expect(read.prior).toEqual(full.prior);
  });
});

test('the file follows the contract: names, prefixes, metadata', () => {
  const file = parseSafetensors(encodeModel(full), 'm');
  expect([...file.tensors.keys()]).toEqual(['W1', 'Sigma1', 'prior.weights', 'opt.W1.m']);
  expect(file.metadata).toMatchObject({
    format: 'ngc',
    version: '1',
    step: '301',
    epoch: '2',
    seed: '7',
  });
  expect(JSON.parse(file.metadata['config']!)).toEqual(full.config);
  expect(parseSafetensors(encodeModel(bare), 'm').metadata).toEqual({
    format: 'ngc',
    version: '1',
    config: '{"variant":"gncn-t1","sizes":[4,2]}',
  });
});

const golden = new URL('../../../shared/golden/pdh.model.safetensors', import.meta.url);
test.runIf(existsSync(golden))('a golden model decodes', () => {
  const model = decodeModel(readFileSync(golden), 'pdh');
  expect(model.config).toMatchObject({ variant: 'gncn-pdh', sizes: [12, 6, 6, 8] });
  expect([...model.parameters.keys()].sort()).toEqual(
    'E1 E2 E3 M2 M3 Sigma1 Sigma2 W1 W2 W3'.split(' '),
  );
  expect(model.parameters.get('W3')!.shape).toEqual([8, 6]);
});

describe('files that are not a model are refused by name', () => {
  const metadata = parseSafetensors(encodeModel(full), 'm').metadata;
  const without = (key: string) =>
    Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== key));
  test.each<[string, Record<string, string>, RegExp]>([
    ['no metadata', {}, /format = "ngc"/],
    ['another format', { ...metadata, format: 'pt' }, /format = "ngc"/],
    ['a later version', { ...metadata, version: '2' }, /version "2".*reads version "1"/],
    ['no version', without('version'), /version "none"/],
    ['no config', without('config'), /no config/],
    ['a broken config', { ...metadata, config: '{' }, /config is not JSON/],
    ['a step that is no number', { ...metadata, step: 'x' }, /training step/],
    ['a step in another notation', { ...metadata, step: '1e3' }, /training step/],
    ['a negative epoch', { ...metadata, epoch: '-1' }, /training epoch/],
    ['a missing seed', without('seed'), /training seed/],
    ['an rng that is not JSON', { ...metadata, rng: 'NaN' }, /rng/],
    ['an rng of four numbers', { ...metadata, rng: '[1,2,3,4]' }, /rng/],
    ['an rng of text', { ...metadata, rng: '["1",2,3,4,5]' }, /rng/],
  ])('%s', (_, wrong, message) => {
    const bytes = writeSafetensors(new Map([['W1', array(1)]]), wrong);
    const sentence = refusal(() => decodeModel(bytes, 'model.safetensors'));
    expect(sentence).toMatch(message);
    expect(sentence).toContain('model.safetensors');
  });

  test('bytes that are no safetensors file', () => {
    expect(refusal(() => decodeModel(rawFile('{', []), 'x.bin'))).toContain('x.bin');
  });
});

test('encoding refuses what would not read back', () => {
  const parameters = new Map([['opt.W1', array(1)]]);
  expect(refusal(() => encodeModel({ ...bare, parameters }))).toContain('opt.W1');
  const training = { ...full.training!, step: 1.5 };
  expect(refusal(() => encodeModel({ ...bare, training }))).toContain('step');
});
