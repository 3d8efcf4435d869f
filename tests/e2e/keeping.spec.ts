import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * Nothing is lost and nothing is said in the wrong place: links, notices, what is put aside, what is dropped.
 */
const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const settled = (page: Page) =>
  expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

/** The pixels of the large canvas. */
const picture = (page: Page) =>
  page.getByRole('img', { name: 'Drawing canvas' }).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return [...data];
  });

/** The largest difference of a colour between two pictures. */
const differ = (a: readonly number[], b: readonly number[]) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Infinity))), 0);

/** A PNG of squares in a row, a blot in each. */
const strip = (page: Page, cells: number, side: number) =>
  page.evaluate(
    ([count, size]) => {
      const canvas = document.createElement('canvas');
      canvas.width = count! * size!;
      canvas.height = size!;
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#222';
      for (let i = 0; i < count!; i++)
        context.fillRect((i + 0.4) * size!, 0.2 * size!, 0.15 * size!, 0.6 * size!);
      return canvas.toDataURL('image/png').split(',')[1]!;
    },
    [cells, side],
  );

/** Drops a file on the page. */
async function drop(page: Page, name: string, base64: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, text]) => {
      const bytes = Uint8Array.from(atob(text!), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], file!, { type: 'image/png' }));
      return data;
    },
    [name, base64],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('a shared link opens as the page it was taken from', async ({ page, context }) => {
  const speed = '&speed=full&density=numbers';
  await page.goto(`#backend=wasm&dataset=synthetic&occlusion=left&lesions=lateral&pin=1.5${speed}`);
  await settled(page);
  const box = (await page.getByRole('img', { name: 'Drawing canvas' }).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.8, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await page.waitForTimeout(2500); // the sheet has come to its place
  await settled(page);
  await expect.poll(() => page.url()).toMatch(/drawing=(?!three)/);
  const other = await context.newPage();
  await other.goto(page.url());
  await settled(other);
  await other.waitForTimeout(1000);
  expect(new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  // An address holds sixteen levels of grey.
  expect(differ(await picture(other), await picture(page))).toBeLessThan(256 / 16);
  await expect(other.getByRole('tab', { name: /lesions \(1\)/i })).toBeVisible();
});

test('every wrong value of an address is named in one line that covers nothing, and goes away', async ({
  page,
}) => {
  await page.goto('#backend=wasm&dataset=synthetic&seed=-1&mode=x&pin=9&beta=7&speed=0&live=maybe');
  const alert = messages(page).getByRole('alert').first();
  for (const asked of ['seed=-1', 'mode=x', 'pin=9', 'speed=0', 'live=maybe'])
    await expect(alert).toContainText(asked);
  await expect(messages(page)).toContainText('beta=7', { timeout: 60_000 });
  const stage = (await page.locator('#stage').boundingBox())!;
  const line = (await messages(page).boundingBox())!;
  expect(line.y).toBeGreaterThanOrEqual(stage.y + stage.height);
  await messages(page).getByRole('button', { name: 'Details' }).click();
  await expect(messages(page).getByText(/seed must be a whole number/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(messages(page).getByText(/seed must be a whole number/)).toBeHidden();
  await expect(messages(page).getByRole('button', { name: 'Details' })).toBeFocused();
  await messages(page)
    .getByRole('button', { name: /^Dismiss/ })
    .click();
  await expect(alert).toBeEmpty();
});

test('R puts what was learnt aside, Undo brings it back; leaving asks only where something is not kept', async ({
  page,
  context,
}) => {
  await page.goto('#backend=wasm&dataset=synthetic&mode=train&sizes=784,24,24&density=numbers');
  await expect(status(page)).not.toContainText(/loading|starting/i, { timeout: 60_000 });
  const images = page.getByTestId('metric-images');
  await page.getByRole('button', { name: 'Weight update' }).click();
  await expect(images).toHaveText(/[1-9]/, { timeout: 60_000 });
  const learnt = await images.innerText();
  await page.locator('h1').click();
  await page.keyboard.press('r');
  await expect(messages(page)).toContainText(`learnt from ${learnt} images is put aside`);
  await expect(images).toHaveText(/^(0|—)$/);
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await expect(images).toHaveText(learnt);
  // A training is kept in the browser: nothing would be lost.
  await expect(page.getByRole('status', { name: 'Autosave' })).toContainText('Kept');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type());
    void dialog.accept();
  });
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(dialogs).toEqual([]);

  // What it learnt from the drawing is in no run.
  const other = await context.newPage();
  await other.goto('#backend=wasm&dataset=synthetic&weights=own&sizes=784,24,24&density=numbers');
  await settled(other);
  await other.getByRole('button', { name: 'Weight update' }).click();
  await expect(other.getByRole('button', { name: 'Undo update' }).first()).toBeVisible({
    timeout: 30_000,
  });
  const asked = other.waitForEvent('dialog', { timeout: 20_000 });
  await other.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
});

test('a dropped image is the drawing, a strip of them is data', async ({ page }) => {
  await page.goto('#backend=wasm&dataset=synthetic&speed=full');
  await settled(page);
  const before = await picture(page);
  await drop(page, 'one.png', await strip(page, 1, 90));
  await expect(messages(page)).toContainText('one.png is on the drawing canvas');
  await settled(page);
  expect(differ(await picture(page), before)).toBeGreaterThan(128);
  await drop(page, 'strip.png', await strip(page, 12, 40));
  await expect(messages(page)).toContainText(
    '12 pictures in one image: 10 to learn from, 2 held out',
  );
  await expect(page.getByRole('combobox', { name: 'Dataset' })).toContainText('strip.png');
  await drop(page, 'broken.png', btoa('no image'));
  await expect(messages(page)).toContainText('broken.png could not be read');
});

test('a dataset that cannot be had is greyed, and says how to get it', async ({ page }) => {
  await page.route('**/data/kmnist/**', (route) => route.fulfill({ status: 404 }));
  await page.goto('#backend=wasm&dataset=synthetic');
  const option = page
    .getByRole('combobox', { name: 'Dataset' })
    .locator('option')
    .filter({ hasText: 'Kuzushiji' });
  await expect(option).toHaveText(/drop its files/, { timeout: 60_000 });
  await expect(option).toBeDisabled();
});
