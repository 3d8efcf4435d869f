import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { test } from './visit.ts';
import { EXHIBITS } from '../../src/exhibits/exhibits.ts';

/*
 * The hall in a real browser: every exhibit that there is is opened from the plan, tried, run and begun again.
 */

const view = (page: Page) => page.getByTestId('exhibit-view');
const metric = (page: Page) => page.getByTestId('exhibit-metric');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const status = (page: Page) => page.getByRole('tabpanel', { name: 'Exhibits' }).getByRole('status');
const A_NUMBER = /^−?\d/;

/** How many colours a picture has, of those at places in even distances. */
const colours = (page: Page) =>
  view(page).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    return new Set(pixels.filter((_, i) => i % 7 === 0)).size;
  });

test('every exhibit is opened, tried, run and rewound', async ({ page }) => {
  test.setTimeout(EXHIBITS.length * 60_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto('#mode=exhibits&dataset=synthetic');
  for (const { title, question, trials, pace, controls } of EXHIBITS)
    await test.step(title, async () => {
      await page.getByRole('link', { name: title, exact: true }).click();
      await expect(page.getByRole('heading', { name: question })).toBeVisible();
      await expect(status(page)).not.toHaveText(/Beginning|Reading|Starting/, { timeout: 60_000 });
      await expect.poll(() => colours(page)).toBeGreaterThan(3);
      await expect(view(page)).toHaveAttribute('aria-label', new RegExp(`^${title}\\. .+`));
      for (const trial of trials) {
        await button(page, trial.title).click();
        await expect(status(page)).not.toHaveText(/has a fault/);
        const others = Object.entries(trial.values).filter(
          ([key, value]) => controls.find((control) => control.key === key)?.usual !== value,
        );
        for (const [key] of others) await expect(page).toHaveURL(new RegExp(`[=,]${key}\\.`));
      }
      await expect(metric(page)).toHaveText(A_NUMBER, { timeout: 60_000 });
      if (pace !== 'by hand') {
        await button(page, 'Rewind').click();
        await expect(page.getByTestId('exhibit-step')).toHaveText(`${pace.step} 0`);
        await button(page, `One ${pace.step}`).click();
        await expect(page.getByTestId('exhibit-step')).toHaveText(`${pace.step} 1`);
        await button(page, 'Run').click();
        await expect(page.getByTestId('exhibit-step')).not.toHaveText(`${pace.step} 1`);
        const pause = button(page, 'Pause');
        if (await pause.isVisible()) await pause.click();
      }
      await page.keyboard.press('Escape');
      await expect(page.getByRole('heading', { name: question })).toBeHidden();
    });
  expect(faults).toEqual([]);
});

test.describe('by address', () => {
  test.use({ visit: 'address' });

  test('a curve is dragged, and what it is set to outlives a reload', async ({ page }) => {
    await page.goto('#mode=exhibits&exhibit=two-gaussians&dataset=synthetic&set=believedMean.3');
    const slider = page.getByRole('slider', { name: 'Mean of the belief q' });
    await expect(slider).toHaveAttribute('aria-valuetext', '3');
    const before = await metric(page).textContent();
    const box = (await view(page).boundingBox())!;
    await page.mouse.move(box.x + 0.55 * box.width, box.y + 0.6 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.62 * box.width, box.y + 0.6 * box.height, { steps: 4 });
    await page.mouse.up();
    await expect(metric(page)).not.toHaveText(before ?? '');
    const mean = await slider.getAttribute('aria-valuetext');
    expect(mean).not.toBe('3');
    await expect(page).toHaveURL(new RegExp(`set=believedMean\\.${mean}(&|$)`));
    const now = await metric(page).textContent();
    const address = page.url();
    await page.reload();
    await expect(metric(page)).toHaveText(now ?? '');
    expect(page.url()).toBe(address);
  });

  test('what the address asks for in vain is said', async ({ page }) => {
    await page.goto('#mode=exhibits&exhibit=two-gaussians&dataset=synthetic&set=believedMean.99');
    await expect(page.getByText('believedMean must be a number from -4 to 4')).toBeVisible();
    await expect(metric(page)).toHaveText(A_NUMBER);
  });
});
