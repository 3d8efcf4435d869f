import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

import { encodeModel } from '../../src/io/modelFile.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import { golden } from '../helpers/golden.ts';
import { ngc, smallDataset, spawnNgc, temporaryFolder } from './helpers.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const goldenFile = (name: string) =>
  fileURLToPath(new URL(`../golden/${name}.safetensors`, import.meta.url));

/** Files that are wrong in one way each. */
function prepare(): void {
  const whole = readFileSync(goldenFile('pdh.model'));
  writeFileSync(at('cut.safetensors'), whole.subarray(0, whole.length - 10));
  writeFileSync(at('empty.safetensors'), '');
  writeFileSync(at('text.safetensors'), 'this is not a model file, but it is long enough to look');
  const { metadata, tensors } = golden('pdh', 'model');
  const config = JSON.parse(metadata['config']!) as Record<string, unknown>;
  const write = (name: string, settings: unknown, parameters: typeof tensors) =>
    writeFileSync(
      at(name),
      encodeModel({ config: settings, parameters, prior: null, optimizer: null, training: null }),
    );
  write('misshapen.safetensors', { variant: 'gncn-pdh', sizes: [36, 5, 4, 3] }, tensors);
  write('unknown-setting.safetensors', { ...config, colour: 'red' }, tensors);
  write('lacking.safetensors', config, new Map([...tensors].filter(([name]) => name !== 'W2')));
  // NaN cannot be written by our own encoder, so it goes into the last bytes of a good file.
  const poisoned = Buffer.from(whole);
  poisoned.writeFloatLE(NaN, poisoned.length - 4);
  writeFileSync(at('nan.safetensors'), poisoned);

  const pixels = golden('pdh', 'input').tensors.get('x')!.shape[1]!;
  const input = (name: string, arrays: Record<string, [number[], number]>) =>
    writeFileSync(
      at(name),
      writeSafetensors(
        new Map(
          Object.entries(arrays).map(([key, [shape, value]]) => [
            key,
            { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value) },
          ]),
        ),
        {},
      ),
    );
  input('no-x.safetensors', { y: [[2, pixels], 0] });
  input('narrow.safetensors', { x: [[2, pixels - 1], 0] });
  input('bytes.safetensors', { x: [[2, pixels], 255] });
  input('mask-shape.safetensors', { x: [[2, pixels], 1], mask: [[1, pixels], 1] });
  input('half-begun.safetensors', { x: [[2, pixels], 1], z1: [[2, 3], 0] });
  input('mask-half.safetensors', { x: [[2, pixels], 1], mask: [[2, pixels], 0.5] });
  mkdirSync(at('folder.safetensors'));
  // Folders where the files of a dataset are meant to be.
  for (const name of [
    'train-images-idx3',
    'train-labels-idx1',
    't10k-images-idx3',
    't10k-labels-idx1',
  ])
    mkdirSync(at(`folders/${name}-ubyte`), { recursive: true });
}
prepare();
const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 20, 10)];
const before = readdirSync(folder);

const trace = (model: string, input = goldenFile('pdh.input'), out = at('out.safetensors')) => [
  'trace',
  ...['--model', model, '--input', input, '--out', out],
];
const train = (...more: string[]) => [
  ...['train', '--variant', 'gncn-pdh', ...data, '--out', at('out.safetensors')],
  ...more,
];
const withInput = (name: string) => trace(goldenFile('pdh.model'), at(name));

/** A name that no file can have. */
const LONG = 'x'.repeat(300);
/** A name that a file can have, but not with what is written beside it meanwhile. */
const NEARLY_LONG = 'x'.repeat(252);

/** Arguments, and what the one line on standard error must say. */
const CORPUS: readonly [readonly string[], RegExp][] = [
  [[], /command is missing.*train.*--help/],
  [['fly'], /Unknown command "fly".*train/],
  [['toString'], /Unknown command "toString"/],
  [['info'], /Argument M is missing/],
  [['info', at('cut.safetensors'), 'more'], /Unexpected "more"/],
  [['info', at('absent.safetensors')], /absent\.safetensors cannot be read: there is no such/],
  [['info', at('text.safetensors')], /text\.safetensors/],
  [['trace', '--input', 'i', '--out', 'o'], /Option --model is missing/],
  [trace(at('absent.safetensors')), /--model \S+absent\.safetensors cannot be read/],
  [
    trace(at('folder.safetensors')),
    /--model \S+folder\.safetensors cannot be read: it is a folder/,
  ],
  [trace(at('cut.safetensors')), /cut\.safetensors.*(cut off|bytes)/],
  [trace(at('empty.safetensors')), /empty\.safetensors/],
  [trace(at('text.safetensors')), /text\.safetensors/],
  [trace(goldenFile('pdh.input')), /pdh\.input\.safetensors is not a model file/],
  [trace(at('misshapen.safetensors')), /misshapen\.safetensors: W1 has shape/],
  [trace(at('lacking.safetensors')), /lacking\.safetensors: The model lacks W2/],
  [
    trace(at('unknown-setting.safetensors')),
    /unknown-setting\.safetensors: Unknown setting colour/,
  ],
  [trace(at('nan.safetensors')), /nan\.safetensors is broken: tensor "\w+" holds NaN/],
  [withInput('no-x.safetensors'), /--input \S+no-x\.safetensors: it must hold a tensor x/],
  [withInput('narrow.safetensors'), /narrow\.safetensors: x has shape .* needs \[B, \d+\]/],
  [withInput('bytes.safetensors'), /bytes\.safetensors: x must lie from 0 to 1/],
  [withInput('mask-shape.safetensors'), /mask-shape\.safetensors: mask has shape/],
  [withInput('mask-half.safetensors'), /mask-half\.safetensors: mask must hold 1 \(seen\) and 0/],
  [[...trace(goldenFile('pdh.model')), '--steps', '0'], /Option --steps.*from 1 to 1000, not "0"/],
  [[...trace(goldenFile('pdh.model')), '--backend', 'tpu'], /Option --backend.*webgpu, wasm, cpu/],
  [
    [...trace(goldenFile('pdh.model')), '--model', 'again'],
    /Option --model may be given only once/,
  ],
  [
    trace(goldenFile('pdh.model'), goldenFile('pdh.input'), at('nowhere/out.safetensors')),
    /--out \S+ cannot be written: the folder \S+nowhere/,
  ],
  [
    trace(goldenFile('pdh.model'), goldenFile('pdh.input'), at('folder.safetensors')),
    /--out \S+ cannot be written: it is a folder/,
  ],
  [
    ['complete', ...trace(goldenFile('pdh.model')).slice(1)],
    /pdh\.input\.safetensors: it must also hold a tensor mask/,
  ],
  [train('--speed', '3'), /Unknown option --speed; known are --variant/],
  [train('-x'), /Unknown option -x/],
  [train('stray'), /Unexpected "stray"/],
  [train('--f16=yes'), /Option --f16 takes no value/],
  [train('--epochs'), /Option --epochs needs a value: --epochs E/],
  [train('--epochs', '1.5'), /Option --epochs must be a whole number.*"1\.5"/],
  [train('--seed', '-1'), /Option --seed must be a whole number from 0/],
  [train('--limit', '--seed', '2'), /Option --limit needs a value/],
  [train('--workers', '0'), /Option --workers must be a whole number from 1/],
  [train('--set', 'beta'), /Option --set needs key=value, not "beta"/],
  [train('--set', 'betta=1'), /unknown setting betta; known are .*beta/],
  [train('--set', 'beta=7'), /Option --set beta=7: Setting beta must be a number from/],
  [train('--set', 'beta='), /Option --set beta=: Setting beta must be a number/],
  [train('--set', 'steps=2.5'), /Setting steps must be a whole number/],
  [train('--set', 'sizes=784,x'), /Setting sizes must be a whole number.*"x"/],
  [train('--set', 'sizes=784'), /Setting sizes must be a list of 2 to 17/],
  [train('--set', 'sizes=784,10', 'groups=3'), /Setting groups: 3 does not divide/],
  [train('--set', 'precision=maybe'), /Setting precision must be one of inverse/],
  [train('--set', 'normAxis=2'), /Setting normAxis must be one of 0, 1/],
  [train('--set', 'beta=0.1', 'beta=0.2'), /Option --set gives beta twice/],
  [train('--set', 'lateral=matrix'), /Setting lateral: a matrix of your own/],
  [train('--set', 'sizes=100,10'), /The model has 100 inputs.*784/],
  [train('--resume', at('cut.safetensors')), /cut\.safetensors/],
  [train('--resume', goldenFile('pdh.model')), /--resume \S+ is a model without a training record/],
  [['train', '--variant', 'gncn', ...data, '--out', at('o')], /Option --variant must be one of/],
  [['train', ...data, '--out', at('o')], /Option --variant is missing; give one of gncn-t1/],
  [['train', '--variant', 'gncn-t1', '--out', at('o')], /Option --dataset is missing/],
  [
    ['train', '--variant', 'gncn-t1', '--dataset', 'cats', '--out', 'o'],
    /--dataset must be one of/,
  ],
  [
    [...['train', '--variant', 'gncn-t1', '--dataset', 'kmnist'], '--data-dir', at('none'), '--out', at('o')], // prettier-ignore
    /--data-dir \S+none: there is no such folder.*npm run data -- kmnist/,
  ],
  [
    [...['train', '--variant', 'gncn-t1', '--dataset', 'caltech101'], '--data-dir', folder, '--out', at('o')], // prettier-ignore
    /caltech101_silhouettes_28_split1\.mat.*npm run data -- caltech101/,
  ],
  [train('--log', at('nowhere/log.jsonl')), /--log \S+ cannot be written/],
  [train('--log', folder), /--log \S+ cannot be written: it is a folder/],
  [train('--log', at(LONG)), /--log \S+ cannot be written: its name is too long/],
  [train('--resume', at(LONG)), /--resume \S+ cannot be read: its name is too long/],
  [train('--resume', folder), /--resume \S+ cannot be read: it is a folder/],
  [trace(at(LONG)), /--model \S+ cannot be read: its name is too long/],
  [trace(goldenFile('pdh.model'), at(LONG)), /--input \S+ cannot be read: its name is too long/],
  [trace(goldenFile('pdh.model'), folder), /--input \S+ cannot be read: it is a folder/],
  ...[at(LONG), at(NEARLY_LONG), at(`${LONG}/out`)].map((out): [readonly string[], RegExp] => [
    trace(goldenFile('pdh.model'), goldenFile('pdh.input'), out),
    /--out \S+ cannot be written: .*name is too long/,
  ]),
  [['info', at(LONG)], /Argument M \S+ cannot be read: its name is too long/],
  [['info', folder], /Argument M \S+ cannot be read: it is a folder/],
  [
    [...['train', '--variant', 'gncn-t1', '--dataset', 'mnist'], '--data-dir', at(LONG), '--out', at('o')], // prettier-ignore
    /--data-dir \S+: its name is too long/,
  ],
  [
    [...['train', '--variant', 'gncn-t1', '--dataset', 'mnist'], '--data-dir', at('text.safetensors'), '--out', at('o')], // prettier-ignore
    /--data-dir \S+: it is not a folder/,
  ],
  [
    [...['train', '--variant', 'gncn-t1', '--dataset', 'mnist'], '--data-dir', at('folders'), '--out', at('o')], // prettier-ignore
    /--data-dir \S+ cannot be read: it is a folder; a file is needed/,
  ],
  [['eval', '--model', 'm', ...data, '--measures', 'bce,iq'], /Option --measures must be one or several of bce,sampled,mmse/], // prettier-ignore
  [
    ['eval', '--model', 'm', ...data, '--split', 'half'],
    /Option --split must be one of test, train, validation/,
  ],
  [
    ['eval', '--model', goldenFile('pdh.model'), ...data],
    /The model has \d+ inputs; .* 784 pixels/,
  ],
  [['complete', ...trace(goldenFile('pdh.model'), goldenFile('pdh-masked.input')).slice(1), '--how', 'magic'], /Option --how: .* by silent or eq19 or imagine, not by "magic"/], // prettier-ignore
  [['complete', ...trace(goldenFile('pdh.model'), goldenFile('pdh-masked.input')).slice(1), '--how', 'imagine'], /--model \S+ holds no prior.*ngc prior --model/], // prettier-ignore
  [['complete', ...trace(goldenFile('pdh.model'), goldenFile('pdh-masked.input')).slice(1), '--count', '4'], /Option --count goes with --how imagine only/], // prettier-ignore
  [['complete', ...trace(goldenFile('pdh.model'), goldenFile('pdh-masked.input')).slice(1), '--how', 'imagine', '--count', '0'], /Option --count must be a whole number from 1 to 1000/], // prettier-ignore
  [['eval', '--model', 'm', ...data, '--count', '4'], /Option --count goes with --how imagine only/], // prettier-ignore
  [
    [...trace(goldenFile('pdh.model')), '--how', 'magic'],
    /Option --how must be one of silent, eq19/,
  ],
  [
    withInput('half-begun.safetensors'),
    /half-begun\.safetensors: start states need z1 \[2, \d+\], and it has \[2, 3\]/,
  ],
  [['sample', '--model', 'm', '--out', at('o')], /Option --count is missing/],
  [['sample', '--model', goldenFile('pdh.model'), '--count', '4', '--out', at('o')], /holds no prior.*ngc prior --model/], // prettier-ignore
  [['prior', '--model', 'm', ...data, '--out', at('o'), '--covariance', 'round'], /Option --covariance must be one of full, diagonal, factor/], // prettier-ignore
  [['prior', '--model', 'm', ...data, '--out', at('o'), '--shrinkage', '2'], /Option --shrinkage must be a number from 0 to 1, not "2"/], // prettier-ignore
];

describe('wrong commands and files end with 2, one line that says what would be right, and no output', () => {
  const titled = CORPUS.map(([args, says]) => ({
    title: args.map((word) => word.split('/').at(-1)).join(' ') || '(nothing)',
    args,
    says,
  }));
  test.each(titled)('$title', async ({ args, says }) => {
    const { status, stdout, stderr } = await ngc(...args);
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^ngc: [^\n]+\n$/);
    expect(stderr).not.toMatch(/\bat \S+:\d+:\d+/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(readdirSync(folder)).toEqual(before);
  });
});

test('a process ends with 2 and one line on standard error, too', async () => {
  const { status, stdout, stderr } = await spawnNgc(trace(at('nan.safetensors')));
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^ngc: [^\n]*nan\.safetensors[^\n]*\n$/);
});

test('--help of the whole and of each command: status 0, standard output only', async () => {
  const overview = await spawnNgc(['--help']);
  expect(overview).toMatchObject({ status: 0, stderr: '' });
  const names = [...overview.stdout.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name]) => name!);
  expect(names).toEqual([
    'train',
    'eval',
    'prior',
    'sample',
    'complete',
    'trace',
    'bench',
    'lab',
    'info',
  ]);
  for (const name of names) {
    const help = await ngc(name, '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain(`npm run -s ngc -- ${name}`);
    expect(await ngc('help', name)).toEqual(help);
    for (const line of help.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(105);
  }
});
