import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * A training as one watches it, in a real browser: it ends by itself, is scrubbed through, and its settings are moved while it runs.
 */

const TRAIN = '#mode=train&dataset=synthetic&backend=wasm&density=numbers';
const SMALL = `${TRAIN}&sizes=784,24,24&groups=6,6&steps=8`;
const images = async (page: Page) => Number(await page.getByTestId('metric-images').textContent());
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const start = (page: Page) => page.getByRole('button', { name: 'Start training' }).click();

/** The page, with a small network that learns. */
async function training(page: Page): Promise<void> {
  if (!isNew(page)) return;
  await page.goto(SMALL);
  await start(page);
}

/** The paint of a canvas, as one number that changes with it. */
const paintOf = (page: Page, name: RegExp) =>
  page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, i) => (sum + value * ((i % 251) + 1)) % 1e9, 0);
  });

test('training ends by itself, says why, and the set-up carries when', async ({ page }) => {
  await page.goto(SMALL);
  await page.getByText('Ends by itself').click();
  await page.getByLabel('after minutes').fill('0');
  await page.getByLabel('after minutes').press('Enter');
  await expect(page.getByText('must be a number from 0.1 to 10000')).toBeVisible();
  await page.getByLabel('after minutes').fill('0.1');
  await page.getByLabel('after minutes').press('Enter');
  await expect(page.getByText('Ends by itself')).toContainText('after 0.1 min');
  await expect(page).toHaveURL(/stop=minutes/);
  await start(page);
  await expect(messages(page)).toContainText('Training has ended: 0.1 minutes are over', { timeout: 60_000 }); // prettier-ignore
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  const seen = await images(page);
  expect(seen).toBeGreaterThan(0);
  await page.reload();
  await expect(page.getByText('Ends by itself')).toContainText('after 0.1 min');
});

test('one scrubs through what it could do, with the curves beside', async ({ page }) => {
  await page.goto(`${SMALL}&stage=learning`);
  const stage = page.getByRole('region', { name: 'What it can do' });
  await expect(stage).toBeVisible({ timeout: 60_000 });
  await start(page);
  const timeline = page.getByRole('slider', { name: 'Learning timeline' });
  await expect.poll(async () => Number(await timeline.getAttribute('max')), { timeout: 60_000 }).toBeGreaterThan(5); // prettier-ignore
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  await expect(stage.getByText('now,')).toBeVisible();
  // What is on show is of a moment ago until it is looked at once more.
  const upToDate = async () => {
    const seen = (await images(page)).toLocaleString('en');
    return (await stage.textContent())!.includes(`now, after ${seen} images`);
  };
  await expect.poll(upToDate).toBe(true);
  const now = await paintOf(page, /^reconstructed/);
  await timeline.fill('0');
  await expect(stage).toContainText('after 0 images');
  await expect(stage).toContainText('too few images seen for a prior');
  await expect.poll(() => paintOf(page, /^reconstructed/)).not.toBe(now);
  await expect(page.getByRole('tabpanel', { name: 'Curves' })).toContainText('at 0 images');
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await expect.poll(() => paintOf(page, /^reconstructed/)).toBe(now);
  await page.getByRole('button', { name: 'Watch it learn' }).click();
  await expect(stage).toContainText('now,', { timeout: 30_000 });

  await page.getByRole('tab', { name: 'Health' }).click();
  const health = page.getByRole('tabpanel', { name: 'Health' });
  await expect(health).toContainText('never win');
  await expect(health.getByRole('row', { name: /^W1/ })).toContainText('of 784');
});

test.describe('while it learns', () => {
  test.use({ visit: 'learning' });

  test('a setting is moved while it trains: what it acts on is lit, and the curve marks it', async ({
    page,
  }) => {
    await training(page);
    await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Settings' }).click();
    const slider = page.getByRole('slider', { name: 'Learning rate' });
    await slider.focus();
    await slider.press('Home');
    await expect(page.getByRole('textbox', { name: /Learning rate/ })).toHaveValue('0.0001');
    await expect(page.locator('[data-lit]').first()).toBeAttached();
    await expect(page).toHaveURL(/learningRate=0\.0001/);
    await page.getByRole('button', { name: 'Close settings' }).click();
    await expect(page.locator('[data-lit]')).toHaveCount(0);
    // It trains on, and is the same run.
    const seen = await images(page);
    await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(seen);
  });

  test('curves are looked at closer, by hand and by key, and whole again', async ({ page }) => {
    await training(page);
    await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(800);
    await page.getByRole('button', { name: 'Pause training' }).click();
    const curve = page.getByRole('img', { name: /^Curve of Reconstruction/ });
    const whole = page.getByRole('button', { name: 'Whole run' });
    await expect(whole).toBeDisabled();
    const box = (await curve.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect(whole).toBeEnabled();
    await whole.click();
    await expect(whole).toBeDisabled();
    await curve.focus();
    await page.keyboard.press('+');
    await expect(whole).toBeEnabled();
    await page.keyboard.press('0');
    await expect(whole).toBeDisabled();
    const linear = await paintOf(page, /^Curve of Reconstruction/);
    await page.getByLabel('Log scale').check();
    await expect.poll(() => paintOf(page, /^Curve of Reconstruction/)).not.toBe(linear);
  });
});
