import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Browser, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { findChromium } from './chromium.ts';
import { watchOpening } from './watchOpening.ts';

/*
 * How long the built page takes from navigation to the first completed digit, step by step, with an empty cache:
 *
 *   npx tsx tests/e2e/opening.ts [--openings 11] [--hash backend=wasm] dist [another …]
 *
 * Several builds take turns, so that what else the machine does meets them alike.
 */

/** What is seen of an opening from outside; ms after the navigation began. */
interface Opening {
  readonly steps: Readonly<Record<string, number>>;
  readonly requests: readonly string[];
}

/** When requests of a thread ended, and when the thread began, counted from the navigation. */
const timesOf = () => ({
  origin: performance.timeOrigin,
  entries: (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
    ({ name, responseEnd }) => ({ name, at: performance.timeOrigin + responseEnd }),
  ),
});

/** What the pages' processes have had of the processors so far, ms: what other programs do does not count. */
async function processorTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  return pages.reduce((sum, { cpuTime }) => sum + 1000 * cpuTime, 0);
}

async function open(browser: Browser, address: string): Promise<Opening> {
  const before = await processorTime(browser);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page: Page = await context.newPage();
  const requests: string[] = [];
  let settled = false;
  page.on('request', (request) => {
    if (!settled) requests.push(request.url());
  });
  // What tsx names functions by is not on the page.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.addInitScript(watchOpening);
  await page.goto(address);
  await page.waitForFunction(
    () => 'digit completed' in (window as unknown as { marks: object }).marks,
    null,
    { timeout: 120_000 },
  );
  settled = true;
  const spent = (await processorTime(browser)) - before;
  const marks = await page.evaluate(
    () => (window as unknown as { marks: Record<string, number> }).marks,
  );
  const there = await page.evaluate(timesOf);
  const [engine] = page.workers().filter((worker) => /main-/.test(worker.url()));
  const beside = engine && (await engine.evaluate(timesOf));
  const last = (wanted: RegExp) =>
    Math.max(
      ...[...there.entries, ...(beside?.entries ?? [])]
        .filter(({ name }) => wanted.test(name))
        .map(({ at }) => at - there.origin),
    );
  await context.close();
  return {
    steps: {
      'bundle loaded': last(/assets\/index-.*\.js/),
      ...(beside && { 'worker begins': beside.origin - there.origin }),
      'weights loaded': last(/gncn-pdh\.safetensors/),
      ...marks,
      'processor time': spent,
    },
    requests,
  };
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    openings: { type: 'string', default: '11' },
    hash: { type: 'string', default: 'backend=auto' },
  },
});
const folders = positionals.length > 0 ? positionals : ['dist'];
const missing = folders.find((folder) => !existsSync(resolve(folder, 'index.html')));
if (missing !== undefined) throw new Error(`${missing} holds no built page`);
const browser = await chromium.launch({
  executablePath: findChromium('time'),
  args: ['--no-sandbox'],
});
const servers = await Promise.all(
  folders.map((outDir) =>
    preview({
      build: { outDir: resolve(outDir) },
      preview: { port: 0, host: '127.0.0.1' },
      logLevel: 'error',
    }),
  ),
);
const openings = folders.map((): Opening[] => []);
for (let i = 0; i <= Number(values.openings); i++)
  for (const [k, server] of servers.entries()) {
    const address = `${server.resolvedUrls!.local[0]}#${values.hash}`;
    const opening = await open(browser, address);
    // The first opening warms the server and the browser's own files.
    if (i > 0) openings[k]!.push(opening);
  }
for (const [k, folder] of folders.entries()) {
  const names = [...new Set(openings[k]!.flatMap(({ steps }) => Object.keys(steps)))];
  const rows = names
    .map((name) => ({
      name,
      all: openings[k]!.map(({ steps }) => steps[name] ?? NaN).filter(Number.isFinite),
    }))
    .map(({ name, all }) => ({
      name,
      median: median(all),
      least: Math.min(...all),
      most: Math.max(...all),
    }))
    .sort((a, b) => a.median - b.median);
  console.log(`\n${folder}`);
  for (const row of rows)
    console.log(
      `${row.name.padEnd(30)} ${[row.median, row.least, row.most].map((ms) => ms.toFixed(0).padStart(6)).join('')}`,
    );
}
await browser.close();
for (const server of servers) await new Promise((done) => server.httpServer.close(done));
process.exit(0);
