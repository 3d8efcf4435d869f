import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { TILES } from '../../src/kernels/tiles.ts';
import { FUSED_CASES, LARGE_TILE_CASES } from '../helpers/fusedCases.ts';
import {
  BASELINE_CASES,
  golden,
  GOLDEN_CASES,
  isCompletion,
  MEASURES,
  PC_NETWORK_CASES,
  usesAdam,
} from '../helpers/golden.ts';
import { MEDDLING_CASES } from '../helpers/meddling.ts';
import { differences } from '../helpers/parity.ts';
import type { PlainTrace } from './parity/main.ts';

const bytes = (name: string, part: string) => [
  ...readFileSync(fileURLToPath(new URL(`../golden/${name}.${part}.safetensors`, import.meta.url))),
];

test.setTimeout(600_000); // a software adapter compiles for minutes

async function start(page: Page): Promise<void> {
  await page.goto('http://127.0.0.1:4174/');
  await page.waitForFunction(() => 'traceCase' in window);
  expect(await page.evaluate(() => window.startWebGpu())).toMatch(/^webgpu .*fused kernels$/);
}

/** One page for all that only computes: what one test has compiled, the next need not. */
let engine: Page;
test.beforeAll(async ({ browser }) => {
  engine = await browser.newPage();
  await start(engine);
});
test.afterAll(() => engine.close());

/** What a golden case gives by one of the page's functions. */
const traced = (how: 'traceCase' | 'baselineCase' | 'predictiveCase', name: string) =>
  engine.evaluate(([way, model, input]) => window[way](model, input), [
    how,
    bytes(name, 'model'),
    bytes(name, 'input'),
  ] as const);

/** The quantities of a golden case that are otherwise than the independent implementation has them. */
const apart = (name: string, actual: PlainTrace) => {
  const adam = usesAdam(golden(name, 'model'));
  return differences(actual, golden(name, 'expected').tensors, adam);
};

/** Those that pass. */
const only = (trace: PlainTrace, wanted: (key: string) => boolean): PlainTrace =>
  Object.fromEntries(Object.entries(trace).filter(([key]) => wanted(key)));

test('fused kernels compute the numbers of the independent implementation, in every case', async () => {
  for (const name of GOLDEN_CASES)
    expect(apart(name, await traced('traceCase', name)), name).toEqual({});
});

test('the baselines compute the numbers of the independent implementation', async () => {
  for (const name of BASELINE_CASES)
    expect(apart(name, await traced('baselineCase', name)), name).toEqual({});
  const expected = new Map(
    [...golden(MEASURES, 'expected').tensors].filter(([key]) => isCompletion(key)),
  );
  const actual = only(await traced('baselineCase', MEASURES), isCompletion);
  expect(expected.size).toBe(6);
  expect(differences(actual, expected, false)).toEqual({});
});

test('predictive-coding networks compute the numbers of the independent implementation', async () => {
  for (const name of PC_NETWORK_CASES) {
    const { tensors } = golden(name, 'expected');
    // What a case does not name is written too.
    const named = only(await traced('predictiveCase', name), (key) => tensors.has(key));
    expect(apart(name, named), name).toEqual({});
  }
});

test('fused kernels and the plain equations agree after 50 steps and three updates', async () => {
  for (const { name } of FUSED_CASES)
    expect(await engine.evaluate((it) => window.fusedCase(it), name), name).toEqual({});
});

test('fused kernels take lesions, silence, levers and other pictures as the plain equations do', async () => {
  for (const { name } of MEDDLING_CASES)
    expect(await engine.evaluate((it) => window.meddlingCase(it), name), name).toEqual({});
});

test('whatever the tile', async () => {
  for (const tile of TILES.keys())
    for (const name of LARGE_TILE_CASES) {
      const found = await engine.evaluate(([it, n]) => window.fusedCase(it, n), [
        name,
        tile,
      ] as const);
      expect(found, `${name}, ${JSON.stringify(TILES[tile])}`).toEqual({});
    }
});

test('training whose batches overlap ends where training op by op ends', async () => {
  const { synapses, bce, reports } = await engine.evaluate(() => window.trainingCase());
  expect(reports).toBe(8);
  expect(synapses).toBeLessThan(1e-4);
  expect(bce).toBeLessThan(0.05); // nats, of some 300
});

test('a frame of a batch that is being learnt from asks only for synapses that a belief goes through', async () => {
  const asked = ['M2', 'M3', 'W1', 'W2', 'W3'];
  expect(await engine.evaluate(() => window.frameCase())).toEqual({ asked, finite: true });
});

test('an adapter without a name is tried against WASM once; the faster one stays', async ({
  page,
}) => {
  await start(page);
  // The adapter is software here, so WASM must win; the second start remembers it and opens no device.
  expect(await page.evaluate(() => window.tryUnnamed())).toEqual({
    names: ['wasm', 'wasm'],
    reasons: Array<string>(2).fill('WebGPU was tried here, and WASM was faster.'),
    opened: 1,
  });
});

test('a thousand batches leave no tensor and no buffer behind', async ({ page }) => {
  await start(page);
  expect(await page.evaluate(() => window.leaks(1000))).toEqual({
    tensors: 0,
    buffers: 0,
    tensorsLeft: 0,
  });
});
