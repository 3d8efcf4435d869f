import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { ngc, temporaryFolder } from './helpers.ts';

/* Commands write over what they have written themselves; over anything else only where they are told to. */

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const golden = (name: string) =>
  fileURLToPath(new URL(`../golden/${name}.safetensors`, import.meta.url));
const trace = (out: string, ...more: string[]) =>
  ngc(...['trace', '--model', golden('pdh.model'), '--input', golden('pdh.input'), '--out', out], '--backend', 'cpu', ...more); // prettier-ignore

test('numbers take the place of numbers, never of a model, an input or a text, unless by --force', async () => {
  const out = at('out.safetensors');
  for (let i = 0; i < 2; i++) expect(await trace(out)).toMatchObject({ status: 0 });
  copyFileSync(golden('pdh.model'), at('model'));
  copyFileSync(golden('pdh.input'), at('input'));
  writeFileSync(at('text'), 'notes');
  for (const name of ['model', 'input', 'text']) {
    const before = readFileSync(at(name));
    const refused = await trace(at(name));
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.stderr).toMatch(/^ngc: --out .* holds something else than a result: .*--force/);
    expect(readFileSync(at(name)).equals(before)).toBe(true);
    expect(await trace(at(name), '--force')).toMatchObject({ status: 0 });
    expect(readFileSync(at(name)).equals(readFileSync(out))).toBe(true);
  }
});

test('a device is written to, not replaced', async () => {
  const { status, stderr } = await trace('/dev/full');
  expect([status, stderr]).toEqual([2, expect.stringMatching(/--out \/dev\/full cannot be written: the disk is full/)]); // prettier-ignore
  expect(existsSync('/dev/full.part')).toBe(false);
});

test.each([
  ['sample', ['--model', golden('pdh.model'), '--count', '1'], '--out', 'a result'],
  ['sample', ['--model', golden('pdh.model'), '--count', '1', '--out', 'o'], '--png', 'a picture'],
  ['complete', ['--model', golden('pdh.model'), '--input', golden('pdh.input')], '--out', 'a result'], // prettier-ignore
  ['prior', ['--model', golden('pdh.model'), '--dataset', 'synthetic'], '--out', 'a model'],
  ['lab', ['merge', folder], '--out', 'a file of results'],
])(
  '%s %j %s asks for --force before it replaces something else',
  async (name, args, option, kind) => {
    writeFileSync(at('notes'), 'notes');
    const { status, stderr } = await ngc(name, ...args, option, at('notes'));
    expect([status, stderr]).toEqual([2, expect.stringMatching(`^ngc: ${option} \\S+ holds something else than ${kind}: .*--force`)]); // prettier-ignore
    expect(readFileSync(at('notes'), 'utf8')).toBe('notes');
  },
);
