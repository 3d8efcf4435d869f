import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { openSealed, sealedJson } from '../../src/experiments/sealed.ts';
import { parseResult, parseResultFile } from '../../src/lab/resultFiles.ts';
import { createRng } from '../../src/shared/rng.ts';
import { cellResult } from '../helpers/labResults.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (text: string) => openSealed(text, JSON.parse(text), 'x.json');
afterEach(() => vi.unstubAllGlobals());

describe('results that carry a digest', () => {
  test('are opened as they were, and known to be whole', async () => {
    const value = { format: 'a', numbers: [1, 2, { digest: 'of something' }] };
    const text = await sealedJson(value);
    const of = createHash('sha256').update(JSON.stringify(value)).digest('hex');
    expect(JSON.parse(text)).toEqual({ digest: `sha256:${of}`, ...value });
    expect(await open(text)).toEqual({ value, sealed: true });
    expect(await open(`${text}\n`)).toEqual({ value, sealed: true });
  });

  test('carry the same one where the platform makes none', async () => {
    const text = await sealedJson(cellResult());
    vi.stubGlobal('crypto', {});
    expect(await sealedJson(cellResult())).toBe(text);
    expect((await open(text)).sealed).toBe(true);
  });

  test('of 500 single bits that are flipped, every one is found', async () => {
    const whole = bytesOf(await sealedJson(cellResult()));
    const rng = createRng(9);
    for (let n = 0; n < 500; n++) {
      // First all of its beginning, where the digest stands, then anywhere.
      const bit = n < 8 * 20 ? n : rng.below(8 * whole.length);
      const bytes = whole.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      await expect(parseResult(bytes, 'x.json'), `bit ${bit}`).rejects.toThrow(/^x\.json/);
    }
  });

  test('whose fields another program has sorted anew are refused, with what to do', async () => {
    const { digest, ...rest } = JSON.parse(await sealedJson({ b: 1, a: 2 })) as { digest: string };
    await expect(open(JSON.stringify({ ...rest, digest }))).rejects.toThrow(
      /x\.json is damaged: .* must leave out the field "digest"/,
    );
    expect(await open(JSON.stringify(rest))).toEqual({ value: rest, sealed: false });
  });
});

test('from before there was a digest, they open, and that is known', async () => {
  const text = JSON.stringify({ format: 'ngc-lab', version: 1, experiment: 'table-1', results: [] }); // prettier-ignore
  expect(await parseResultFile(bytesOf(text), 'x.json')).toMatchObject({ sealed: false });
});

const FOLDER = 'public/lab';
test.each(readdirSync(FOLDER))('%s, which the page brings, is whole', async (name) => {
  const { file } = await parseResultFile(readFileSync(join(FOLDER, name)), name);
  expect(file.results.length).toBeGreaterThan(0);
});
