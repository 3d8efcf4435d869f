import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { engineWithDevice, loseDevice } from '../helpers/lostDevice.ts';

/*
 * What dies under the page takes nothing along: the engine's thread, a worker beside it, the graphics device.
 */

test.use({ serviceWorkers: 'block' });

const SMALL = 'sizes=784,40,40&batch=20&steps=10';
const TRAIN = `#mode=train&dataset=synthetic&density=numbers&${SMALL}`;
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const images = async (page: Page) => Number(await page.getByTestId('metric-images').textContent());
const backend = (page: Page) => page.getByRole('status', { name: 'Backend' });
const AGAIN = /was started again; training goes on from batch [\d,]+/;

/** The page's threads that were started, to be killed without a word: a thread that is terminated says nothing. */
async function withThreads(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const threads: { readonly name: string; readonly worker: globalThis.Worker }[] = [];
    const Thread = window.Worker;
    window.Worker = class extends Thread {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        threads.push({ name: options?.name ?? '', worker: this });
      }
    };
    Object.assign(window, { threads });
  });
}
/** Kills the newest thread of a kind. */
const kill = (page: Page, kind: 'ngc-engine' | 'ngc-lab') =>
  page.evaluate((start) => {
    const { threads } = window as unknown as {
      threads: { name: string; worker: globalThis.Worker }[];
    };
    threads
      .filter(({ name }) => name.startsWith(start))
      .at(-1)!
      .worker.terminate();
  }, kind);
const killEngine = (page: Page) => kill(page, 'ngc-engine');

async function train(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect.poll(() => images(page), { timeout: 90_000 }).toBeGreaterThan(100);
  return images(page);
}
/** What is drawn, as the address has it. */
const drawn = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('drawing');

test('an engine that is killed while it trains is followed by another, which trains on; what was drawn stays', async ({
  page,
}) => {
  await withThreads(page);
  await page.goto(`#backend=wasm&dataset=synthetic&density=numbers&weights=own&${SMALL}`);
  const canvas = page.getByRole('img', { name: 'Drawing canvas' });
  await expect(canvas).toBeVisible();
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height * 0.8, { steps: 5 });
  await page.mouse.up();
  // The address follows a moment later.
  await expect.poll(() => drawn(page) ?? 'nine').not.toBe('nine');
  const before = drawn(page);
  await page.getByRole('tab', { name: 'Train' }).click();
  for (let kill = 0; kill < 2; kill++) {
    if (kill === 0) await train(page);
    // A second later the page has what was learnt until now; after five no engine dies young, which twice in a row asks for a simpler one.
    const seen = await images(page);
    await expect.poll(() => images(page)).toBeGreaterThan(seen);
    await page.waitForFunction(() => new Promise((done) => setTimeout(done, 6000, true)));
    await killEngine(page);
    await expect(messages(page)).toContainText(AGAIN, { timeout: 30_000 });
    await messages(page).getByRole('button', { name: 'Dismiss' }).first().click();
    await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(seen);
  }
  await page.getByRole('button', { name: 'Pause training' }).click();
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('button', { name: 'Pause training' }).click();
  await page.getByRole('tab', { name: 'Complete' }).click();
  expect(drawn(page)).toBe(before);
});

test('an engine that was killed while training rested has all that was learnt', async ({
  page,
}) => {
  await withThreads(page);
  await page.goto(`${TRAIN}&backend=wasm`);
  await train(page);
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  await page.waitForFunction(() => new Promise((done) => setTimeout(done, 2500, true)));
  const seen = await images(page);
  await killEngine(page);
  await expect(messages(page)).toContainText('everything is as it was', { timeout: 30_000 });
  await expect.poll(() => images(page)).toBe(seen);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save model' }).first().click();
  expect((await downloading).suggestedFilename()).toContain(`-${seen}-images`);
});

test('workers that are killed are replaced, and training goes on', async ({ page }) => {
  await page.goto(`#mode=train&dataset=synthetic&density=numbers&backend=wasm&batch=100&steps=10`);
  await train(page);
  const member = () => page.workers().find((worker) => worker.url().includes('poolMember'));
  // Only where there are cores to share batches out over.
  const count = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(count < 2, 'one core has no workers');
  await expect.poll(() => member() !== undefined).toBe(true);
  await member()!.evaluate(() => self.close());
  await expect(messages(page)).toContainText('others take its place', { timeout: 30_000 });
  const before = await images(page);
  await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(before);
});

test('a graphics device that is lost while the network learns: the training goes on', async ({
  page,
}) => {
  const engine = await engineWithDevice(page);
  await page.goto(`${TRAIN}&backend=webgpu`);
  await expect(backend(page)).toContainText(/webgpu/i, { timeout: 60_000 });
  await train(page);
  await page.waitForFunction(() => new Promise((done) => setTimeout(done, 1500, true)));
  const before = await images(page);
  await loseDevice(engine());
  await expect(messages(page)).toContainText('The graphics device was lost', { timeout: 60_000 });
  await expect(messages(page)).toContainText(AGAIN);
  await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(before);
  // No other sentence: not one about buffers, maps or promises.
  await expect(messages(page)).not.toContainText(/map|buffer|instance/i);
});

test('a graphics device that is lost while a digit settles: it settles on', async ({ page }) => {
  const engine = await engineWithDevice(page);
  await page.goto(`#backend=webgpu&dataset=synthetic&weights=own&${SMALL}`);
  await expect(backend(page)).toContainText(/webgpu/i, { timeout: 60_000 });
  const status = page.getByRole('status', { name: 'Run status' });
  await expect(status).toContainText(/settled|stopped/i, { timeout: 60_000 });
  await loseDevice(engine());
  await expect(messages(page)).toContainText('The graphics device was lost', { timeout: 60_000 });
  await expect(status).toContainText(/settled|stopped/i, { timeout: 60_000 });
  await expect(messages(page)).not.toContainText(/map|buffer|instance/i);
});

test('the Lab’s thread is killed under a run: another goes on with what is left', async ({
  page,
}) => {
  await withThreads(page);
  await page.goto('#mode=lab&experiment=figure-4&backend=wasm&dataset=synthetic');
  const rae = page.getByTestId('cell-figure-4-rae-mnist');
  await page.getByText('Cells and numbers of this figure').click();
  await expect(rae).toHaveAttribute('data-state', 'shipped');
  await rae.getByRole('button').click();
  await page.getByRole('button', { name: 'Run cell' }).click();
  await expect(page.getByText(/1 of 3 cells/)).toBeVisible({ timeout: 90_000 });
  await kill(page, 'ngc-lab');
  await expect(messages(page)).toContainText('The Lab stopped and was started again', { timeout: 30_000 }); // prettier-ignore
  await expect(messages(page)).toContainText('what was finished is kept');
  // The first has its result: two are left, and another of them is finished.
  await expect(page.getByText(/1 of 2 cells/)).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: 'Experiment progress' })).toBeHidden({ timeout: 60_000 }); // prettier-ignore
  await expect(rae).toHaveAttribute('data-state', 'done');
});
