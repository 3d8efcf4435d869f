import { parseArgs } from 'node:util';

import { chromium } from '@playwright/test';
import { preview } from 'vite';

import { findChromium } from '../e2e/chromium.ts';
import { takeFrames, watchFrames } from './frames.ts';

/*
 * How far a network comes in the built page, by the clock: seconds after *Start training*, images learnt from, and the BCE of the images
 * that are held out, whenever the page has measured it anew; at last, how many tasks held the page up for more than 50 ms, and how long its frames took. Backend, recipe and speed are the page's own; the engine says how fast.
 *
 *   npm run build && npx tsx tests/long/inThePage.ts [--seconds 60] [--hash seed=1] [dist]
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    hash: { type: 'string', default: 'seed=1' },
  },
});
const server = await preview({
  build: { outDir: positionals[0] ?? 'dist' },
  preview: { port: 0, host: '127.0.0.1' },
  logLevel: 'error',
});
const browser = await chromium.launch({
  executablePath: findChromium('time'),
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
// What tsx names functions by is not on the page.
await page.addInitScript('globalThis.__name = (named) => named');
await page.goto(`${server.resolvedUrls!.local[0]}#mode=train&model=gncn-pdh&dataset=mnist&density=numbers&${values.hash}`); // prettier-ignore
const start = page.getByRole('button', { name: 'Start training' });
await start.click({ timeout: 60_000 });
const began = performance.now();
await watchFrames(page);
await page.evaluate(() => {
  const longTasks: number[] = [];
  Object.assign(window, { longTasks });
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
});
const read = async (name: string) => (await page.getByTestId(`metric-${name}`).textContent()) ?? '';
let last = '';
for (;;) {
  const seconds = (performance.now() - began) / 1000;
  if (seconds > Number(values.seconds)) break;
  const bce = await read('validation-bce');
  if (bce !== last)
    process.stdout.write(`${seconds.toFixed(1).padStart(6)} s  ${(await read('images')).padStart(7)} images  BCE ${bce}  ${await read('images-per-second')} images/s\n`); // prettier-ignore
  last = bce;
  await page.waitForTimeout(100);
}
const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
const { median, late } = await takeFrames(page);
process.stdout.write(
  `${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks).toFixed(0)} ms; frames ${median.toFixed(1)} ms, one of twenty over ${late.toFixed(1)} ms\n`,
);
await browser.close();
await new Promise((done) => server.httpServer.close(done));
process.exit(0);
