import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * The first visit: the large picture, what is imagined in its hidden part, and other ways to go on.
 */
const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const hero = (page: Page) => page.getByRole('img', { name: 'Drawing canvas' });
const strip = (page: Page) => page.getByTestId('imaginings');
const ways = (page: Page) => strip(page).getByRole('button');

/** How much blue, and how much ink, there is in a part of the large picture (shares of its width). */
const colours = (page: Page, from: number, to: number) =>
  hero(page).evaluate(
    (canvas: HTMLCanvasElement, [left, right]) => {
      const x = Math.ceil(canvas.width * left!);
      const width = Math.floor(canvas.width * right!) - x;
      const { data } = canvas.getContext('2d')!.getImageData(x, 0, width, canvas.height);
      let [blue, ink] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
        if (b > r + 60 && b > g + 30) blue++;
        if (r < 60 && g < 60 && b < 70) ink++;
      }
      const pixels = data.length / 4;
      return { blue: blue / pixels, ink: ink / pixels };
    },
    [from, to],
  );
const seenHalf = (page: Page) => colours(page, 0, 0.49);
const hiddenHalf = (page: Page) => colours(page, 0.52, 1);

async function open(page: Page, hash = ''): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  if (isNew(page)) await page.goto(`#backend=wasm${hash}`);
  await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
  return errors;
}

test.describe('a first visit', () => {
  test.use({ visit: 'first' });

  test('a first visit sees the story: the hidden half imagined in blue, and eight other ways to go on', async ({
    page,
  }) => {
    const errors = await open(page);
    await expect(page.getByRole('radiogroup', { name: 'Density' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Story' })).toBeChecked();
    await expect(page.getByRole('heading', { name: /sees the left half/ })).toBeVisible();
    const [seen, hidden] = [await seenHalf(page), await hiddenHalf(page)];
    expect(seen.ink).toBeGreaterThan(0.02);
    expect(seen.blue).toBe(0);
    expect(hidden.blue).toBeGreaterThan(0.02);
    expect(hidden.ink).toBe(0);
    await expect(ways(page)).toHaveCount(8, { timeout: 60_000 });
    expect(Number(await page.getByTestId('metric-surprise').innerText())).toBeGreaterThan(0);
    for (const layer of [1, 2, 3])
      await expect(page.getByTestId(`layer-${layer}-belief`)).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('one that is pressed takes the stage, and the first completion comes back', async ({
    page,
  }) => {
    const errors = await open(page);
    await expect(ways(page)).toHaveCount(8, { timeout: 60_000 });
    const first = await hiddenHalf(page);
    const last = ways(page).nth(7);
    await last.click();
    await expect(last).toHaveAttribute('aria-pressed', 'true', { timeout: 30_000 });
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 30_000 });
    await expect(ways(page)).toHaveCount(8);
    await page.getByRole('button', { name: 'Back to the first completion' }).click();
    await expect(last).toHaveAttribute('aria-pressed', 'false', { timeout: 30_000 });
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 30_000 });
    await expect.poll(async () => Math.abs((await hiddenHalf(page)).blue - first.blue)).toBeLessThan(1e-3); // prettier-ignore
    expect(errors).toEqual([]);
  });

  test('imagining again finds others', async ({ page }) => {
    const errors = await open(page);
    await expect(ways(page)).toHaveCount(8, { timeout: 60_000 });
    const names = () => ways(page).evaluateAll((all) => all.map((way) => way.ariaLabel));
    const before = await names();
    await page.getByRole('button', { name: 'Imagine again' }).click();
    await expect.poll(names, { timeout: 60_000 }).not.toEqual(before);
    await expect(ways(page)).toHaveCount(8);
    const nats = (await names()).map((name) => Number(/by (\d+) nats/.exec(name ?? '')![1]));
    expect(nats).toEqual([...nats].sort((a, b) => a - b));
    expect(errors).toEqual([]);
  });

  test('the rule of the paper leaves what is imagined paler, and says which rule it is', async ({
    page,
  }) => {
    const errors = await open(page);
    const ours = (await hiddenHalf(page)).blue;
    const rule = page.getByRole('combobox', { name: 'Completion' });
    await expect(rule).toHaveValue('silent');
    await rule.selectOption({ label: 'As in the paper' });
    await expect(page).toHaveURL(/completion=eq19/);
    await expect.poll(async () => (await hiddenHalf(page)).blue, { timeout: 30_000 }).toBeLessThan(0.8 * ours); // prettier-ignore
    await rule.selectOption('silent');
    await expect.poll(async () => (await hiddenHalf(page)).blue, { timeout: 30_000 }).toBeGreaterThan(0.8 * ours); // prettier-ignore
    expect(errors).toEqual([]);
  });

  test('the truth is shown where it is known, in ink, and hidden again', async ({ page }) => {
    const errors = await open(page);
    const truth = page.getByRole('button', { name: 'Show truth' });
    await truth.click();
    await expect(truth).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(async () => (await hiddenHalf(page)).ink).toBeGreaterThan(0.02);
    await truth.click();
    await expect.poll(async () => (await hiddenHalf(page)).ink).toBe(0);
    expect((await hiddenHalf(page)).blue).toBeGreaterThan(0.02);
    await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'None' });
    await expect(truth).toBeDisabled();
    expect(errors).toEqual([]);
  });

  test('no text is smaller than twelve pixels, nor eighteen on a projector', async ({ page }) => {
    const smallest = () =>
      page.evaluate(() => {
        const sizes = [...document.querySelectorAll<HTMLElement>('#root *')]
          .filter((element) => element.checkVisibility() && !element.closest('sub, sup, i'))
          .filter((element) =>
            [...element.childNodes].some(
              (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
            ),
          ) // prettier-ignore
          .map((element) => parseFloat(getComputedStyle(element).fontSize));
        return Math.min(...sizes);
      });
    await open(page);
    expect(await smallest()).toBeGreaterThan(11.9);
    await page.getByRole('button', { name: 'Present mode' }).click();
    expect(await smallest()).toBeGreaterThan(17.9);
  });
});

test('the density is remembered, and a class sees the story', async ({ page }) => {
  const errors = await open(page, '&density=numbers');
  await page.getByRole('radio', { name: 'Story' }).check({ force: true });
  await page.getByRole('radio', { name: 'Numbers' }).check({ force: true });
  await page.goto('about:blank');
  await page.goto('#backend=wasm');
  await expect(page.getByRole('radio', { name: 'Numbers' })).toBeChecked();
  await expect(page.getByTestId('metric-discrepancy')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Present mode' }).click();
  await expect(page.getByTestId('metric-discrepancy')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('metric-discrepancy')).toBeVisible();
  expect(errors).toEqual([]);
});

test('the top bar keeps its place whatever runs, and no chart is drawn without data', async ({
  page,
}) => {
  const errors = await open(page, '&density=numbers&speed=5');
  const places = () =>
    page
      .locator('header')
      .locator('button, [role="tab"], input')
      .evaluateAll((all) => all.map((element) => Math.round(element.getBoundingClientRect().x)));
  const before = await places();
  await page.getByRole('button', { name: 'Settle', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause settling' })).toBeVisible();
  expect(await places()).toEqual(before);
  await page.getByRole('tab', { name: 'Train' }).click();
  const curves = page.getByRole('tabpanel', { name: 'Curves' });
  await expect(curves).toBeVisible();
  await expect(curves.locator('canvas')).toHaveCount(0);
  expect(errors).toEqual([]);
});
