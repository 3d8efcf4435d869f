import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

import { writeSafetensors } from '../../src/io/safetensors.ts';
import { ngc, smallDataset, temporaryFolder, tensorsAt } from '../cli/helpers.ts';

/* The baselines go through every command that is for them, and are refused in a sentence by those that are not. */
const folder = temporaryFolder();
const at = (name: string) => join(folder, `${name}.safetensors`);
const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 200, 50)];
const SMALL = ['--batch', '30', '--set', 'optimizer=adam', 'learningRate=0.003'];
const SIZES = { autoencoder: 'sizes=784,24,20,6', dsrn: 'sizes=784,24,20,16' };

/** The standard output of a command that must go well. */
async function said(...args: string[]): Promise<string> {
  const outcome = await ngc(...args);
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  return outcome.stdout;
}

const training = (variant: string, ...more: string[]) => [
  ...['train', '--variant', variant, ...data, '--test-limit', '30', '--seed', '5', ...SMALL],
  ...[variant === 'dsrn' ? SIZES.dsrn : SIZES.autoencoder, ...more],
];
const evaluated = async (file: string, ...args: string[]) =>
  JSON.parse(await said('eval', '--model', file, ...data, ...args, '--json')) as Record<
    string,
    unknown
  >;

describe.each(['rae', 'gvae-cv', 'gvae', 'gan-ae', 'dsrn'])('%s', (variant) => {
  test('a run that was stopped within an epoch goes on to the bit', async () => {
    await said(...training(variant, '--epochs', '3', '--out', at(`${variant}-straight`)));
    const parts = at(`${variant}-parts`);
    await said(...training(variant, '--images', '290', '--out', parts));
    const checkpoint = at(`${variant}-parts.checkpoint`);
    await said('train', '--resume', checkpoint, ...data, '--epochs', '3', '--out', parts);
    for (const end of ['', '.checkpoint'])
      expect(readFileSync(at(`${variant}-parts${end}`))).toEqual(
        readFileSync(at(`${variant}-straight${end}`)),
      );
  });
});

describe('an autoencoder', () => {
  const [plain, full] = [at('gvae'), at('gvae-full')];
  beforeAll(async () => {
    const args = training('gvae', '--epochs', '8', '--out', plain);
    expect(await said(...args)).toMatch(/^GVAE, 784-24-20-6, on 200 images/m);
    await said('prior', '--model', plain, ...data, '--components', '3', '--out', full);
  });

  test('is measured by everything that it has', async () => {
    const measured = await evaluated(full, '--latents', '200', '--samples', '300');
    const about = ['model', 'dataset', 'split', 'images', 'backend'];
    for (const name of ['bce', 'sampled', 'mmse', 'how', 'sparsity', 'logpx', 'err'])
      expect(Object.keys(measured)).toContain(name);
    expect(Object.keys(measured).slice(0, 5)).toEqual(about);
    expect(measured['how']).toBe('once');
    expect(measured['bce']).toBeLessThan(300); // 543 nats know nothing
    const { stderr } = await ngc('eval', '--model', full, ...data, '--measures', 'discrepancy');
    expect(stderr).toMatch(/a GVAE has no total discrepancy\./);
  });

  test('fills in hidden pixels by its rules, and says which there are', async () => {
    const shape = [2, 784];
    const x = Float32Array.from({ length: 2 * 784 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    const mask = Float32Array.from({ length: 2 * 784 }, (_, i) => (i % 28 < 14 ? 1 : 0));
    const input = new Map([['x', { shape, data: x }], ['mask', { shape, data: mask }]]); // prettier-ignore
    writeFileSync(at('input'), writeSafetensors(input, {}));
    const completing = ['complete', '--model', full, '--input', at('input')];
    for (const how of ['inferred', 'once', 'iterated'])
      await said(...completing, '--how', how, '--out', at(how));
    await said(...completing, '--out', at('usual'));
    expect(tensorsAt(at('usual')).tensors).toEqual(tensorsAt(at('inferred')).tensors);
    expect(tensorsAt(at('once')).tensors).not.toEqual(tensorsAt(at('iterated')).tensors);
    expect([...tensorsAt(at('once')).tensors.keys()]).toEqual(['x', 'mu0', 'z']);
    const { status, stderr } = await ngc(...completing, '--how', 'eq19', '--out', at('none'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/a GVAE fills in hidden pixels by inferred or once or iterated/);
  });

  test('draws pictures; a file tells what it is', async () => {
    await said('sample', '--model', full, '--count', '4', '--out', at('drawn'));
    const { tensors } = tensorsAt(at('drawn'));
    expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
      ['mu0', [4, 784]],
      ['z', [4, 6]],
    ]);
    const text = await said('info', full);
    expect(text).toMatch(/: GVAE, 784-24-20-6, /);
    expect(text).toMatch(/optimizer \* +adam/);
    expect(text).not.toMatch(/^ *(variance|discriminator)\b/m);
  });
});

test('a DSRN says classes, and nothing else', async () => {
  const model = at('dsrn');
  const out = await said(...training('dsrn', '--epochs', '12', '--out', model));
  expect(out).toMatch(/Epoch 12: train cross-entropy [\d.]+, sparsity [\d.]+ [\d.]+ [\d.]+, 200/);
  expect(await evaluated(model, '--measures', 'err')).toMatchObject({
    classifier: 'the DSRN itself',
  });
  expect((await evaluated(model, '--split', 'train'))['err']).toBeLessThan(45); // 90 % by chance
  for (const [args, says] of [
    [['eval', ...data, '--measures', 'bce'], /a DSRN has no reconstruction\./],
    [['eval', ...data, '--measures', 'mmse'], /a DSRN has no completion of hidden pixels\./],
    [['eval', ...data, '--measures', 'logpx'], /a DSRN has no pictures to draw\./],
    [['sample', '--count', '2', '--out', at('none')], /A DSRN cannot draw pictures\./],
    [['complete', '--input', at('input'), '--out', at('none')], /A DSRN cannot fill in hidden/],
    [['prior', ...data, '--out', at('none')], /A DSRN cannot draw from a prior over a code\./],
  ] as const) {
    const { status, stderr } = await ngc(args[0], '--model', model, ...args.slice(1));
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  }
});

test('settings of another kind are refused by name', async () => {
  for (const [variant, setting, says] of [
    ['rae', 'variance=0.3', /Unknown setting variance; known are variant, sizes, /],
    ['dsrn', 'decay=0.3', /unknown setting decay; known are variant, sizes, /],
  ] as const) {
    const { status, stderr } = await ngc(...training(variant, setting, '--out', at('none')));
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  }
});
