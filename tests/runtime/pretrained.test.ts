import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterEach, expect, test, vi } from 'vitest';

import { fetchPretrained, modelsBeside } from '../../src/runtime/pretrained.ts';

/* The models beside the page, as it gets them: each whole, by the digest that stands in their index. */

const BASE = 'http://localhost/';
const beside = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../public/${name}`, import.meta.url)));
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A host that has the page's files, as `changed` leaves them. */
const host = (changed: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes) =>
  vi.stubGlobal('fetch', (address: string | URL) => {
    const bytes = Uint8Array.from(beside(new URL(address).pathname.slice(1)));
    const body = String(address).endsWith('index.json') ? bytes : Uint8Array.from(changed(bytes));
    return Promise.resolve(new Response(body));
  });
const get = (entry: Parameters<typeof fetchPretrained>[0]) =>
  fetchPretrained(entry, new AbortController().signal, () => undefined);

afterEach(() => vi.unstubAllGlobals());

test('the index has the digest of each', async () => {
  host();
  const models = await modelsBeside(BASE);
  expect(models.length).toBeGreaterThan(0);
  for (const { file, sha256 } of models)
    expect([file, sha256]).toEqual([file, digestOf(beside(`models/${file}`))]);
});

test('a model of which one bit is another, or that is cut off, is refused in a sentence; a whole one is not', async () => {
  host();
  const [model] = await modelsBeside(BASE);
  expect(digestOf(new Uint8Array(await get(model!)))).toBe(model!.sha256);
  host((bytes) => bytes.with(bytes.length - 9, bytes.at(-9)! ^ 4));
  await expect(get(model!)).rejects.toThrow(/could not be loaded \(its bytes are not those that were published\)/); // prettier-ignore
  host((bytes) => bytes.subarray(0, -4));
  await expect(get(model!)).rejects.toMatchObject({ kind: 'file' });
  await expect(get({ ...model!, sha256: undefined })).resolves.toBeInstanceOf(ArrayBuffer);
});
