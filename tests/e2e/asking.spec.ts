import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/*
 * What the page does where it may not: no other host before its user said so, and a browser that refuses all storage.
 */

const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const settled = (page: Page) =>
  expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
const dataset = (page: Page) => page.getByRole('combobox', { name: 'Dataset' });

/** A small file as the sets are published in. */
function idx(dims: number[], bytes: number): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.set([0, 0, 8, dims.length]);
  dims.forEach((dim, i) => header.writeUInt32BE(dim, 4 + 4 * i));
  return gzipSync(Buffer.concat([header, Buffer.alloc(bytes, 1)]));
}
const fileAt = (url: string) =>
  url.includes('images') ? idx([60, 28, 28], 60 * 784) : idx([60], 60);

test.use({ serviceWorkers: 'block' });

test('a mirror is asked after one click, which is remembered and can be taken back', async ({
  page,
}) => {
  const abroad: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1')) abroad.push(request.url());
  });
  await page.route(/\/data\/f?mnist\//, (route) => route.fulfill({ status: 404 }));
  await page.route('https://raw.githubusercontent.com/**', (route) =>
    route.fulfill({
      body: fileAt(route.request().url()),
      headers: { 'access-control-allow-origin': '*' },
    }),
  );
  await page.goto('#backend=wasm&speed=full&dataset=mnist&density=numbers');
  await settled(page);
  const offer = page.getByRole('complementary', { name: 'A dataset that is not here' });
  await expect(offer).toContainText('MNIST is not beside the page', { timeout: 30_000 });
  await expect(offer.getByRole('button', { name: 'Fetch MNIST (12 MB from storage.googleapis.com)' })).toBeVisible(); // prettier-ignore
  await expect(dataset(page)).toHaveValue('synthetic');
  await dataset(page).selectOption('fmnist');
  const fetchIt = offer.getByRole('button', { name: 'Fetch Fashion-MNIST (31 MB from raw.githubusercontent.com)' }); // prettier-ignore
  await expect(fetchIt).toBeVisible();
  expect(abroad).toEqual([]);

  await fetchIt.click();
  await expect(dataset(page)).toHaveValue('fmnist', { timeout: 30_000 });
  await expect(offer).toBeHidden();
  expect(abroad.length).toBe(4);

  // Remembered: where this browser lost what it kept, it is fetched again without a question.
  const lose = () =>
    page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
  await expect.poll(() => page.url()).toContain('dataset=fmnist');
  await lose();
  await page.reload();
  await settled(page);
  await expect.poll(() => abroad.length, { timeout: 30_000 }).toBe(8);
  await expect(dataset(page)).toHaveValue('fmnist');

  await page.getByRole('button', { name: 'Your data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  const kept = dialog.getByTestId('kept-fmnist');
  await expect(kept).toContainText('the page fetches it from raw.githubusercontent.com');
  await kept.getByRole('button', { name: /^Ask me before Fashion-MNIST/ }).click();
  await expect(kept).toContainText('Only when you ask for it');
  await lose();
  await page.reload();
  await settled(page);
  await expect(fetchIt).toBeVisible({ timeout: 30_000 });
  expect(abroad.length).toBe(8);
});

/** What a page may store in throws when it is looked at, in the page and in its workers. */
const REFUSED = `for (const [holder, names] of [
  [globalThis, ['localStorage', 'sessionStorage', 'indexedDB', 'caches']],
  [navigator, ['storage', 'locks', 'serviceWorker']],
])
  for (const name of names)
    Object.defineProperty(holder, name, {
      configurable: true,
      get() { throw new DOMException('The operation is insecure.', 'SecurityError'); },
    });
`;

async function refuseStorage(context: BrowserContext): Promise<void> {
  await context.addInitScript(REFUSED);
  await context.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${REFUSED}${await response.text()}` });
  });
}

test('a browser that refuses all storage: data beside the page are read, everything works, and it is said', async ({
  page,
  context,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await refuseStorage(context);
  await page.route('**/data/kmnist/**', (route) =>
    route.fulfill({ body: fileAt(route.request().url()), contentType: 'application/octet-stream' }),
  );
  await page.goto('#backend=wasm&speed=full&dataset=kmnist&density=numbers&sizes=784,24,24&weights=own'); // prettier-ignore
  await settled(page);
  await expect(dataset(page)).toHaveValue('kmnist', { timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('part of KMNIST');
  await page.getByRole('button', { name: 'Your data…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your data' });
  await expect(dialog).toContainText('This browser keeps nothing for this page');
  await expect(dialog.getByTestId('kept-kmnist')).toContainText('Not in this browser');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Start training' }).click();
  const images = async () => Number(await page.getByTestId('metric-images').textContent());
  await expect.poll(images, { timeout: 60_000 }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Pause training' }).click();
  await page.getByRole('tab', { name: 'Lab' }).click();
  await expect(page.getByTestId('cell-table-1-gncn-pdh-mnist')).toContainText('44.86');
  expect(errors).toEqual([]);
  await context.unrouteAll({ behavior: 'wait' });
});
