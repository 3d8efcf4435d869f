import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { test } from './visit.ts';

/*
 * The Lab in a real browser: what is known is there at once; a cell is run, stopped, and gone on with after a reload.
 */

const progress = (page: Page) => page.getByRole('progressbar', { name: 'Experiment progress' });
const stop = (page: Page) => page.getByRole('button', { name: 'Stop' });
const cell = (page: Page, place: string) => page.getByTestId(`cell-${place}`);

test.describe('what is known', () => {
  test.use({ visit: 'known' });

  test('Table 1 shows the paper’s numbers at once, by keyboard too, and survives a reload', async ({
    page,
  }) => {
    await page.goto('#dataset=synthetic&backend=wasm');
    await page.getByRole('tab', { name: 'Complete' }).press('End');
    await page.getByRole('tab', { name: 'Exhibits' }).press('ArrowLeft');
    await expect(page.getByRole('tab', { name: 'Lab' })).toHaveAttribute('aria-selected', 'true');
    const table = page.getByRole('table', { name: 'Table 1: reconstruction and likelihood' });
    await expect(table).toBeVisible();
    await expect(cell(page, 'table-1-gncn-pdh-mnist')).toContainText('44.86');
    await expect(cell(page, 'table-1-gncn-pdh-kmnist')).toHaveAttribute('data-state', 'paper');
    await expect(cell(page, 'table-1-gncn-pdh-kmnist')).toContainText('not run here');
    await page.getByRole('link', { name: 'Figure 4: learning from few images' }).click();
    await expect(page).toHaveURL(/mode=lab.*experiment=figure-4/);
    await page.reload();
    await expect(page.getByRole('link', { name: /Figure 4/ })).toHaveAttribute(
      'aria-current',
      'page',
    );
  });

  test('what is known can be taken away', async ({ page }) => {
    await page.goto('#mode=lab&experiment=table-1&dataset=synthetic');
    const saved = async (name: string) => {
      const downloading = page.waitForEvent('download');
      await page.getByRole('button', { name }).click();
      return readFileSync(await (await downloading).path(), 'utf8');
    };
    expect(await saved('Export CSV')).toContain(
      'paper,table-1,gncn-pdh,mnist,,,,printed,bce,44.86',
    );
    const svg = await saved('Export SVG');
    expect(svg).toMatch(/^<svg .*44\.86 ±0\.05.*<\/svg>$/s);
    // It brings its font along ("d09GMg" are the first bytes of one), and asks for nothing.
    expect(svg).toMatch(/@font-face\{font-family:'Inter Variable'[^}]*url\(data:font\/woff2;base64,d09GMg/); // prettier-ignore
  });

  test('all models complete one drawing', async ({ page }) => {
    await page.goto('#mode=lab&experiment=side-by-side&backend=wasm&dataset=synthetic');
    const models = page.getByRole('list', { name: 'What the models make of it' });
    await expect(models.getByText(/settles, hidden pixels silent/).first()).toBeVisible({
      timeout: 60_000,
    });
    await page.getByRole('radio', { name: 'Paper’s rule' }).check();
    await expect(models.getByText(/Eq\. 19/).first()).toBeVisible({ timeout: 60_000 });
    await page.getByRole('radio', { name: 'Reconstruct' }).check();
    await expect(models.getByText(/squared error/).first()).toBeVisible({ timeout: 60_000 });
  });

  test('on a phone nothing is cut off', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('#mode=lab&experiment=table-1&dataset=synthetic');
    await expect(page.getByRole('table')).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });
});

test('numbers that are opened before the figure has come stay open', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/lab/figure-4.json', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('#mode=lab&experiment=figure-4&backend=wasm&dataset=synthetic');
  await page.getByText('Cells and numbers of this figure').click();
  release();
  const rae = cell(page, 'figure-4-rae-mnist');
  await expect(rae).toHaveAttribute('data-state', 'shipped');
  await expect(rae.getByRole('button')).toBeVisible();
});

/*
 * A real cell, of the smallest that there are: an RAE that learns from 100 images. Its set is the page's own, its training short.
 */
test('a cell runs, is stopped, goes on after a reload, and opens', async ({ page }) => {
  await page.goto('#mode=lab&experiment=figure-4&backend=wasm&dataset=synthetic');
  const rae = cell(page, 'figure-4-rae-mnist');
  await page.getByText('Cells and numbers of this figure').click();
  await expect(rae).toHaveAttribute('data-state', 'shipped');
  await rae.getByRole('button').click();
  await page.getByRole('button', { name: 'Run cell' }).click();
  await expect(progress(page)).toBeVisible();
  await expect(rae).toHaveAttribute('data-state', 'running', { timeout: 60_000 });
  await expect(page.getByText(/1 of 3 cells/)).toBeVisible({ timeout: 90_000 });
  // The theatre stays usable, and says that the Lab runs.
  await page.getByRole('tab', { name: 'Complete' }).click();
  await expect(page.getByRole('button', { name: /The Lab is running/ })).toBeVisible();
  await page.getByRole('button', { name: /The Lab is running/ }).click();
  await stop(page).click();
  await expect(progress(page)).toBeHidden({ timeout: 60_000 });
  await page.reload();
  await expect(rae).toHaveAttribute('data-state', 'done');
  await page.getByText('Cells and numbers of this figure').click();
  await page.getByRole('button', { name: 'Run row RAE' }).click();
  await expect(page.getByText(/0 of 2 cells/)).toBeVisible({ timeout: 60_000 }); // the first is kept
  await stop(page).click();
  await expect(progress(page)).toBeHidden({ timeout: 60_000 });
  await rae.getByRole('button').click();
  await expect(page.getByRole('table', { name: 'Numbers of this cell' })).toContainText('BCE');
  await expect(page.getByRole('img', { name: 'original' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete my results' }).click();
  await expect(rae).toHaveAttribute('data-state', 'shipped');
  await page
    .getByRole('region', { name: 'Messages' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(rae).toHaveAttribute('data-state', 'done');
});
