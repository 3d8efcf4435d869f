import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from '@playwright/test';

import { golden, GOLDEN_CASES } from '../helpers/golden.ts';
import { differences } from '../helpers/parity.ts';

const bytes = (name: string, part: string) => [
  ...readFileSync(fileURLToPath(new URL(`../golden/${name}.${part}.safetensors`, import.meta.url))),
];

test('WebGPU computes the numbers of the independent implementation, in every case', async ({
  page,
}) => {
  test.setTimeout(600_000); // a software adapter compiles each shader for seconds
  await page.goto('http://127.0.0.1:4174/');
  await page.waitForFunction(() => 'traceCase' in window);
  expect(await page.evaluate(() => window.startWebGpu())).toContain('webgpu');
  for (const name of GOLDEN_CASES) {
    const actual = await page.evaluate(
      ([model, input]) => window.traceCase(model!, input!),
      [bytes(name, 'model'), bytes(name, 'input')],
    );
    const adam = golden(name, 'model').metadata['config']!.includes('"optimizer": "adam"');
    expect(differences(actual, golden(name, 'expected').tensors, adam), name).toEqual({});
  }
});
