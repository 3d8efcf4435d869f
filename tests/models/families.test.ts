import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

import type { Watched } from '../../src/engine/model.ts';
import { decodeModel } from '../../src/io/modelFile.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import { FAMILIES } from '../../src/models/families.ts';
import { ngcWith, smallDataset, temporaryFolder, tensorsAt } from '../cli/helpers.ts';
import { linear, LinearAutoencoder } from '../helpers/linearFamily.ts';

/*
 * A family of models that the project does not have goes through every command that is for all of them. Nothing but the table of
 * families says that it is there.
 */
const folder = temporaryFolder();
const at = (name: string) => join(folder, `${name}.safetensors`);
const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 200, 50)];
const run = (...args: string[]) => ngcWith([...FAMILIES, linear], args);
const start = ['train', '--variant', 'linear', ...data, '--test-limit', '30', '--seed', '5'];
const plain = at('plain');
const full = at('full');

/** The standard output of a command that must go well. */
async function said(...args: string[]): Promise<string> {
  const outcome = await run(...args);
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  return outcome.stdout;
}

let trained = '';
beforeAll(async () => {
  const log = ['--log', join(folder, 'log.jsonl')];
  trained = await said(...start, '--epochs', '6', '--set', 'rate=0.005', ...log, '--out', plain);
  await said('prior', '--model', plain, ...data, '--components', '3', '--out', full);
});

describe('train', () => {
  test('learns, and says which model it is', () => {
    expect(trained).toMatch(/^linear autoencoder, 784-10, on 200 images/m);
    const log = readFileSync(join(folder, 'log.jsonl'), 'utf8').trimEnd().split('\n');
    const epochs = log.map((line) => JSON.parse(line) as Record<string, number>);
    expect(epochs[0]).toMatchObject({ settings: { variant: 'linear', rate: 0.005 }, sparsity: [] });
    expect(epochs.at(-1)!['testBce']).toBeLessThan(0.7 * epochs[0]!['testBce']!);
  });

  test('a checkpoint goes on exactly, momentum and all', async () => {
    const settings = ['--set', 'rate=0.005', 'batch=30']; // 200 images: the last batch is short
    await said(...start, ...settings, '--epochs', '3', '--out', at('straight'));
    await said(...start, ...settings, '--images', '290', '--out', at('parts'));
    const checkpoint = at('parts.checkpoint');
    const { optimizer, training } = decodeModel(readFileSync(checkpoint), checkpoint);
    expect([...(optimizer ?? new Map()).keys()]).toEqual(['A', 'B']);
    expect(training).toMatchObject({ epoch: 1, offset: 90, imagesSeen: 290, step: 10 });
    await said('train', '--resume', checkpoint, ...data, '--epochs', '3', '--out', at('parts'));
    for (const file of ['', '.checkpoint'])
      expect(readFileSync(at(`parts${file}`))).toEqual(readFileSync(at(`straight${file}`)));
  });

  test('--images counts what is still under way where batches overlap', async () => {
    const late: typeof linear = {
      ...linear,
      async create(...from) {
        const model = await linear.create(...from);
        let last: Promise<unknown> = Promise.resolve();
        const learn = async (x: Tensor2D, watched?: Watched) => {
          const kept = tf.clone(x);
          const update = async () =>
            (await LinearAutoencoder.prototype.learn.call(model, kept, watched)).report;
          const report = last.then(update).finally(() => kept.dispose());
          last = report;
          return { report };
        };
        return Object.assign(model, { overlaps: true, learn });
      },
    };
    for (const [family, name] of [
      [late, 'late'],
      [linear, 'early'],
    ] as const)
      // prettier-ignore
      expect(
        await ngcWith([family], [...start, '--images', '290', '--out', at(name)]),
      ).toMatchObject({ status: 0, stderr: '' });
    const { training } = decodeModel(readFileSync(at('late')), 'late');
    expect(training).toMatchObject({ epoch: 1, offset: 100, imagesSeen: 300, step: 15 });
    expect(readFileSync(at('late'))).toEqual(readFileSync(at('early')));
  });

  test('its settings are its own, and are checked before anything takes time', async () => {
    const nowhere = ['--data-dir', join(folder, 'nowhere'), '--out', at('none')];
    const resume = ['train', '--resume', at('plain.checkpoint'), '--dataset', 'mnist', ...nowhere];
    for (const [args, says] of [
      [['--set', 'rate=11'], /--set rate=11: Setting rate must be a number from 0 to 10/],
      [['--set', 'beta=0.1'], /unknown setting beta; known are variant, sizes, batch, rate\./],
    ] as const) {
      for (const command of [[...start, ...nowhere.slice(2)], resume]) {
        const { status, stderr } = await run(...command, ...args);
        expect(status).toBe(2);
        expect(stderr).toMatch(says);
      }
    }
    for (const [args, says] of [
      [['--set', 'sizes=784,5'], /Setting sizes cannot change .* it is \[784,10\] in the model/],
      [['--variant', 'gncn-t1'], /Setting variant cannot change .* it is "linear" in the model/],
    ] as const)
      expect((await run(...resume, ...args)).stderr).toMatch(says);
    expect((await run('train', ...data, '--out', at('none'))).stderr).toMatch(
      /--variant is missing; give one of gncn-t1, .*, linear/,
    );
    expect(existsSync(at('none'))).toBe(false);
  });
});

describe('eval', () => {
  const json = async (...args: string[]) =>
    JSON.parse(await said('eval', '--model', full, ...data, ...args, '--json')) as object;

  test('makes every measure that the model has', async () => {
    const measured = await json('--latents', '200', '--samples', '300');
    const about = ['model', 'dataset', 'split', 'images', 'backend'];
    expect(Object.keys(measured)).toEqual([...about, 'bce', 'mmse', 'how', 'logpx', 'prior', 'err', 'classifier']); // prettier-ignore
    const { bce, mmse, logpx, err } = measured as Record<string, number>;
    expect(bce).toBeLessThan(300); // 543 nats know nothing
    expect(mmse).toBeGreaterThan(0);
    expect(mmse).toBeLessThan(98); // 392 hidden pixels, ½ each
    expect(logpx).toBeLessThan(-bce!); // drawn at random, not looked at
    expect(err).toBeLessThan(70); // 90 % are wrong by chance
  });

  test('bounds log p(x) where it is asked for: by draws around the code of each image, or by so much noise that they are the prior’s', async () => {
    const bounded = async (...args: string[]) =>
      (await json('--measures', 'bound', '--limit', '20', ...args)) as Record<string, number>;
    const { logpx } = (await json('--measures', 'logpx', '--limit', '20', '--samples', '5000')) as Record<string, number>; // prettier-ignore
    const blind = await bounded('--bound-noise', '1000', '--bound-draws', '3000');
    expect(Math.abs(blind['bound']! - logpx!)).toBeLessThan(3); // other draws of the same
    const aimed = await bounded(); // by itself it finds a noise that suits codes of this size
    const narrow = await bounded('--bound-noise', '0.15');
    expect(aimed['bound']).toBeGreaterThan(narrow['bound']! + 5);
    expect(aimed['bound']).toBeGreaterThan((await bounded('--bound-noise', '1000'))['bound']! + 1);
    expect(aimed['proposals']).toMatch(/^500 draws an image from the prior given its code, seen with noise 2\.5 \(the best for training images\); on average [\d.]+ of them count$/); // prettier-ignore
  });

  test('says so where one makes no sense', async () => {
    for (const [measure, lacks] of [
      ['sparsity', 'layers of neurons that could be silent'],
      ['discrepancy', 'total discrepancy'],
    ] as const) {
      const args = ['eval', '--model', full, ...data, '--measures', `bce,${measure}`];
      expect(await run(...args)).toEqual({
        status: 2,
        stdout: '',
        stderr: `ngc: Measure ${measure} does not go with this model: a linear autoencoder has no ${lacks}.\n`,
      });
    }
  });
});

test('sample draws latents by their name and the pictures that follow from them', async () => {
  await said('sample', '--model', full, '--count', '6', '--out', at('drawn'));
  const { tensors } = tensorsAt(at('drawn'));
  expect([...tensors.keys()]).toEqual(['mu0', 'h']);
  const B = tensorsAt(full).tensors.get('B')!.data;
  const [mu0, h] = [tensors.get('mu0')!, tensors.get('h')!];
  expect([mu0.shape, h.shape]).toEqual([[6, 784], [6, 10]]); // prettier-ignore
  for (const n of [0, 5])
    for (const j of [300, 410]) {
      let sum = 0;
      for (let d = 0; d < 10; d++) sum += h.data[10 * n + d]! * B[784 * d + j]!;
      expect(mu0.data[784 * n + j]).toBeCloseTo(1 / (1 + Math.exp(-sum)), 5);
    }
});

test('complete keeps what is seen, and writes what else the model tells', async () => {
  const shape = [25, 784]; // more than a batch of 20
  const x = Float32Array.from({ length: 25 * 784 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const mask = Float32Array.from({ length: 25 * 784 }, (_, i) => (i % 28 < 14 ? 1 : 0));
  const input = new Map([['x', { shape, data: x }], ['mask', { shape, data: mask }]]); // prettier-ignore
  writeFileSync(at('input'), writeSafetensors(input, {}));
  await said('complete', '--model', full, '--input', at('input'), '--out', at('completed'));
  const { tensors } = tensorsAt(at('completed'));
  expect([...tensors].map(([name, { shape: found }]) => [name, found])).toEqual([
    ['x', shape],
    ['mu0', shape],
    ['h', [25, 10]],
  ]);
  const [picture, mu0] = [tensors.get('x')!.data, tensors.get('mu0')!.data];
  expect(picture.every((value, i) => value === (mask[i] === 1 ? x[i] : mu0[i]))).toBe(true);
  const once = ['--input', at('input'), '--steps', '1', '--out', at('once')];
  await said('complete', '--model', full, ...once);
  expect(tensorsAt(at('once')).tensors.get('mu0')!.data).not.toEqual(mu0);
});

test('info tells it all; trace has nothing to trace', async () => {
  const text = await said('info', full);
  expect(text).toMatch(/: linear autoencoder, 784-10, 15,680 synapses/);
  for (const part of ['rate *  0.005', 'A  [784, 10]', 'imagesSeen  1200', 'over 10 neurons'])
    expect(text.replace(/ {2,}/g, '  ')).toContain(part);
  const trace = await run('trace', '--model', full, '--input', at('input'), '--out', at('traced'));
  expect(trace.status).toBe(2);
  expect(trace.stderr).toMatch(/is a linear autoencoder, which nothing can be traced of/);
  expect(existsSync(at('traced'))).toBe(false);
});

test('a command that fails half-way leaves no output', async () => {
  /** Goes well once. */
  const once = <A extends unknown[], R>(work: (...given: A) => R) => {
    let done = false;
    return (...given: A): R => {
      if (done) throw new Error('out of memory');
      done = true;
      return work(...given);
    };
  };
  const breaking = (model: LinearAutoencoder): LinearAutoencoder => {
    const { perceive, complete, decode, learn } = LinearAutoencoder.prototype;
    const broken = { perceive, complete, decode, learn };
    for (const [name, work] of Object.entries(broken))
      Object.assign(model, { [name]: once(work.bind(model) as (...given: unknown[]) => unknown) });
    return model;
  };
  const failing: typeof linear = {
    ...linear,
    create: async (...from) => breaking(await linear.create(...from)),
    open: async (...from) => breaking(await linear.open(...from)),
  };
  const before = readdirSync(folder);
  const png = ['--png', join(folder, 'lost.png')];
  for (const args of [
    [...start, '--epochs', '1'],
    ['prior', '--model', full, ...data, '--components', '2'],
    ['sample', '--model', full, '--count', '600', ...png],
    ['complete', '--model', full, '--input', at('input')],
  ])
    expect(await ngcWith([failing], [...args, '--out', at('lost')])).toMatchObject({
      status: 1,
      stderr: 'ngc: The run failed: out of memory\n',
    });
  expect(readdirSync(folder)).toEqual(before);
});
