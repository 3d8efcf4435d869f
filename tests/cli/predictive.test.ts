import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

import { writeSafetensors } from '../../src/io/safetensors.ts';
import { golden } from '../helpers/golden.ts';
import { TOLERANCE } from '../helpers/parity.ts';
import { ngc, smallDataset, temporaryFolder, tensorsAt } from './helpers.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder, `${name}.safetensors`);
const file = (name: string, part: string) =>
  fileURLToPath(new URL(`../golden/pc/${name}.${part}.safetensors`, import.meta.url));
const BACKEND = ['--backend', 'cpu'];

test.each(['classify', 'compress-prior', 'limit', 'recall', 'surprise', 'langevin', 'linear'])(
  'trace writes what the golden case %s names',
  async (name) => {
    const args = ['--model', file(name, 'model'), '--input', file(name, 'input')];
    const outcome = await ngc('trace', ...args, '--out', at(name), ...BACKEND);
    expect(outcome).toEqual({ status: 0, stdout: '', stderr: '' });
    const { tensors } = tensorsAt(at(name));
    for (const [key, { data, shape }] of golden(`pc/${name}`, 'expected').tensors) {
      if (key.startsWith('next.')) continue; // Adam's sign noise: tests/predictive/golden.test.ts
      expect([key, tensors.get(key)?.shape]).toEqual([key, shape]);
      data.forEach((value, i) =>
        expect(Math.abs(tensors.get(key)!.data[i]! - value)).toBeLessThan(TOLERANCE),
      );
    }
  },
);

/** An input file like a golden one, with other tensors. */
function inputLike(name: string, change: Readonly<Record<string, number[][] | null>>): string {
  const tensors = new Map(golden(`pc/${name}`, 'input').tensors);
  for (const [key, rows] of Object.entries(change))
    if (rows === null) tensors.delete(key);
    else
      tensors.set(key, {
        shape: [rows.length, rows[0]!.length],
        data: Float32Array.from(rows.flat()),
      });
  const path = at(`${name}-${Object.keys(change).join('-')}`);
  writeFileSync(path, writeSafetensors(tensors, {}));
  return path;
}

test.each([
  ['classify', { y: null }, /must hold y \[3, 3\]/],
  ['classify', { y: [[1, 0]] }, /y has shape \[1, 2\]; the network needs y \[3, 3\]/],
  ['classify', { start1: [[1]] }, /start1 has shape \[1, 1\]; the network needs start1 \[3, 5\]/],
  ['compress', { y: [[1]] }, /y goes with system "supervised"/],
  ['compress', { mask: Array.from({ length: 3 }, () => new Array<number>(8).fill(1)) }, /mask goes with system "recall"/], // prettier-ignore
  ['recall', { mask: Array.from({ length: 3 }, () => new Array<number>(8).fill(0.5)) }, /mask must hold 1 \(seen\) and 0 \(hidden\) only/], // prettier-ignore
] as const)('trace of %s refuses %j in one line', async (name, change, message) => {
  const input = inputLike(name, change as unknown as Record<string, number[][] | null>);
  const outcome = await ngc('trace', '--model', file(name, 'model'), '--input', input, '--out', at('no'), ...BACKEND); // prettier-ignore
  expect(outcome.status).toBe(2);
  expect(outcome.stderr).toMatch(message);
  expect(outcome.stderr.trim()).not.toContain('\n');
});

test('a rate that is too large ends with status 1, and names it and 2/λmax', async () => {
  const { metadata, tensors } = golden('pc/classify', 'model');
  const config = JSON.stringify({ ...(JSON.parse(metadata['config']!) as object), rate: 6, steps: 60 }); // prettier-ignore
  writeFileSync(at('fast'), writeSafetensors(tensors, { ...metadata, config }));
  const outcome = await ngc('trace', '--model', at('fast'), '--input', file('classify', 'input'), '--out', at('no'), ...BACKEND); // prettier-ignore
  expect(outcome.status).toBe(1);
  expect(outcome.stderr).toMatch(/rate \(γ\) 6; it must stay below 2\/λmax, here/);
});

// The quicker backend, for what takes many steps.
const WASM = ['--backend', 'wasm'];
const data: string[] = [];
beforeAll(() => {
  data.push('--dataset', 'mnist', '--data-dir', smallDataset(folder, 200, 40));
});

/** What eval says of a model, as an object. */
async function measured(model: string, measures: string): Promise<Record<string, unknown>> {
  const args = ['--model', model, ...data, '--measures', measures, '--json', ...WASM];
  const outcome = await ngc('eval', ...args);
  expect(outcome.stderr).toBe('');
  return JSON.parse(outcome.stdout) as Record<string, unknown>;
}

test('a classifier is trained, goes on from a checkpoint, and is measured', async () => {
  const settings = [
    '--set',
    'sizes=784,16,10',
    'steps=5',
    'learningRate=0.01',
    '--batch',
    '20',
    '--test-limit',
    '0',
  ];
  const train = ['train', '--variant', 'pcn', ...data, ...settings, ...WASM];
  const whole = await ngc(...train, '--epochs', '4', '--out', at('whole'));
  expect(whole.stderr).toBe('');
  expect(whole.stdout).toMatch(/Epoch 4: train free energy/);
  expect((await ngc(...train, '--epochs', '2', '--out', at('half'))).status).toBe(0);
  const resumed = await ngc('train', '--resume', at('half.checkpoint'), '--epochs', '4', '--test-limit', '0', ...data, ...WASM, '--out', at('resumed')); // prettier-ignore
  expect(resumed.stderr).toBe('');
  for (const [name, { data: values }] of tensorsAt(at('whole')).tensors)
    expect([name, tensorsAt(at('resumed')).tensors.get(name)?.data]).toEqual([name, values]);
  const found = await measured(at('whole'), 'accuracy,err,energy,auroc');
  expect(found['accuracy']).toBeGreaterThan(50);
  expect(found['accuracy']).toBeCloseTo(100 - (found['err'] as number), 6);
  expect(found['energy']).toBeGreaterThan(0);
  expect(found['auroc']).toMatchObject({ noise: expect.any(Number) as number, turned: expect.any(Number) as number }); // prettier-ignore
  const info = await ngc('info', at('whole'));
  expect(info.stdout).toMatch(/predictive-coding network, 784-16-10/);
  expect(info.stdout).toMatch(/steps \* +5/);
});

test('a decoder is trained, and measured by its squared error and how it tells noise', async () => {
  const settings = ['--set', 'system=compress', 'sizes=8,16,784', 'hidden=tanh', 'rate=0.05', 'steps=10', 'learningRate=0.01']; // prettier-ignore
  const train = ['train', '--variant', 'pcn', ...data, ...settings, '--batch', '20', ...WASM];
  const outcome = await ngc(...train, '--test-limit', '0', '--epochs', '4', '--out', at('decoder'));
  expect(outcome.stderr).toBe('');
  const found = await measured(at('decoder'), 'mse,mmse,energy,auroc');
  // An empty picture is wrong by the mean square of the pixels, about 0.1.
  expect(found['mse']).toBeLessThan(0.06);
  expect(found['how']).toBe('inferred');
  expect((found['auroc'] as Record<string, number>)['noise']).toBeGreaterThan(0.99);
  const sampled = await ngc('sample', '--model', at('decoder'), '--count', '2', '--out', at('s'));
  expect(sampled.status).toBe(2);
  const accuracy = await ngc('eval', '--model', at('decoder'), ...data, '--measures', 'accuracy', ...WASM); // prettier-ignore
  expect(accuracy.stderr).toMatch(/Measure accuracy does not go with this model/);
});

test.each([
  [['rate=0'], /rate must be a number from/],
  [['colour=red'], /unknown setting colour/],
  [['skip=maybe'], /skip must be one of false, true, not "maybe"/],
  [['temperature=1', 'momentum=0.5'], /temperature samples only without momentum/],
])('train --set %j is refused', async (set, message) => {
  const outcome = await ngc('train', '--variant', 'pcn', ...data, '--set', ...set, '--out', at('no')); // prettier-ignore
  expect(outcome.status).toBe(2);
  expect(outcome.stderr).toMatch(message);
});
