import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';

import { ngc, smallDataset, temporaryFolder, tensorsAt } from '../cli/helpers.ts';

/* The Gaussian mixture goes through every command; what it cannot do is refused in a sentence. */
const folder = temporaryFolder();
const at = (name: string) => join(folder, `${name}.safetensors`);
const data = ['--dataset', 'mnist', '--data-dir', smallDataset(folder, 200, 50)];
const train = ['train', '--variant', 'gmm', ...data, '--seed', '4', '--set', 'components=6', 'covariance=diagonal', 'ridge=0.01']; // prettier-ignore

/** The standard output of a command that must go well. */
async function said(...args: string[]): Promise<string> {
  const outcome = await ngc(...args);
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  return outcome.stdout;
}

let trained = '';
beforeAll(async () => {
  trained = await said(...train, '--epochs', '3', '--out', at('mixture'));
});

test('train: an epoch is a round; what is told is −log p(x), not BCE', () => {
  expect(trained).toMatch(/^Gaussian mixture, 784, on 200 images/m);
  // A fair coin a pixel: 784·(½ log(2π/4) + ½).
  expect(trained).toMatch(/^Epoch 1: train −log p\(x\) 569\.02, 200 images in/m);
  expect(trained).not.toContain('BCE');
  expect(trained).not.toContain('sparsity');
});

test('a checkpoint goes on exactly', async () => {
  await said(...train, '--epochs', '1', '--out', at('parts'));
  await said('train', '--resume', at('parts.checkpoint'), ...data, '--epochs', '3', '--out', at('parts')); // prettier-ignore
  for (const file of ['', '.checkpoint'])
    expect(readFileSync(at(`parts${file}`))).toEqual(readFileSync(at(`mixture${file}`)));
});

test('eval: log p(x) of its samples, and exactly as binary pictures, which is better', async () => {
  const text = await said('eval', '--model', at('mixture'), ...data, '--samples', '300', '--json');
  const { logpx, exact, prior, ...rest } = JSON.parse(text) as Record<string, number>;
  expect(Object.keys(rest)).toEqual(['model', 'dataset', 'split', 'images', 'backend']);
  expect(prior).toBe('the Gaussian mixture itself; 300 samples');
  expect(exact).toBeLessThan(0);
  expect(exact).toBeGreaterThan(784 * Math.log(0.5)); // better than knowing nothing
  expect(exact).toBeGreaterThan(logpx!);
});

test('sample: pictures from 0 to 1, and nothing else', async () => {
  await said('sample', '--model', at('mixture'), '--count', '7', '--out', at('drawn'));
  const { tensors } = tensorsAt(at('drawn'));
  expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([['mu0', [7, 784]]]);
  expect(tensors.get('mu0')!.data.every((value) => value >= 0 && value <= 1)).toBe(true);
});

test('info: what it holds', async () => {
  const text = (await said('info', at('mixture'))).replace(/ {2,}/g, '  ');
  for (const part of [
    ': Gaussian mixture, 784,',
    'components *  6',
    'covariance *  diagonal',
    'means  [6, 784]',
    'step  3',
  ])
    // prettier-ignore
    expect(text).toContain(part);
});

test.each([
  ['eval', [...data, '--measures', 'bce'], /a Gaussian mixture has no reconstruction/],
  ['eval', [...data, '--measures', 'err'], /a Gaussian mixture has no code to classify/],
  ['complete', ['--input', 'x', '--out', at('none')], /A Gaussian mixture cannot fill in hidden pixels/], // prettier-ignore
  ['prior', [...data, '--out', at('none')], /A Gaussian mixture cannot draw from a prior over a code/], // prettier-ignore
  [
    'trace',
    ['--input', 'x', '--out', at('none')],
    /is a Gaussian mixture, which nothing can be traced of/,
  ],
])('%s is refused: %j', async (command, args, says) => {
  const { status, stdout, stderr } = await ngc(command, '--model', at('mixture'), ...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
