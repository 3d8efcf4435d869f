import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { beforeAll, expect, test } from 'vitest';

import { compileAssembly } from '../../src/runtime/nodeKernels.ts';

const SETTLED = fileURLToPath(new URL('../helpers/settledByKernels.ts', import.meta.url));

interface Settled {
  readonly title: string;
  /** The largest difference to op by op, by how many rows and what was read. */
  readonly gaps: Readonly<Record<string, number>>;
}

/** What a Node of its own says that was started with these flags. */
async function settledWith(flags: readonly string[]): Promise<Settled> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    ...['--import', 'tsx', SETTLED],
  ]);
  return JSON.parse(stdout) as Settled;
}

beforeAll(compileAssembly);

test('with relaxed SIMD, one row and several settle and learn as op by op', async () => {
  const { title, gaps } = await settledWith(['--experimental-wasm-relaxed-simd']);
  expect(title).toBe('relaxed SIMD');
  expect(Object.keys(gaps).length).toBeGreaterThan(20);
  for (const [name, gap] of Object.entries(gaps)) expect(gap, name).toBeLessThan(1e-4);
});
