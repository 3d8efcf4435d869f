import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * Two runs, with and without lateral competition, settling on the same digit in step; a picture and a plot taken away; the set-up as a
 * link with its code.
 */

const TRAIN = '#mode=train&dataset=synthetic&backend=wasm&density=numbers&panel=runs&seed=3';

/** Trains until something of it is kept, and pauses. */
async function trained(page: Page, more: string) {
  await page.goto('about:blank');
  await page.goto(TRAIN + more);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByRole('status', { name: 'Autosave' })).toContainText('Kept in this browser', { timeout: 60_000 }); // prettier-ignore
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
}

/** Saves a part of the page; the name of the file, and what it holds. */
async function saved(page: Page, what: string, kind: 'PNG' | 'SVG') {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save ${what}`, exact: true }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  const file = await downloading;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test('two runs settle on the same digit in step, and what is seen can be taken away', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await trained(page, '');
  await trained(page, '&lateral=none');
  const runs = page.getByTestId('runs');
  await expect(runs.getByRole('listitem')).toHaveCount(2);
  for (const box of await runs.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();

  const plot = await saved(page, 'Runs compared, validation BCE (nats)', 'SVG');
  expect(plot.name).toMatch(/^runs-compared-validation-bce-nats-.*\.svg$/);
  // It brings its font along ("d09GMg" are the first bytes of one), and asks for nothing.
  expect(plot.bytes.toString()).toMatch(/@font-face\{font-family:'Inter Variable'[^}]*url\(data:font\/woff2;base64,d09GMg/); // prettier-ignore
  expect(plot.bytes.toString().match(/(?:href="|src="|url\()(?!data:|#)/g)).toBeNull();
  expect(plot.bytes.toString()).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<path[^]*Synthetic digits[^]*<\/svg>$/); // prettier-ignore

  await page.getByRole('button', { name: 'Side by side' }).click();
  const dialog = page.getByRole('dialog', { name: 'The same digit, side by side' });
  const columns = dialog.getByTestId('run-beside');
  await expect(columns).toHaveCount(2);
  await expect(columns.nth(0)).toContainText('Lateral pattern: none');
  await expect(columns.nth(1)).toContainText('Lateral pattern: groups');
  const step = dialog.getByTestId('beside-step');
  await expect(step).toHaveText('step 20 of 20', { timeout: 30_000 });
  await expect(dialog.getByTestId('beside-picture')).toHaveCount(2);
  const numbers = () => dialog.getByTestId('beside-seen').allTextContents();
  const settled = await numbers();
  expect(settled[0]).not.toBe(settled[1]);

  // Both move in step: by the slider, the buttons, the keys, and by themselves.
  await dialog.getByRole('slider', { name: 'Step of all runs' }).fill('0');
  await expect(step).toHaveText('step 0 of 20');
  const begun = await numbers();
  expect(begun[0]).not.toBe(settled[0]);
  expect(begun[1]).not.toBe(settled[1]);
  // With states at zero both see the same: nothing is predicted yet but ½ everywhere.
  expect(begun[0]).toBe(begun[1]);
  await dialog.getByRole('button', { name: 'One step forward' }).click();
  await expect(step).toHaveText('step 1 of 20');
  await dialog.getByTestId('runs-beside').press('ArrowRight');
  await expect(step).toHaveText('step 2 of 20');
  await dialog.getByTestId('runs-beside').press(' ');
  await expect(dialog.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(step).toHaveText('step 20 of 20', { timeout: 15_000 });
  expect(await numbers()).toEqual(settled);

  // Another digit, all of it seen; the page keeps its own.
  await dialog.getByRole('combobox', { name: 'Hidden' }).selectOption('none');
  await expect(dialog.getByText('BCE of the picture')).toHaveCount(2, { timeout: 30_000 });
  await dialog.getByRole('button', { name: 'Example digit' }).click();
  await expect(dialog.getByRole('button', { name: 'My drawing' })).toBeEnabled();
  await expect(dialog.getByTestId('beside-picture')).toHaveCount(2, { timeout: 30_000 });

  const picture = await saved(page, 'The same digit, side by side', 'PNG');
  expect(picture.name).toMatch(/^the-same-digit-side-by-side-.*\.png$/);
  expect(picture.bytes.subarray(0, 8)).toEqual(PNG);
  // Twice as fine as the page: its width stands in the header.
  const wide = (await dialog.getByTestId('runs-beside').boundingBox())!.width;
  expect(picture.bytes.readUInt32BE(16)).toBeGreaterThan(2 * wide - 1);

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Side by side' })).toBeFocused();
});

test('the link to a set-up is shown with its code, with the drawing and without', async ({
  page,
}) => {
  await page.goto('#backend=wasm&dataset=synthetic&lesions=lateral&density=story');
  await expect(page.getByRole('img', { name: 'Drawing canvas' })).toBeVisible();
  await expect.poll(() => page.url(), { timeout: 30_000 }).toContain('drawing=nine');
  await page.getByRole('button', { name: 'Share link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Link to this set-up' });
  const link = dialog.getByRole('textbox', { name: 'Link' });
  expect(await link.inputValue()).toBe(page.url());
  const code = dialog.getByRole('img', { name: 'QR code of the link' });
  const whole = await code.innerHTML();
  await dialog.getByRole('checkbox').uncheck();
  await expect(link).not.toHaveValue(/drawing|lesions/);
  expect(await code.innerHTML()).not.toBe(whole);
  const { width, height } = (await code.boundingBox())!;
  expect(Math.abs(width - height)).toBeLessThan(1);
  expect(width).toBeGreaterThan(400);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
