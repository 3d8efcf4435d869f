import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * A walk through the right-hand panel: what a pinned neuron computes, one of its synapses, the picture as a sum of features,
 * the atlas of fields, and how few neurons are active.
 */

const text = (page: Page, id: string) => page.getByTestId(id).innerText();
const number = async (page: Page, id: string) =>
  Number((await text(page, id)).replace('\u2212', '-').replace(/[^\d.e+-]/g, ''));
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const scrub = (page: Page, step: number) =>
  page.getByRole('slider', { name: 'Settling timeline' }).fill(String(step));

const painted = (page: Page, id: string) =>
  page.getByTestId(id).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.join();
  });

/** Clicks a canvas at a part of its width and height. */
async function clickAt(page: Page, id: string, x: number, y: number): Promise<void> {
  const { width, height } = (await page.getByTestId(id).boundingBox())!;
  await page.getByTestId(id).click({ position: { x: x * width, y: y * height } });
}

async function open(page: Page): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  if (isNew(page)) await page.goto('#density=numbers&backend=wasm&dataset=synthetic&speed=full');
  await expect(page.getByRole('status', { name: 'Run status' })).toContainText(/settled|stopped/i, {
    timeout: 60_000,
  });
  return errors;
}

test.use({ visit: 'panel' });

test('a pinned neuron shows why it moves, and the sum is where it goes', async ({ page }) => {
  const errors = await open(page);
  await clickAt(page, 'layer-1-state', 0.4, 0.3);
  await expect(page.getByRole('heading', { name: /^Neuron \d+, layer 1$/ })).toBeVisible();
  await scrub(page, 3);
  await expect(page.getByTestId('terms-step')).toHaveText('step 3 → 4');

  const kinds = ['bottomUp', 'topDown', 'lateral', 'prior', 'leak'];
  const terms = await Promise.all(kinds.map((kind) => number(page, `term-${kind}`)));
  const change = await number(page, 'term-sum');
  expect(Math.abs(terms.reduce((sum, term) => sum + term, 0) - change)).toBeLessThan(5e-4);
  const z = await number(page, 'term-z');
  const next = await number(page, 'term-next');
  const beta = await number(page, 'term-beta');
  expect(Math.abs(z + beta * change - next)).toBeLessThan(2e-4);

  // The next frame was computed by the engine, not here.
  const before = await painted(page, 'terms-waterfall');
  await scrub(page, 4);
  await expect(page.getByTestId('terms-step')).toHaveText('step 4 → 5');
  expect(Math.abs((await number(page, 'term-z')) - next)).toBeLessThan(2e-4);
  expect(await painted(page, 'terms-waterfall')).not.toBe(before);

  // Its curve scrubs too.
  await clickAt(page, 'neuron-curve', 0.99, 0.5);
  await expect(page.getByTestId('terms-step')).not.toHaveText('step 4 → 5');
  await expect(page.getByTestId('contest-verdict')).toHaveText(/wins|Nobody/);
  expect(errors).toEqual([]);
});

test('a synapse needs two numbers; backprop the chain down to the pixels', async ({ page }) => {
  const errors = await open(page);
  await clickAt(page, 'layer-3-state', 0.1, 0.1);
  await clickAt(page, 'neuron-synapses', 0.05, 0.05);
  await expect(page.getByTestId('synapse')).toBeVisible();
  await scrub(page, 2);
  const [phi, e] = [await number(page, 'synapse-activity'), await number(page, 'synapse-error')];
  expect(await number(page, 'synapse-change')).toBeCloseTo(phi * e, 2);
  expect(await text(page, 'synapse-weight')).toMatch(/\d/);
  // 784 errors, 784·360 weights W1, 360 of W2, 784 of M2, and 361 derivatives.
  await expect(page.getByTestId('synapse-backprop')).toContainText('284,529');
  await page.getByTestId('neuron-synapses').press('ArrowRight');
  await expect(page.getByTestId('synapse')).toBeVisible();
  await page.getByTestId('synapse').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId('synapse')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('the atlas is sorted, scaled, walked by keys, and leads to a neuron', async ({ page }) => {
  const errors = await open(page);
  await tab(page, 'Fields').click();
  await expect(page.getByTestId('fields-atlas')).toBeVisible();
  const painting = async () => {
    await page.waitForTimeout(700);
    return painted(page, 'fields-atlas');
  };
  const byPosition = await painting();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'activity' });
  const byActivity = await painting();
  expect(byActivity).not.toBe(byPosition);
  await page.getByRole('combobox', { name: 'Scale' }).selectOption({ label: 'this layer' });
  expect(await painting()).not.toBe(byActivity);

  const atlas = page.getByRole('application', { name: /Receptive fields/ });
  await atlas.click({ position: { x: 20, y: 20 } });
  // Sorted by activity: the first field is that of the most active neuron.
  const chosen = await text(page, 'atlas-chosen');
  await atlas.press('ArrowRight');
  await expect(page.getByTestId('atlas-chosen')).not.toHaveText(chosen);
  await atlas.press('ArrowLeft');
  await expect(page.getByTestId('atlas-chosen')).toHaveText(chosen);
  await atlas.press('Enter');
  await expect(page.getByRole('heading', { name: `${chosen}, layer 1` })).toBeVisible();
  await expect(page.getByTestId('contest-verdict')).toContainText('wins');
  expect(errors).toEqual([]);
});

test('the picture grows out of features until it is the output', async ({ page }) => {
  const errors = await open(page);
  await tab(page, 'Composition').click();
  await expect(page.getByTestId('composition-features')).toBeVisible();
  const grown = page.getByRole('slider', { name: 'Added up' });
  await grown.fill('1');
  await expect(page.getByTestId('composition-stage')).toHaveText('the strongest');
  const whole = () => painted(page, 'composition-whole');
  await expect.poll(() => painted(page, 'composition-partial')).not.toBe(await whole());
  await page.getByRole('button', { name: 'Grow' }).click();
  await expect(page.getByTestId('composition-stage')).toHaveText('all, with M₂');
  await expect.poll(() => painted(page, 'composition-partial')).toBe(await whole());

  await page.getByRole('slider', { name: 'Features' }).fill('30');
  await expect(grown).toHaveAttribute('max', '32');
  const heading = page.getByRole('heading', { name: /Who switches neuron \d+ on/ });
  const first = await heading.innerText();
  await page.getByTestId('composition-features').press('ArrowRight');
  await expect(heading).not.toHaveText(first);
  await page
    .getByRole('button', { name: /^neuron \d+ of layer [23]/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: /^Neuron \d+, layer [23]$/ })).toBeVisible();
  expect(errors).toEqual([]);
});

test('fewer neurons are active than without competition', async ({ page }) => {
  const errors = await open(page);
  await page.getByRole('slider', { name: 'Settling timeline' }).press('End');
  await tab(page, 'Sparsity').click();
  await page.getByRole('button', { name: 'Settle without competition' }).click();
  await expect(page.getByTestId('sparsity-without-1')).toBeVisible({ timeout: 60_000 });
  for (const layer of [1, 2, 3]) {
    const now = await number(page, `sparsity-now-${layer}`);
    expect(now).toBeGreaterThan(0);
    expect(now).toBeLessThan(await number(page, `sparsity-without-${layer}`));
  }
  const first = await painted(page, 'sparsity-histogram');
  await page.getByRole('radio', { name: 'z₃' }).check({ force: true });
  await expect.poll(() => painted(page, 'sparsity-histogram')).not.toBe(first);
  await expect(page.getByRole('table')).toContainText('0.22');
  expect(errors).toEqual([]);
});

test('every tab stands whole beside the others on any screen, and is reached by keys', async ({
  page,
}) => {
  const errors = await open(page);
  const tabs = page.getByRole('tablist', { name: 'Details' });
  for (const width of [1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const list = (await tabs.boundingBox())!;
    const boxes = await Promise.all(
      (await tabs.getByRole('tab').all()).map(async (one) => (await one.boundingBox())!),
    );
    expect(boxes).toHaveLength(9);
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(list.x);
      expect(box.x + box.width).toBeLessThanOrEqual(Math.min(width, list.x + list.width));
    }
    expect(new Set(boxes.map(({ y }) => y)).size).toBeLessThanOrEqual(2);
  }
  await tab(page, 'Fields').click();
  // The next one stands in the row below.
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Latents')).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Latents' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(tab(page, 'Runs')).toBeFocused();
  expect(errors).toEqual([]);
});
