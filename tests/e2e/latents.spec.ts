import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * Codes in a real browser: the map and the drawing on it, samples of one Gaussian, the nearest training image, a walk, neurons by hand.
 */

const SMALL =
  'backend=wasm&dataset=synthetic&model=gncn-pdh&weights=own&sizes=784,36,36,36&steps=10&density=numbers';

const picture = (page: Page, within: string) =>
  page.getByTestId(within).locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()); // prettier-ignore

test('the map of the test images: by PCA and by UMAP, a dot settles in the theatre, and the map says when it is of then', async ({
  page,
}) => {
  await page.goto(`#${SMALL}&mode=complete&panel=latents`);
  const map = page.getByTestId('latent-map');
  await expect(map).toHaveAttribute('data-points', '1000', { timeout: 120_000 });
  const panel = page.getByRole('tabpanel', { name: 'Latents' });
  await expect(panel).toContainText('All 1,000 test images');
  await expect(panel).toContainText('before it learnt anything');

  // By keyboard: an image is looked at, and put on the canvas.
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('latent-image')).toContainText(/Test image [\d,]+, “\d”/);
  const said = (await page.getByTestId('latent-image').locator('b').textContent())!;
  await page.keyboard.press('Enter');
  await expect(page.getByText(said.replace('Test', 'test'), { exact: true })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Run status' })).toContainText(/10 steps/, { timeout: 60_000 }); // prettier-ignore
  await expect(panel).toBeVisible();

  await page.getByRole('combobox', { name: 'Projection' }).selectOption('UMAP');
  await expect(page.getByRole('progressbar', { name: 'Map progress' })).toBeVisible();
  await expect(map).toHaveAttribute('data-projection', 'umap', { timeout: 180_000 });

  await page.getByRole('button', { name: 'Weight update' }).click();
  await expect(page.getByTestId('map-since')).toContainText('The synapses have changed since', { timeout: 60_000 }); // prettier-ignore
  await page.getByRole('combobox', { name: 'Projection' }).selectOption('PCA');
  await expect(map).toHaveAttribute('data-projection', 'pca', { timeout: 120_000 });
  await expect(page.getByTestId('map-since')).toBeHidden();
});

test('who comes to what a pretrained network dreams sees samples at once', async ({ page }) => {
  await page.goto('#mode=sample&dataset=synthetic');
  await expect(page.getByTestId('components')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('No samples yet')).toBeHidden();
  const samples = page.getByTestId('samples');
  const seen = () => samples.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const first = await seen();
  await page.getByRole('button', { name: 'Draw samples' }).click();
  await expect.poll(seen).not.toBe(first);
});

test('samples of one Gaussian, at temperature 0 all alike; the nearest training image; a walk; neurons by hand', async ({
  page,
}) => {
  await page.goto(`#${SMALL}&mode=sample`);
  await page.getByRole('button', { name: 'Draw samples' }).click();
  const strip = page.getByTestId('components').getByRole('button');
  await expect(strip.nth(1)).toBeVisible({ timeout: 120_000 });
  const samples = page.getByTestId('samples');
  const seen = () => samples.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const all = await seen();
  await strip.nth(1).click();
  await expect.poll(seen).not.toBe(all);
  await expect(page.getByText(/Only from Gaussian 1/)).toBeVisible();
  await strip.first().click();
  await expect.poll(seen).toBe(all);
  await page.getByRole('slider', { name: 'Temperature' }).fill('0');
  await expect(page.getByText('0: only the means of its Gaussians')).toBeVisible();
  await expect.poll(seen).not.toBe(all);

  await samples.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('nearest')).toContainText(/Of [\d,]+ training images the nearest differs in \d+ of 784/, { timeout: 60_000 }); // prettier-ignore

  await page.getByRole('radio', { name: 'Walk' }).check({ force: true });
  const strips = page.getByRole('group', { name: 'Pictures on the way' }).getByRole('button');
  await expect(strips).toHaveCount(11, { timeout: 60_000 });
  await strips.first().click();
  await expect(page.getByRole('img', { name: '0.0 % of the way' })).toBeVisible();
  await page.getByRole('slider', { name: 'Place on the walk' }).press('End');
  await expect(page.getByRole('img', { name: '100 % of the way' })).toBeVisible();

  await page.getByRole('radio', { name: 'By hand' }).check({ force: true });
  const slider = page.getByTestId('by-hand').getByRole('slider').first();
  await expect(slider).toBeVisible({ timeout: 60_000 });
  const before = await picture(page, 'by-hand');
  await slider.press('Home');
  await expect.poll(() => picture(page, 'by-hand')).not.toBe(before);
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => picture(page, 'by-hand')).toBe(before);
});
