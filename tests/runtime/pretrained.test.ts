import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { defaultConfig } from '../../src/ngc/config/parse.ts';
import type { ModelConfig } from '../../src/ngc/config/settings.ts';
import { fetchSurprise, pretrainedIndex } from '../../src/runtime/pretrained.ts';

/* The cards beside the page, as the page reads them. */
let folder: (path: string) => string | null;
const shipped = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../public/${path}`, import.meta.url)), 'utf8');

beforeEach(() => {
  folder = shipped;
  vi.stubGlobal('fetch', (url: string | URL) => {
    const text = folder(new URL(url).pathname.slice(1));
    return Promise.resolve(new Response(text, { status: text === null ? 404 : 200 }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const pdh = async () => (await pretrainedIndex('http://page/')).get('gncn-pdh')!;
const settings = () =>
  (JSON.parse(shipped('models/gncn-pdh.json')) as { settings: ModelConfig }).settings;

test('a card tells how ψ is spread, for the settings it was measured with and no others', async () => {
  const entry = await pdh();
  const told = await fetchSurprise(entry, settings());
  expect(told).toMatchObject({ images: 2000 });
  expect(told!.p5).toBeLessThan(told!.p95);
  expect(await fetchSurprise(entry, { ...settings(), batch: 3 })).toEqual(told);
  for (const [key, value] of Object.entries({
    beta: 0.2,
    leak: 0.5,
    laplace: 0.1,
    steps: 50,
    lateralInhibition: 0,
    selfExcitation: 0,
  }))
    // prettier-ignore
    expect(await fetchSurprise(entry, { ...settings(), [key]: value })).toBeNull();
});

test('a card that is missing, or does not tell, is none', async () => {
  const entry = await pdh();
  folder = () => null;
  expect(await fetchSurprise(entry, settings())).toBeNull();
  folder = () => '<html>';
  expect(await fetchSurprise(entry, settings())).toBeNull();
  folder = () => JSON.stringify({ settings: settings(), discrepancy: { images: 3, p5: 'low' } });
  expect(await fetchSurprise(entry, settings())).toBeNull();
  folder = () => JSON.stringify({ settings: settings() });
  expect(await fetchSurprise(entry, defaultConfig('gncn-pdh'))).toBeNull();
});
