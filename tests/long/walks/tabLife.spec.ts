import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { decodeModel } from '../../../src/io/modelFile.ts';
import { createRng } from '../../../src/shared/rng.ts';

/*
 * What becomes of tabs: frozen and thawed, slowed down, reloaded at any moment, two of them at once. A training is never lost, and
 * what is kept of it is whole.
 */
const TRAIN =
  '#mode=train&dataset=synthetic&backend=wasm&density=numbers&panel=runs&sizes=784,64,64,32&batch=50';
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const autosave = (page: Page) => page.getByRole('status', { name: 'Autosave' });
const images = async (page: Page) =>
  Number((await page.getByTestId('metric-images').textContent())!.replace(/\D/g, ''));
const begin = (page: Page) => page.getByRole('button', { name: 'Start training' }).click();

/** What a message says of a training that is kept: after how many images. */
const after = (message: string) =>
  Number(/after ([\d,]+) images/.exec(message)![1]!.replace(/,/g, ''));

/** Waits until it has learnt more. */
async function learnsOn(page: Page) {
  const seen = await images(page);
  await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(seen);
}

/** Nothing on the page says that something went wrong. */
const noFault = (page: Page) => expect(messages(page)).not.toContainText(/stopped|lost|failed/i);

/** The file of the run on show is a whole one. */
async function expectWholeFile(page: Page) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export run' }).first().click();
  const file = decodeModel(readFileSync(await (await downloading).path()), 'the run');
  expect(file.training!.imagesSeen).toBeGreaterThan(0);
  return file.training!.imagesSeen;
}

async function pause(page: Page) {
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
}

test('a tab that was frozen for half a minute trains on', async ({ page }) => {
  await page.goto(TRAIN);
  await begin(page);
  await learnsOn(page);
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i++) {
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, 30_000));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await learnsOn(page);
    await noFault(page);
  }
  await pause(page);
  await expectWholeFile(page);
});

test('a page that gets a twentieth of the time is slow, and nothing else', async ({ page }) => {
  await page.goto(TRAIN);
  await begin(page);
  await learnsOn(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await new Promise((resolve) => setTimeout(resolve, 30_000));
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await learnsOn(page);
  await noFault(page);
});

test('reloaded at any moment, a training goes on from a whole file, and never from an earlier one', async ({
  page,
}) => {
  const random = createRng(14);
  await page.goto(TRAIN);
  await begin(page);
  await expect(autosave(page)).toContainText('Kept in this browser', { timeout: 60_000 });
  let kept = 0;
  for (let i = 0; i < 50; i++) {
    await new Promise((resolve) => setTimeout(resolve, 8000 * random.uniform()));
    await page.reload();
    const goOn = messages(page).getByRole('button', { name: 'Go on' });
    await expect(goOn).toBeVisible({ timeout: 60_000 });
    const from = after((await messages(page).textContent())!);
    expect(from, `reload ${i + 1}`).toBeGreaterThanOrEqual(kept);
    await goOn.click();
    await expect(page.getByText('learning now')).toBeVisible({ timeout: 60_000 });
    expect(await images(page)).toBeGreaterThanOrEqual(from);
    kept = from;
  }
  await pause(page);
  expect(await expectWholeFile(page)).toBeGreaterThanOrEqual(kept);
  await expect(page.getByTestId('runs').getByRole('listitem')).toHaveCount(1);
});

test('two tabs that train at once keep a run each', async ({ context }) => {
  const pages = [await context.newPage(), await context.newPage()];
  for (const page of pages) {
    await page.goto(TRAIN);
    await begin(page);
  }
  for (const page of pages)
    await expect(autosave(page)).toContainText('Kept in this browser', { timeout: 120_000 });
  for (const page of pages) await learnsOn(page);
  for (const page of pages) await pause(page);
  await pages[0]!.reload();
  await expect(pages[0]!.getByTestId('runs').getByRole('listitem')).toHaveCount(2);
});
