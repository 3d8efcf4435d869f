import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';

import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { VARIANTS } from '../../src/ngc/config/variants.ts';
import type { Model } from '../../src/ngc/model.ts';
import type { Beginning, Executor } from '../../src/ngc/settling.ts';
import { ownExecutor } from '../../src/wasm/executor.ts';
import type { KernelModule, Kernels } from '../../src/wasm/kernels.ts';
import { OwnSettling } from '../../src/wasm/settling.ts';
import { useBackend } from '../helpers/backends.ts';
import { binaryImages, smallModel } from '../helpers/models.ts';
import { ownModule } from '../helpers/ownKernels.ts';

/* Kernels that compute other numbers than plain operations are found out, and stopped, before anything is learnt by them. */

let module: KernelModule;
beforeAll(async () => {
  await useBackend('wasm');
  module = await ownModule();
});
afterEach(() => vi.restoreAllMocks());

/** Kernels made from now on are spoilt: one of them is handed other numbers. */
function spoil(name: keyof Kernels, change: (given: number[]) => number[]): void {
  const { Instance } = WebAssembly;
  vi.spyOn(WebAssembly, 'Instance').mockImplementation(function (what, imports) {
    const exports = { ...new Instance(what, imports).exports };
    const right = exports[name] as (...given: number[]) => unknown;
    return { exports: { ...exports, [name]: (...given: number[]) => right(...change(given)) } };
  });
}

/** Whether an episode is the kernels'. */
async function isOwn(executor: Executor, model: Model, rows = 4, beginning: Beginning = {}) {
  const x = binaryImages(rows, model.config.sizes[0]!);
  const settling = await executor.begin(model, x, beginning);
  settling.dispose();
  x.dispose();
  return settling instanceof OwnSettling;
}

function listening(): { executor: Executor; said: string[] } {
  const said: string[] = [];
  return { executor: ownExecutor(module, { tell: (sentence) => said.push(sentence) }), said };
}

test.each(VARIANTS)(
  'of %s they compute what plain operations do: nothing is said, and no tensor stays',
  async (variant) => {
    const { executor, said } = listening();
    const model = await smallModel(variant);
    const before = tf.memory().numTensors;
    expect(await isOwn(executor, model)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    expect([executor.title, said]).toEqual(['own kernels', []]);
    model.dispose();
  },
);

const more = (at: number) => (given: number[]) => given.map((one, i) => (i === at ? 1.02 * one : one)); // prettier-ignore
const other = (at: number, value: number) => (given: number[]) => given.map((one, i) => (i === at ? value : one)); // prettier-ignore
const SPOILT: readonly [string, keyof Kernels, (given: number[]) => number[]][] = [
  ['a step is a little longer', 'move', more(7)],
  ['competition is a little stronger', 'columns', more(4)],
  ['rows after the first four are left out', 'product', ([m, ...rest]) => [Math.min(m!, 4), ...rest]], // prettier-ignore
  ['products forget what they are added to', 'product', other(9, 0)],
  ['a row meets synapses that lie elsewhere', 'rowTimes', ([k, a, b, ...rest]) => [k!, a!, b! + 64, ...rest]], // prettier-ignore
  ['another nonlinearity', 'activate', other(1, 0)],
];
test.each(SPOILT)(
  '%s: everything is computed op by op, and that is said once',
  async (_, name, change) => {
    spoil(name, change);
    const { executor, said } = listening();
    const models = [await smallModel('gncn-pdh'), await smallModel('gncn-pdh')];
    for (const model of models) expect(await isOwn(executor, model)).toBe(false);
    expect(await executor.learnFrom!(models[0]!, 4, new Map())).toBeNull();
    expect(said).toEqual([expect.stringMatching(/^Our own kernels compute other numbers here .* op by op from now on, more slowly\.$/)]); // prettier-ignore
    expect(executor.title).toBe('op by op');
    for (const model of models) model.dispose();
  },
);

const SPOILT_UPDATES: readonly [string, keyof Kernels, (given: number[]) => number[], Partial<ModelConfig>][] = [
  ['the optimizer goes a little further', 'adam', more(6), { optimizer: 'adam' }],
  ['… and so does gradient ascent', 'ascend', more(3), { optimizer: 'sgd' }],
  ['norms are limited to a little more', 'normFactors', more(2), {}],
  ['a covariance moves the other way', 'moveCovariance', other(6, -0.1), { precisionRate: 0.1 }],
]; // prettier-ignore
test.each(SPOILT_UPDATES)(
  '%s: that is found before anything is learnt, and not where one only looks',
  async (_, name, change, settings) => {
    spoil(name, change);
    const { executor, said } = listening();
    const model = await smallModel('gncn-pdh', settings);
    for (let i = 0; i < 2; i++) expect(await isOwn(executor, model, 4, { onlyLooks: true })).toBe(true); // prettier-ignore
    expect(said).toEqual([]);
    expect(await isOwn(executor, model)).toBe(false);
    expect(said).toHaveLength(1);
    expect([model.updates, executor.title]).toEqual([0, 'op by op']);
    model.dispose();
  },
);

test('however large a network is, its update is compared in a small part of it', async () => {
  const bytes: number[] = [];
  spoil('ascend', (given) => {
    bytes.push(given[0]!);
    return more(3)(given);
  });
  const { executor, said } = listening();
  const model = await smallModel('gncn-pdh', { sizes: [130, 72, 72, 72], optimizer: 'sgd' });
  expect(await isOwn(executor, model)).toBe(false);
  expect(said).toHaveLength(1);
  // Of 4 bytes, in rows of whole tiles.
  expect(Math.max(...bytes)).toBeLessThanOrEqual(4 * 50 * 64);
  expect(bytes.length).toBeGreaterThan(0);
  model.dispose();
});

test('before what members have learnt is put together, it is found too', async () => {
  spoil('adam', more(6));
  const { executor, said } = listening();
  const model = await smallModel('gncn-pdh', { optimizer: 'adam' });
  expect(await executor.learnFrom!(model, 4, new Map())).toBeNull();
  expect(said).toHaveLength(1);
  model.dispose();
});

test('the first picture of a network does not wait for it; what comes next does', async () => {
  spoil('move', more(7));
  const { executor, said } = listening();
  const model = await smallModel('gncn-pdh');
  expect(await isOwn(executor, model, 1, { onlyLooks: true })).toBe(true);
  expect(said).toEqual([]);
  expect(await isOwn(executor, model, 1, { onlyLooks: true })).toBe(false);
  expect(said).toHaveLength(1);
  model.dispose();
});

test('a network whose numbers are none is not the fault of the kernels', async () => {
  const { executor, said } = listening();
  const model = await smallModel('gncn-pdh');
  model.synapses.set('W1', tf.fill([6, 12], NaN));
  expect(await isOwn(executor, model)).toBe(true);
  expect(said).toEqual([]);
  model.dispose();
});
