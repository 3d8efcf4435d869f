import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { takeFrames, watchFrames } from '../frames.ts';
import type { Heap } from './heaps.ts';
import { heapsOf } from './heaps.ts';

/*
 * Forty thousand batches with the theatre open: what is held in memory stays as it is, but for the curves; so do frame times and pace.
 */

/** Batches of a look; the first look is not counted: caches fill, code is compiled. So do pictures of what could be done when: some MB, then no more. */
const LOOK = 5000;
const LOOKS = 8;

interface Look {
  readonly batches: number;
  readonly perSecond: number;
  /** Time between two frames of the page, ms: the median, and what one of twenty exceeds. */
  readonly frame: { readonly median: number; readonly late: number };
  readonly heaps: ReadonlyMap<string, Heap>;
}

const batches = async (page: Page) =>
  Number((await page.getByTestId('metric-images').textContent())!.replace(/\D/g, '')) / 20;

/** Lets so many batches pass. */
async function look(page: Page, browser: Parameters<typeof heapsOf>[0]): Promise<Look> {
  const from = await batches(page);
  const began = performance.now();
  await takeFrames(page);
  await expect.poll(() => batches(page), { timeout: 20 * 60_000 }).toBeGreaterThan(from + LOOK);
  const to = await batches(page);
  const perSecond = ((to - from) / (performance.now() - began)) * 1000;
  const frame = await takeFrames(page);
  return { batches: to, perSecond, frame, heaps: await heapsOf(browser, page) };
}

test('40,000 batches with the theatre open leave memory, frames and pace as they were', async ({
  page,
  browser,
}) => {
  await page.goto(
    '#mode=train&dataset=synthetic&backend=wasm&sizes=784,32,32,16&steps=5&batch=20&trainspeed=full',
  );
  await page.getByRole('button', { name: 'Start training' }).click();
  await watchFrames(page);
  const looks: Look[] = [];
  for (let i = 0; i < LOOKS; i++) {
    const now = await look(page, browser);
    looks.push(now);
    const held = [...now.heaps].map(([name, { heap, buffers }]) => `${name} ${(heap / 1e6).toFixed(1)} + ${(buffers / 1e6).toFixed(1)} MB`); // prettier-ignore
    process.stdout.write(
      `${now.batches} batches, ${now.perSecond.toFixed(0)} a second; frames ${now.frame.median.toFixed(1)} ms (late ${now.frame.late.toFixed(1)}); ${held.join(', ')}\n`,
    );
  }
  await page.getByRole('button', { name: 'Pause training' }).click();
  await page.screenshot({ path: test.info().outputPath('after.png') });
  const [, first, ...later] = looks;
  const last = later.at(-1)!;
  for (const [name, { heap, buffers }] of last.heaps) {
    const before = first!.heaps.get(name)!;
    // The curves grow up to some thousands of points, of less than a kilobyte each.
    expect(heap - before.heap, `heap of ${name}`).toBeLessThan(9e6);
    expect(buffers - before.buffers, `buffers of ${name}`).toBeLessThan(2e6);
  }
  expect([...last.heaps.keys()]).toEqual([...first!.heaps.keys()]);
  // The first look is on its own: what comes after it is compared by the better of two, since others use the machine too.
  const pace = (some: Look[]) => Math.max(...some.map(({ perSecond }) => perSecond));
  expect(pace(later.slice(-2)) / pace([first!, later[0]!])).toBeGreaterThan(0.9);
  const frames = (some: Look[]) => Math.min(...some.map(({ frame }) => frame.median));
  expect(frames(later.slice(-2)) / frames([first!, later[0]!])).toBeLessThan(1.1);
});
