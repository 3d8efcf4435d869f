import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { encodeModel } from '../../src/io/modelFile.ts';
import { writeSafetensors } from '../../src/io/safetensors.ts';
import type { FloatArray } from '../../src/shared/arrays.ts';
import { ngc, temporaryFolder, tensorsAt } from '../cli/helpers.ts';
import { golden } from '../helpers/golden.ts';

const folder = temporaryFolder();
const goldenFile = (name: string) =>
  fileURLToPath(new URL(`../golden/pc/${name}.safetensors`, import.meta.url));
const filter = golden('pc/kalman', 'model').tensors;

const tensor = (shape: readonly number[], ...numbers: number[]): FloatArray => ({
  shape,
  data: Float32Array.from(numbers),
});

/** A file of a filter with other settings, or other tensors (null: without it). */
function model(config: object, changes: Readonly<Record<string, FloatArray | null>> = {}): string {
  const at = join(folder, 'model.safetensors');
  const parameters = new Map(filter);
  for (const [name, change] of Object.entries(changes))
    if (change) parameters.set(name, change);
    else parameters.delete(name);
  const rest = { prior: null, optimizer: null, training: null };
  writeFileSync(at, encodeModel({ config: { variant: 'kalman', ...config }, parameters, ...rest }));
  return at;
}

function input(tensors: Readonly<Record<string, FloatArray>>): string {
  const at = join(folder, 'input.safetensors');
  writeFileSync(at, writeSafetensors(new Map(Object.entries(tensors)), {}));
  return at;
}

const out = join(folder, 'out.safetensors');
const trace = (...args: string[]) => ['trace', ...args, '--out', out];
const ofFilter = (at: string) => trace('--model', at, '--input', goldenFile('kalman.input'));
const measured = (tensors: Readonly<Record<string, FloatArray>>) =>
  trace('--model', goldenFile('kalman.model'), '--input', input(tensors));
const bare = (system: string, tensors: Readonly<Record<string, FloatArray>>) =>
  trace('--system', system, '--input', input(tensors));

const s = tensor([1], 2);
const grid = tensor([1, 2], 0.5, 1);

/** What is called, and what the one line must say. */
const CORPUS: readonly [string, () => readonly string[], RegExp][] = [
  ['an unknown setting', () => ofFilter(model({ rate: 1 })), /--model \S+: Unknown setting rate; known are variant, steps/],
  ['no steps', () => ofFilter(model({ steps: [0] })), /Setting steps must be a whole number from 1/],
  ['half a step', () => ofFilter(model({ steps: [1.5] })), /Setting steps must be a whole number/],
  ['a missing tensor', () => ofFilter(model({}, { R: null })), /--model \S+: The filter lacks R, of shape \[1, 1\]/],
  ['no system at all', () => ofFilter(model({}, { A: null })), /lacks A, of shape \[D, D\]/],
  ['a strange tensor', () => ofFilter(model({}, { W1: s })), /has W1, which is none of A, C, Q/],
  ['a misshapen tensor', () => ofFilter(model({}, { A: tensor([2, 1], 1, 1) })), /A has shape \[2, 1\]; it must be \[2, 2\]/],
  ['Q that is not symmetric', () => ofFilter(model({}, { Q: tensor([2, 2], 1, 0.5, 0.4, 1) })), /Q must be a covariance: symmetric and positive/],
  ['R that is not positive', () => ofFilter(model({}, { R: tensor([1, 1], 0) })), /R must be a covariance/],
  ['P0 that is not definite', () => ofFilter(model({}, { P0: tensor([2, 2], 1, 1, 1, 1) })), /P0 must be a covariance/],
  ['a held covariance that is none', () => ofFilter(model({}, { steady: tensor([2, 2], 1, 2, 2, 1) })), /steady must be a covariance/],
  ['no measurements', () => measured({ x: grid }), /--input \S+: it must hold a tensor y of shape \[T, 1\]/],
  ['measurements of another width', () => measured({ y: grid }), /tensor y of shape \[T, 1\]/],
  ['no grid', () => bare('landscape', { k: s }), /--input \S+: it must hold a tensor theta/],
  ['negative variances', () => bare('landscape', { theta: s, k: tensor([2], 1, -1) }), /k must hold variances from 0 up/],
  ['nothing sensed', () => bare('free-energy', { mean: grid, variance: grid }), /must hold a tensor s/],
  ['two things sensed', () => bare('free-energy', { s: tensor([2], 1, 2), mean: grid, variance: grid }), /s must hold one number/],
  ['shapes that differ', () => bare('free-energy', { s, mean: grid, variance: tensor([2, 1], 1, 1) }), /variance must have the shape of mean/],
  ['no width', () => bare('free-energy', { s, mean: grid, variance: tensor([1, 2], 1, 0) }), /variance must hold numbers greater than 0/],
  ['an unknown system', () => bare('weather', {}), /Option --system must be one of landscape, free-energy, not "weather"/],
  ['neither', () => trace('--input', 'i'), /Option --model is missing; give --model M, or --system/],
  ['both', () => trace('--model', 'm', '--system', 'landscape', '--input', 'i'), /--model and --system exclude each other/],
  ['a command that it is not for', () => ['eval', '--model', goldenFile('kalman.model'), '--dataset', 'synthetic'], /kalman is none of images: on the command line, "trace" and "info" serve it/],
]; // prettier-ignore

test.each(CORPUS)('%s is refused in one line', async (_, args, says) => {
  const { status, stdout, stderr } = await ngc(...args());
  expect(stdout).toBe('');
  expect(stderr).toMatch(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
});

test('a covariance that grows without end is a run that failed', async () => {
  const at = model({}, { A: tensor([2, 2], 0.5, 0, 0, 1.5), steady: null });
  const { status, stderr } = await ngc(...ofFilter(at));
  expect(stderr).toMatch(/never settles: A lets grow what C does not show/);
  expect(status).toBe(1);
});

test('info says what a filter holds', async () => {
  const { status, stdout } = await ngc('info', goldenFile('kalman.model'));
  expect(status).toBe(0);
  expect(stdout).toMatch(/Kalman filter, 2 states seen through 1, 21 synapses/);
  expect(stdout).toMatch(/steps \* {2}1, 5, 20/);
  const json = await ngc('info', '--json', goldenFile('kalman.model'));
  expect(JSON.parse(json.stdout)).toMatchObject({ settings: { steps: [1, 5, 20] } });
});

test('--steps takes the place of the file’s', async () => {
  const args = ofFilter(goldenFile('kalman.model'));
  expect((await ngc(...args, '--steps', '7')).status).toBe(0);
  expect([...tensorsAt(out).tensors.keys()].filter((name) => /^t?pc/.test(name))).toEqual([
    'pc7',
    'tpc7',
  ]);
});
