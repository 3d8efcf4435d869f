import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * A person's own data in a real browser: drawings that are kept and learnt from, a table of pixels that is looked at and used.
 */

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const settled = (page: Page) =>
  expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
const dataset = (page: Page) => page.getByRole('combobox', { name: 'Dataset' });

type Point = readonly [number, number];

/** Draws one stroke on an empty canvas. */
async function draw(page: Page, [first, ...others]: readonly Point[]) {
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  const box = (await page.getByRole('img', { name: 'Drawing canvas' }).boundingBox())!;
  const at = ([x, y]: Point) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(first!));
  await page.mouse.down();
  for (const point of others) await page.mouse.move(...at(point), { steps: 5 });
  await page.mouse.up();
}

async function add(page: Page, label: string) {
  await page.getByRole('button', { name: 'Add to my drawings' }).click();
  const what = page.getByRole('dialog', { name: 'What is it?' });
  if (/^\d$/.test(label)) await what.getByRole('button', { name: label, exact: true }).click();
  else {
    await what.getByRole('textbox').fill(label);
    await page.keyboard.press('Enter');
  }
  await expect(what).toBeHidden();
}

/** Three kinds of strokes, each a little different every time. */
const KINDS: Record<string, (by: number) => readonly Point[]> = {
  '1': (by) => [[0.5 + by, 0.15], [0.48, 0.85]],
  '7': (by) => [[0.25, 0.2 + by], [0.75, 0.2], [0.45 - by, 0.85]],
  'a roof': (by) => [[0.2, 0.7], [0.5, 0.2 + by], [0.8, 0.7 - by]],
}; // prettier-ignore

test('drawings are kept over a reload, and a network learns from them', async ({ page }) => {
  await page.goto('#backend=wasm&dataset=synthetic&occlusion=none&speed=full&density=numbers');
  await settled(page);
  for (const [label, strokes] of Object.entries(KINDS))
    for (let i = 0; i < 3; i++) {
      await draw(page, strokes(0.04 * i));
      await add(page, label);
    }
  await expect(messages(page)).toContainText('you have 9 drawings');
  // The same again is told, and not kept twice.
  await page.getByRole('button', { name: 'Add to my drawings' }).click();
  await page.keyboard.press('7');
  await expect(messages(page)).toContainText('among yours already');
  await page.keyboard.press('Escape');

  await page.reload();
  await settled(page);
  await expect(dataset(page)).toContainText('My drawings (9)', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Your data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  await dialog.getByRole('tab', { name: 'My drawings (9)' }).click();
  await expect(dialog.getByRole('region', { name: 'a roof' }).getByRole('listitem')).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Delete this 7' }).first().click();
  await expect(dialog.getByRole('region', { name: '7' }).getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('region', { name: '7' }).getByRole('listitem')).toHaveCount(3);
  await expect(dialog).toContainText('8 to learn from, 0 to measure on while it learns, 1 to test');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await dataset(page).selectOption({ label: 'My drawings (9)' });
  await page.getByRole('tab', { name: 'Train' }).click();
  await expect(status(page)).not.toContainText(/loading|starting/i, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Start training' }).click();
  const bce = async () => Number(await page.getByTestId('metric-bce').textContent());
  await expect.poll(bce, { timeout: 60_000 }).toBeGreaterThan(0);
  const before = await bce();
  await expect.poll(bce, { timeout: 60_000 }).toBeLessThan(0.6 * before);
  await page.getByRole('button', { name: 'Pause training' }).click();
  await page.getByRole('tab', { name: 'Complete' }).click();
  await settled(page);
});

test('a table of pixels is looked at, inverted and used; cancelled it leaves all as it was', async ({
  page,
}) => {
  await page.goto('#backend=wasm&dataset=synthetic&occlusion=none&speed=full');
  await settled(page);
  await expect(page.getByRole('button', { name: 'Example digit' })).toBeEnabled({
    timeout: 60_000,
  });
  // Dark bars on bright paper, as numbers: inked the wrong way round.
  const row = (k: number) =>
    [k % 3, ...Array.from({ length: 784 }, (_, i) => (Math.abs((i % 28) - 8 - 4 * (k % 3)) < 2 ? 20 : 230))]; // prettier-ignore
  const header = `label,${Array.from({ length: 784 }, (_, i) => `pixel${i}`).join()}`;
  const text = [header, ...Array.from({ length: 30 }, (_, k) => row(k).join())].join('\n');
  const drop = async (name: string, contents: string) => {
    const transfer = await page.evaluateHandle(
      ([file, inside]) => {
        const carried = new DataTransfer();
        carried.items.add(new File([inside!], file!));
        return carried;
      },
      [name, contents],
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  };
  const preview = page.getByRole('dialog', { name: 'What will be learnt from' });
  await drop('bars.csv', text);
  await expect(preview).toContainText('30 images');
  await expect(preview).toContainText('23 to learn from, 2 to measure on meanwhile, 5 to test on');
  await expect(preview.getByTestId('preview-classes').getByRole('listitem')).toHaveCount(3);
  const dark = () =>
    preview.getByTestId('preview-images').locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let [inked, all] = [0, 0];
      for (let i = 0; i < data.length; i += 4) {
        all++;
        if (data[i]! < 128) inked++;
      }
      return inked / all;
    }); // prettier-ignore
  await expect.poll(dark).toBeGreaterThan(0.7);
  await preview.getByRole('checkbox', { name: 'Invert' }).check();
  await expect.poll(dark).toBeLessThan(0.3);
  await preview.getByRole('button', { name: 'Cancel' }).click();
  await expect(preview).toBeHidden();
  await expect(dataset(page)).not.toContainText('bars.csv');

  await drop('bars.csv', text);
  await preview.getByRole('checkbox', { name: 'Invert' }).check();
  await preview.getByRole('checkbox', { name: 'Keep in this browser' }).check();
  await preview.getByRole('button', { name: 'Use these images' }).click();
  await expect(preview).toBeHidden();
  await expect(dataset(page).locator('option:checked')).toHaveText('bars.csv, inverted');

  await drop('broken.csv', text.replace(',230,', ',paper,'));
  await expect(messages(page)).toContainText('broken.csv: row 2, column 2 (pixel0) is "paper"');

  // What was kept is there after a reload, and can be taken from the list.
  await page.reload();
  await settled(page);
  await expect(dataset(page)).toContainText('bars.csv, inverted', { timeout: 60_000 });
  await dataset(page).selectOption({ label: 'bars.csv, inverted' });
  await expect(dataset(page).locator('option:checked')).toHaveText('bars.csv, inverted');
  await dataset(page).selectOption({ label: 'Your data…' });
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  await expect(dialog.getByTestId('own-sets').getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Delete bars.csv, inverted' }).click();
  await expect(dialog.getByTestId('own-sets').getByRole('listitem')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByTestId('own-sets').getByRole('listitem')).toHaveCount(1);
});

test('a published set is kept for use without a network, gone on with where it was cut off, and deleted', async ({
  page,
}) => {
  // Beside the page lies a small part of a set; its second file is cut off at first.
  const idx = (dims: number[], bytes: number) => {
    const header = Buffer.alloc(4 + 4 * dims.length);
    header.set([0, 0, 8, dims.length]);
    dims.forEach((dim, i) => header.writeUInt32BE(dim, 4 + 4 * i));
    return gzipSync(Buffer.concat([header, Buffer.alloc(bytes, 1)]));
  };
  let cutsOff = true;
  await page.route('**/data/kmnist/**', async (route) => {
    if (cutsOff && route.request().url().includes('train-labels')) return route.abort();
    const images = route.request().url().includes('images');
    const body = images ? idx([6, 28, 28], 6 * 784) : idx([6], 6);
    return route.fulfill({ body, contentType: 'application/octet-stream' });
  });
  await page.goto('#backend=wasm&dataset=synthetic&occlusion=none&speed=full');
  await settled(page);
  await page.getByRole('button', { name: 'Your data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  await expect(dialog.getByRole('button', { name: 'Choose files…' })).toBeVisible();
  await expect(dialog.getByTestId('kept-synthetic')).toContainText('always here');
  await expect(dialog).toContainText(/stored by this page, of the .* that this browser allows/);
  const set = dialog.getByTestId('kept-kmnist');
  await expect(set).toContainText('Licence: CC BY-SA 4.0');
  await expect(set).toContainText('70,000 images · 10 classes');
  await set.getByRole('button', { name: 'Download' }).click();
  await expect(set).toContainText('Cut off', { timeout: 30_000 });
  cutsOff = false;
  await set.getByRole('button', { name: 'Go on' }).click();
  await expect(set).toContainText('In this browser', { timeout: 30_000 });
  // Without a network it is there all the same.
  await page.route('**/data/kmnist/**', (route) => route.abort());
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dataset(page).selectOption('kmnist');
  await expect(messages(page)).toContainText('This is a part of KMNIST: 6 pictures', {
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Your data…' }).click();
  await set.getByRole('button', { name: 'Delete' }).click();
  await expect(set).toContainText('No page may fetch it');
});
