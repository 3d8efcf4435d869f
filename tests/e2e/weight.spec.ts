import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { expect, test } from '@playwright/test';

import { watchOpening } from './watchOpening.ts';

/*
 * What the page asks for until it shows its first picture, packed as a host packs it. Whoever makes it heavier says so here; what is
 * not needed for that picture comes after it.
 */

/** Programs, styles, type and pages, kB of 1000 bytes. */
const MOST_OF_PROGRAMS = 675;
/** The network, which hardly packs. */
const MOST_OF_WEIGHTS = 4800;

/** Kinds of files that hosts pack. */
const PACKED = /\.(html|js|css|json|svg|wasm|webmanifest)$/;

function kilobytes(name: string): number {
  const bytes = readFileSync(join('dist', name));
  return (PACKED.test(name) ? gzipSync(bytes, { level: 9 }).length : bytes.length) / 1000;
}

test('little has to come before the first picture, and nothing that it can do without', async ({
  page,
}) => {
  const asked = new Set<string>();
  let there = false;
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (!there) asked.add(pathname === '/' ? 'index.html' : pathname.slice(1));
  });
  await page.addInitScript(watchOpening);
  await page.goto('#backend=wasm');
  await page.waitForFunction(
    () => 'first frame received' in (window as unknown as { marks: object }).marks,
  );
  there = true;
  const files = [...asked].filter((name) => existsSync(join('dist', name)));
  const sum = (names: readonly string[]) => names.reduce((all, name) => all + kilobytes(name), 0);
  const isWeights = (name: string) => name.startsWith('models/') && !name.endsWith('.json');
  const programs = files.filter((name) => !isWeights(name));
  const said = programs.map((name) => `${kilobytes(name).toFixed(1)} ${name}`).sort().join('\n'); // prettier-ignore
  expect(files.some((name) => /page-.*\.js$/.test(name))).toBe(true);
  expect(files.filter(isWeights)).toEqual(['models/gncn-pdh.safetensors']);
  expect(files.filter((name) => /\/((Lab|Hall|Dialogs|DetailsPanel)|(poolMember|umap)[.\w]*)-/i.test(name))).toEqual([]); // prettier-ignore
  expect(sum(programs), said).toBeLessThan(MOST_OF_PROGRAMS);
  expect(sum(files.filter(isWeights))).toBeLessThan(MOST_OF_WEIGHTS);
});

test('on this machine everything comes as it lies there, and says how long it is', async ({
  request,
}) => {
  for (const name of ['models/gncn-pdh.safetensors', 'index.html']) {
    const headers = { 'accept-encoding': 'gzip' };
    const got = (await request.get(name, { headers })).headers();
    expect(got['content-encoding']).toBeUndefined();
    expect(got['content-length']).toBe(String(readFileSync(`dist/${name}`).length));
  }
});
