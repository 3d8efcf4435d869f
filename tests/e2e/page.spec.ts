import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * A person's walk through the page, on WASM. With MNIST beside the page it trains on that, else on what the page falls
 * back to.
 */

const number = async (page: Page, id: string) =>
  Number((await page.getByTestId(id).innerText()).replace(/[^\d.+-]/g, ''));

const status = (page: Page) => page.getByRole('status', { name: 'Run status' });

/** The pixels of a canvas, as it is painted. */
const painted = (page: Page, id: string) =>
  page.getByTestId(id).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return [...data];
  });

/** Fails the test when the page logs an error or throws. */
function expectNoErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // A dataset or model that is not beside the page is looked for, and answered with 404.
    if (message.type() === 'error' && !message.text().includes('404')) errors.push(message.text());
  });
  return errors;
}

/** Draws a seven with the mouse on the drawing canvas. */
async function drawSeven(page: Page): Promise<void> {
  const canvas = page.getByRole('img', { name: 'Drawing canvas' });
  const box = (await canvas.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.3, 0.25));
  await page.mouse.down();
  await page.mouse.move(...at(0.7, 0.25), { steps: 8 });
  await page.mouse.move(...at(0.42, 0.8), { steps: 12 });
  await page.mouse.up();
}

test.describe('a first look', () => {
  test.use({ visit: 'look' });

  test('opens with half a digit hidden, and settles by itself', async ({ page }) => {
    const errors = expectNoErrors(page);
    await page.goto('#density=numbers&backend=wasm');
    await expect(page.getByRole('status', { name: 'Backend' })).toContainText('wasm');
    await expect(page.getByRole('combobox', { name: 'Occlusion' })).toHaveValue(/right/i);
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
    await expect.poll(() => number(page, 'metric-mmse')).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test('a drawn digit, half hidden, is completed; what is seen is never altered', async ({
    page,
  }) => {
    const errors = expectNoErrors(page);
    if (isNew(page)) await page.goto('#density=numbers&backend=wasm');
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });

    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'None' });
    await drawSeven(page);
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
    const whole = await painted(page, 'view-input');

    await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'Right half' });
    await expect.poll(() => number(page, 'metric-mmse')).toBeGreaterThan(0);
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
    const completed = await painted(page, 'view-input');
    expect(completed).toHaveLength(whole.length);

    // The canvas shows the 28 columns side by side: the left half is seen, the right half imagined.
    const size = Math.sqrt(whole.length / 4);
    let seenDiffers = 0;
    let hiddenDiffers = 0;
    for (let i = 0; i < whole.length; i += 4) {
      const column = ((i / 4) % size) / size;
      if (Math.abs(whole[i]! - completed[i]!) < 3) continue;
      if (column < 0.48) seenDiffers++;
      else if (column > 0.52) hiddenDiffers++;
    }
    expect(seenDiffers).toBe(0);
    expect(hiddenDiffers).toBeGreaterThan(0);

    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('combobox', { name: 'Occlusion' })).toHaveValue(/none/i);
    expect(errors).toEqual([]);
  });
});

test.describe('things that go wrong, and dialogs', () => {
  test.use({ visit: 'trouble' });

  test('a closed dialog, drawer or menu gives the focus back to what opened it', async ({
    page,
  }) => {
    if (isNew(page)) await page.goto('#density=numbers&backend=wasm&dataset=synthetic');
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });

    const help = page.getByRole('button', { name: 'Help' });
    for (const close of [
      () => page.keyboard.press('Escape'),
      () => page.getByRole('button', { name: 'Close help' }).click(),
    ]) {
      await help.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await close();
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(help).toBeFocused();
    }

    const settings = page.getByRole('button', { name: 'Settings' });
    await settings.click();
    const drawer = page.getByRole('region', { name: 'Settings of the network' });
    await drawer.getByRole('button', { name: 'Close settings' }).click();
    await expect(drawer).toBeHidden();
    await expect(settings).toBeFocused();

    const menu = page.getByRole('combobox', { name: /comput/i });
    const summary = page
      .locator('summary')
      .filter({ has: page.getByRole('status', { name: 'Backend' }) });
    await summary.click();
    await menu.focus();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
    await expect(summary).toBeFocused();
  });

  test('a broken file is answered with a sentence, and the page goes on', async ({ page }) => {
    if (isNew(page)) await page.goto('#density=numbers&backend=wasm&dataset=synthetic');
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /open model/i }).click();
    await (
      await chooser
    ).setFiles({
      name: 'broken.safetensors',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('not a model at all'),
    });
    await expect(page.getByText(/broken\.safetensors/)).toBeVisible();
    await page.getByRole('button', { name: 'Example digit' }).click();
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
  });

  test('an address with a wrong value is refused with a notice, not obeyed', async ({ page }) => {
    await page.goto('#density=numbers&backend=wasm&dataset=synthetic&model=gncn-nonsense&seed=-4');
    await expect(page.getByText(/gncn-nonsense/)).toBeVisible();
    await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
  });
});

test('trains live until the BCE has halved, pauses, steps, rewinds, and samples', async ({
  page,
}) => {
  const errors = expectNoErrors(page);
  await page.goto('#density=numbers&backend=wasm&model=gncn-pdh&dataset=mnist&seed=1&mode=train');
  await expect(status(page)).not.toContainText(/loading|starting/i, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect.poll(() => number(page, 'metric-images'), { timeout: 90_000 }).toBeGreaterThan(0);
  const first = await number(page, 'metric-bce');
  expect(first).toBeGreaterThan(100);
  await expect.poll(() => number(page, 'metric-bce'), { timeout: 200_000 }).toBeLessThan(first / 2);
  await expect.poll(() => number(page, 'metric-images-per-second')).toBeGreaterThan(0);
  for (const layer of [1, 2, 3])
    expect(await number(page, `metric-sparsity-${layer}`)).toBeGreaterThan(0);
  await expect(page.getByRole('progressbar', { name: 'Epoch progress' })).toBeVisible();

  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  const paused = await number(page, 'metric-images');
  await page.getByRole('button', { name: 'Weight update' }).click();
  await expect.poll(() => number(page, 'metric-images')).toBeGreaterThan(paused);

  await page.getByRole('tab', { name: 'Sample' }).click();
  await page.getByRole('button', { name: 'Draw samples' }).click();
  // Grey levels, not an empty sheet.
  await expect
    .poll(async () => new Set(await painted(page, 'samples')).size, { timeout: 180_000 })
    .toBeGreaterThan(20);

  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Rewind' }).click();
  await expect.poll(() => page.getByTestId('metric-images').innerText()).toMatch(/^(0|—)$/);
  expect(errors).toEqual([]);
});

test('WebGPU runs the page too: a small model settles on the software adapter', async ({
  page,
}) => {
  const errors = expectNoErrors(page);
  test.setTimeout(400_000);
  await page.goto('#density=numbers&backend=webgpu&dataset=synthetic&sizes=784,24,24&steps=5');
  await expect(page.getByRole('status', { name: 'Backend' })).toContainText('webgpu', {
    timeout: 120_000,
  });
  await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 300_000 });
  expect(errors).toEqual([]);
});

test('another backend shows what it settles, from its first episode on', async ({ page }) => {
  const errors = expectNoErrors(page);
  await page.goto('#density=numbers&backend=wasm&dataset=synthetic&speed=full&sizes=784,24,24');
  await expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
  const timeline = page.getByRole('slider', { name: 'Settling timeline' });
  const last = await timeline.inputValue();
  expect(Number(last)).toBeGreaterThan(1);
  for (const backend of ['cpu', 'wasm']) {
    await page
      .locator('details')
      .filter({ has: page.getByRole('status', { name: 'Backend' }) })
      .evaluate((menu: HTMLDetailsElement) => (menu.open = true));
    await page.getByRole('combobox', { name: /comput/i }).selectOption(backend);
    await expect(page.getByRole('status', { name: 'Backend' })).toContainText(backend);
    await expect(timeline).toHaveValue(last, { timeout: 60_000 });
    await expect(status(page)).toContainText(/settled|stopped/i);
    // More than an empty sheet of one colour.
    expect(new Set(await painted(page, 'view-prediction')).size).toBeGreaterThan(20);
    await expect.poll(() => number(page, 'metric-mmse')).toBeGreaterThan(0);
  }
  expect(errors).toEqual([]);
});
