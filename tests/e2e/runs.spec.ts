import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * Trainings that are kept, in a real browser: left in the middle, found again, gone on with, taken home and brought back.
 */

const TRAIN = '#mode=train&dataset=synthetic&backend=wasm&density=numbers&panel=runs';
const autosave = (page: Page) => page.getByRole('status', { name: 'Autosave' });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
/** Pauses, and waits for the batch under way to end. */
async function pause(page: Page) {
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
}
const images = async (page: Page) => Number(await page.getByTestId('metric-images').textContent());

async function downloaded(page: Page, name: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).first().click();
  return (await downloading).path();
}

/** Trains until something of it is kept, and pauses: then all of it is. */
async function trained(page: Page) {
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(autosave(page)).toContainText('Kept in this browser', { timeout: 60_000 });
  await pause(page);
  // The last batch may still be on its way.
  const said = async () => Number((await autosave(page).textContent())!.replace(/\D/g, ''));
  await expect.poll(async () => (await said()) === (await images(page))).toBe(true);
  return images(page);
}

test('a training goes on after a reload where it was, curves and all', async ({ page }) => {
  await page.goto(TRAIN);
  const seen = await trained(page);
  const before = readFileSync(await downloaded(page, 'Export curves'), 'utf8');
  await page.reload();
  await expect(messages(page)).toContainText('is kept', { timeout: 30_000 });
  await messages(page).getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(seen);
  await pause(page);
  const after = readFileSync(await downloaded(page, 'Export curves'), 'utf8');
  expect(after.slice(0, before.length)).toBe(before);
  expect(after.length).toBeGreaterThan(before.length);
  // It is the same run still.
  await expect(page.getByTestId('runs').getByRole('listitem')).toHaveCount(1);
});

test('a tab that is closed while it trains loses a few seconds at most, and says so', async ({
  context,
}) => {
  const first = await context.newPage();
  await first.goto(TRAIN);
  await first.getByRole('button', { name: 'Start training' }).click();
  await expect(autosave(first)).toContainText('Kept in this browser', { timeout: 60_000 });
  // Another tab may look, and take a copy; the run is the first one's.
  const second = await context.newPage();
  await second.goto(TRAIN);
  const runs = second.getByTestId('runs');
  await runs.getByRole('button', { name: /^Go on with/ }).click();
  await expect(messages(second)).toContainText('open in another tab', { timeout: 30_000 });
  await second.close();
  await first.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(TRAIN);
  await expect(messages(again)).toContainText('was cut off', { timeout: 30_000 });
  await messages(again).getByRole('button', { name: 'Go on' }).click();
  await expect(again.getByText('learning now')).toBeVisible({ timeout: 30_000 });
  await pause(again);
});

test('a run is named, copied, exported, deleted, brought back, and imported elsewhere', async ({
  page,
  browser,
}) => {
  await page.goto(TRAIN);
  const seen = await trained(page);
  const runs = page.getByTestId('runs');
  await runs.getByRole('button', { name: 'Rename' }).click();
  await runs.getByRole('textbox', { name: 'Name of the run' }).fill('Mine');
  await page.keyboard.press('Enter');
  await expect(runs.getByRole('heading', { name: 'Mine' })).toBeVisible();
  await runs.getByRole('button', { name: 'Duplicate' }).click();
  await expect(runs.getByRole('heading', { name: 'Mine, copy' })).toBeVisible();
  for (const box of await runs.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const comparison = page.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByText('They differ in nothing that was set.')).toBeVisible();
  await expect(comparison.getByRole('img', { name: 'validation BCE (nats)' })).toContainText(
    'Mine',
  );
  await comparison.getByRole('button', { name: 'Close' }).click();
  const file = await downloaded(page, 'Export run');
  await runs.getByRole('listitem').filter({ hasText: 'copy' }).getByRole('button', { name: 'Delete' }).click(); // prettier-ignore
  await expect(runs.getByRole('listitem')).toHaveCount(1);
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await expect(runs.getByRole('listitem')).toHaveCount(2);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(TRAIN);
  const choosing = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Import' }).click();
  const name = 'mine.safetensors';
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer: readFileSync(file) }); // prettier-ignore
  await expect(other.getByTestId('runs').getByRole('listitem')).toHaveCount(1, { timeout: 30_000 });
  await other
    .getByTestId('runs')
    .getByRole('button', { name: /^Go on with Mine/ })
    .click();
  await expect.poll(() => images(other), { timeout: 60_000 }).toBeGreaterThan(seen);
  await elsewhere.close();
});
