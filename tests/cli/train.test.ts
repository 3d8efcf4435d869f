import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { decodeModel } from '../../src/io/modelFile.ts';
import { parseConfig } from '../../src/ngc/config/parse.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import { pageConfig } from '../../src/runtime/recipes.ts';
import { BACKENDS } from '../helpers/backends.ts';
import { ngc, SMALL, smallDataset, spawnNgc, temporaryFolder } from './helpers.ts';

const folder = temporaryFolder();
const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 60, 30)];
const at = (name: string) => join(folder, `${name}.safetensors`);
const bytes = (name: string) => readFileSync(at(name)).toString('hex');
const lines = (name: string) =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.each(BACKENDS)('train on %s', (backend) => {
  // 50 images in batches of 20: the last batch of an epoch is short, and the stop lies within the second epoch.
  const common = [...data, '--limit', '50', '--test-limit', '0', '--backend', backend];

  // The slow backend has the case with the most state to carry, and the one with none.
  const most = [
    ['gncn-pdh', 'adam'],
    ['gncn-t1', 'sgd'],
  ] as const;
  const others = [
    ['gncn-pdh', 'sgd'],
    ['gncn-t1', 'adam'],
  ] as const;

  test.each(backend === 'cpu' ? most : [...most, ...others])(
    '%s with %s: stopped and resumed gives the same numbers bit for bit',
    async (variant, opt) => {
      const name = `${backend}-${variant}-${opt}`;
      const settings = [...SMALL, '--set', `optimizer=${opt}`, 'rateHalfLife=100'];
      const start = ['train', '--variant', variant, ...common, ...settings, '--seed', '7'];
      const straight = await ngc(...start, '--epochs', '3', '--out', at(`${name}-a`));
      expect(straight).toMatchObject({ status: 0, stderr: '' });
      expect(
        await ngc(...start, '--images', '70', '--epochs', '3', '--out', at(`${name}-b`)),
      ).toMatchObject({ status: 0 });
      const { training } = decodeModel(readFileSync(at(`${name}-b.checkpoint`)), 'b');
      expect(training).toMatchObject({ epoch: 1, offset: 20, imagesSeen: 70, step: 4, seed: 7 });
      expect(bytes(`${name}-b`)).not.toBe(bytes(`${name}-a`));

      // What is trained on, and the seed, come from the checkpoint.
      const resumed = await ngc(
        ...['train', '--resume', at(`${name}-b.checkpoint`), '--data-dir', data[3]!],
        ...['--epochs', '3', '--test-limit', '0', '--backend', backend, '--out', at(`${name}-b`)],
      );
      expect(resumed).toMatchObject({ status: 0, stderr: '' });
      expect(bytes(`${name}-b`)).toBe(bytes(`${name}-a`));
      expect(bytes(`${name}-b.checkpoint`)).toBe(bytes(`${name}-a.checkpoint`));
    },
  );
});

test('the log has one line an epoch, the first with the settings; every variant learns', async () => {
  for (const variant of VARIANTS) {
    const log = `${variant}.jsonl`;
    const outcome = await ngc(
      ...['train', '--variant', variant, ...data, ...SMALL, '--set', 'learningRate=0.01'],
      ...['--epochs', '2', '--out', at(variant), '--log', join(folder, log), '--f16'],
    );
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    const [first, second, ...more] = lines(log);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      epoch: 1,
      imagesSeen: 60,
      images: 60,
      testImages: 30,
      dataset: 'mnist',
      trainImages: 60,
      seed: 1,
      backend: 'wasm',
      settings: { variant, sizes: [784, 12, 8], steps: 4, batch: 20, learningRate: 0.01 },
    });
    expect(second).toMatchObject({ epoch: 2, imagesSeen: 120 });
    expect(second).not.toHaveProperty('settings');
    for (const key of ['seconds', 'trainBce', 'testBce']) expect(second![key]).toBeGreaterThan(0);
    expect(second!['testBce']).toBeLessThan(first!['testBce'] as number);
    expect(second!['sparsity']).toHaveLength(2);
  }
});

test('begins with the settings of the paper, or with those of the page where it is to be quick', async () => {
  const settingsOf = async (name: string, ...more: string[]) => {
    const small = [
      '--set',
      'sizes=784,12,8',
      '--batch',
      '20',
      '--epochs',
      '1',
      '--test-limit',
      '0',
    ];
    const out = ['--out', at(name), '--log', join(folder, `${name}.jsonl`)];
    expect(await ngc('train', ...data, ...small, ...more, ...out)).toMatchObject({ status: 0, stderr: '' }); // prettier-ignore
    return lines(`${name}.jsonl`)[0]!['settings'] as Record<string, unknown>;
  };
  const size = { sizes: [784, 12, 8], batch: 20 };
  const paper = await settingsOf('paper', '--variant', 'gncn-pdh');
  expect(paper).toEqual(parseConfig({ variant: 'gncn-pdh', ...size }));
  expect(await settingsOf('named', '--variant', 'gncn-pdh', '--recipe', 'paper')).toEqual(paper);
  const quick = await settingsOf('quick', '--variant', 'gncn-pdh', '--recipe', 'quick');
  expect(quick).toEqual(pageConfig('gncn-pdh', size));

  for (const [asked, says] of [
    [['--variant', 'pcn'], /^ngc: Option --recipe quick is for gncn-t1, .*gncn-pdh/],
    [['--resume', at('paper.checkpoint')], /^ngc: Option --recipe quick does not fit/],
  ] as const) {
    const refused = await ngc('train', ...data, ...asked, '--recipe', 'quick', '--out', at('no'));
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(says);
  }
});

test('going on adds to the log, and settings that keep the synapses may change', async () => {
  const start = ['train', '--variant', 'gncn-pdh', ...data, ...SMALL, '--test-limit', '0'];
  const out = ['--out', at('on'), '--log', join(folder, 'on.jsonl')];
  await ngc(...start, '--epochs', '1', ...out);
  const resume = ['train', '--resume', at('on.checkpoint'), ...data, '--test-limit', '0', ...out];
  const faster = await ngc(...resume, '--epochs', '2', '--set', 'learningRate=0.25');
  expect(faster).toMatchObject({ status: 0, stderr: '' });
  const [first, second] = lines('on.jsonl') as [object, object];
  expect(first).toMatchObject({ epoch: 1, settings: { learningRate: 0.001 }, testBce: null });
  expect(second).toMatchObject({ epoch: 2, settings: { learningRate: 0.25 }, resumed: true });

  for (const [change, says] of [
    [['--epochs', '2'], /^ngc: Nothing to do.*larger --epochs/],
    [['--epochs', '3', '--set', 'sizes=784,9'], /^ngc: Setting sizes cannot change/],
    [['--epochs', '3', '--variant', 'gncn-t1'], /^ngc: Setting variant cannot change/],
    [['--epochs', '3', '--seed', '9'], /^ngc: Option --seed 9 does not fit.*is 1/],
    [['--epochs', '3', '--limit', '40'], /^ngc: Option --limit.*--limit 60/],
  ] as const) {
    const refused = await ngc(...resume, ...change);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(says);
  }
});

test('images that choices are made on are not learnt from, and a resumed run leaves out the same ones', async () => {
  const start = ['train', '--variant', 'gncn-t1', ...data, ...SMALL, '--hold-out'];
  const out = ['--out', at('held'), '--log', join(folder, 'held.jsonl')];
  expect(await ngc(...start, '--epochs', '1', ...out)).toMatchObject({ status: 0, stderr: '' });
  const resume = ['train', '--resume', at('held.checkpoint'), ...data, ...out];
  expect(await ngc(...resume, '--epochs', '2')).toMatchObject({ status: 0, stderr: '' });
  const record = { trainImages: 54, testImages: 6, heldOut: true };
  expect(lines('held.jsonl')[0]).toMatchObject({ ...record, images: 54 });
  const [, last] = lines('held.jsonl');
  expect(last).toMatchObject({ ...record, images: 54, imagesSeen: 108 });
  // What the log measures is what "eval --split validation" does: other images than the test's.
  const measures = ['--measures', 'bce', '--json'];
  const on = async (split: string) => {
    const told = await ngc('eval', '--model', at('held'), ...data, '--split', split, ...measures);
    return JSON.parse(told.stdout) as { images: number; bce: number };
  };
  const validation = await on('validation');
  expect(validation.images).toBe(6);
  expect(validation.bce).toBeCloseTo(last!['testBce'] as number, 3);
  expect((await on('test')).bce).not.toBeCloseTo(validation.bce, 3);

  const all = ['train', '--variant', 'gncn-t1', ...data, ...SMALL, '--epochs', '1'];
  await ngc(...all, '--out', at('all'));
  const late = ['train', '--resume', at('all.checkpoint'), ...data, '--hold-out', '--epochs', '2'];
  const refused = await ngc(...late, '--out', at('all'));
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toMatch(/^ngc: Option --hold-out does not fit/);
});

test('Ctrl-C writes a checkpoint, says how to go on, and going on gives the same numbers', async () => {
  // Named, as a process that looks for a graphics processor may have words of its driver on standard error.
  const common = [...data, '--test-limit', '0', '--epochs', '4', '--backend', 'wasm'];
  const args = ['train', '--variant', 'gncn-pdh', ...common, ...SMALL, '--set', 'steps=40'];
  args.splice(args.indexOf('steps=4'), 1);
  const stopped = await spawnNgc([...args, '--out', at('stopped')], (stdout, stop) => {
    if (/^Epoch 1/m.test(stdout)) stop('SIGINT');
  });
  expect(stopped.status).toBe(1);
  expect(stopped.stderr).toMatch(/^ngc: Stopped after \d+ images; .*--resume \S+\n$/);
  expect(existsSync(at('stopped'))).toBe(false);
  const checkpoint = /--resume (\S+)/.exec(stopped.stderr)![1]!;
  const on = await ngc(...['train', '--resume', checkpoint, ...common, '--out', at('stopped')]);
  expect(on).toMatchObject({ status: 0, stderr: '' });
  expect(await ngc(...args, '--out', at('straight'))).toMatchObject({ status: 0 });
  expect(bytes('stopped')).toBe(bytes('straight'));
});

test('several workers train as one does, and let the process end', async () => {
  const args = (workers: string) => [
    ...['train', '--variant', 'gncn-pdh', ...data, '--test-limit', '0', '--epochs', '1'],
    ...['--backend', 'wasm', '--workers', workers, '--batch', '60'],
    // Large enough to be shared out.
    ...['--set', 'sizes=784,360', 'steps=3', 'optimizer=sgd', 'learningRate=0.5'],
    ...['--out', at(`workers-${workers}`)],
  ];
  const shared = await spawnNgc(args('2'));
  expect(shared).toMatchObject({ status: 0, stderr: '' });
  expect(shared.stdout).toMatch(/wasm \((relaxed )?SIMD, 2 workers\)/);
  const alone = await ngc(...args('1'));
  expect(alone.stdout).toMatch(/wasm \((relaxed )?SIMD, one thread\)/);
  // In the memory that they share each sum is made whole, by one of them: to the bit.
  expect(bytes('workers-2')).toBe(bytes('workers-1'));
});

test('numbers that stop being finite end the run with status 1 and no model', async () => {
  const outcome = await ngc(
    ...['train', '--variant', 'gncn-t1', ...data, '--test-limit', '0'],
    ...['--batch', '20', '--set', 'sizes=784,12,8', 'steps=40'],
    ...['--set', 'beta=1', 'weightScale=10', 'activation=identity'],
    ...['--set', 'laplace=0', '--epochs', '50', '--out', at('diverged')],
  );
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toMatch(/^ngc: Training diverged/);
  expect(existsSync(at('diverged'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});
