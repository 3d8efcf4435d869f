import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import type { Host } from './host.ts';
import { hostOfBuiltPage } from './host.ts';

/*
 * After the first visit the page needs no network, and what runs is always of one version: a new one waits for its user.
 */

const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
const settled = (page: Page) =>
  expect(status(page)).toContainText(/settled|stopped/i, { timeout: 60_000 });
const newVersion = (page: Page) => page.getByRole('status', { name: 'New version' });
const SMALL = '#backend=wasm&dataset=synthetic&speed=full&density=numbers&sizes=784,24,24&weights=own'; // prettier-ignore

/** Waits until the page and all that is large is kept. */
async function kept(page: Page): Promise<void> {
  const count = () =>
    page.evaluate(async () => {
      const cache = await caches.open('ngc-explorer-large');
      return (await cache.keys()).filter(({ url }) => /\/(lab|models)\//.test(url)).length;
    });
  // Fifteen files of models and sixteen results of the Lab.
  await expect.poll(count, { timeout: 90_000 }).toBeGreaterThanOrEqual(31);
}

const textOf = (page: Page, name: string) =>
  page.evaluate(async (file) => (await fetch(file)).text(), name);

/**
 * Ends the worker in force where it runs, as Chromium ends one that rests for half a minute. Under a debugger, and Playwright is one,
 * Chromium does not, and a new version would wait for its five minutes' limit.
 */
async function endWorkerAtRest(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const running = new Promise<string | null>((found) => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const inForce = versions.find(({ status }) => status === 'activated');
      found(inForce?.runningStatus === 'running' ? inForce.versionId : null);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const versionId = await running;
  if (versionId !== null) await devtools.send('ServiceWorker.stopWorker', { versionId });
  await devtools.detach();
}

let host: Host;
test.beforeEach(async () => {
  host = await hostOfBuiltPage();
});
test.afterEach(() => host.close());

test('the host gone after the first visit, everything is there: the page, models, the Lab, data', async ({
  page,
  context,
}) => {
  await page.goto(`${host.address}#backend=wasm&speed=full&density=numbers`);
  await settled(page);
  await kept(page);
  const dataset = page.getByRole('combobox', { name: 'Dataset' });
  await expect(page.getByRole('button', { name: 'Example digit' })).toBeEnabled();
  const had = await dataset.inputValue();
  host.setUp(false);
  await context.setOffline(true);

  await page.reload();
  await settled(page);
  await expect(dataset).toHaveValue(had);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  const box = (await page.getByRole('img', { name: 'Drawing canvas' }).boundingBox())!;
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.8 * box.height, { steps: 8 });
  await page.mouse.up();
  await settled(page);
  await expect(page.getByRole('button', { name: 'Example digit' })).toBeEnabled({ timeout: 60_000 }); // prettier-ignore
  await page.getByRole('button', { name: 'Example digit' }).click();
  await settled(page);
  await page.getByRole('tab', { name: 'Lab' }).click();
  await expect(page.getByTestId('cell-table-1-gncn-pdh-mnist')).toContainText('44.86');

  await page.goto(`${host.address}?again#backend=wasm&speed=full&model=gncn-t2-lsigma&weights=pretrained&dataset=synthetic`); // prettier-ignore
  await settled(page);
  await expect(page.getByRole('region', { name: 'Messages' }).getByRole('alert')).toBeEmpty();
});

test('a new version waits for the training and the other tabs, then takes over whole', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  await page.goto(host.address + SMALL);
  await settled(page);
  await kept(page);
  await page.reload();
  await settled(page);
  const before = await textOf(page, 'lab/figure-6a.json');

  host.change('index.html', (text) => text.replace('<title>NGC Explorer', '<title>The next'));
  host.change('lab/figure-6a.json', () => '"next"');
  const look = () =>
    page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });
  await page.getByRole('tab', { name: 'Train' }).click();
  await page.getByRole('button', { name: 'Start training' }).click();
  await look();
  await expect(newVersion(page)).toContainText('waits until nothing learns', { timeout: 60_000 });
  await expect(newVersion(page).getByRole('button')).toBeHidden();
  const images = async () => Number(await page.getByTestId('metric-images').textContent());
  const seen = await images();
  await expect.poll(images, { timeout: 60_000 }).toBeGreaterThan(seen);
  await page.getByRole('button', { name: 'Pause training' }).click();

  // Loaded anew, it is the old one still, in every part.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled();
  expect(await page.title()).toBe('NGC Explorer');
  expect(await textOf(page, 'lab/figure-6a.json')).toBe(before);

  const other = await context.newPage();
  await other.goto(host.address + SMALL);
  // Whole: a version gives way only when all that a page has asked of it is there.
  await settled(other);
  await newVersion(page).getByRole('button', { name: 'Reload' }).click();
  await expect(newVersion(page)).toContainText('Close its other tabs first');
  // On a phone the sentence takes more lines than one, and its place has them.
  await page.setViewportSize({ width: 390, height: 844 });
  const said = (await newVersion(page).boundingBox())!;
  const line = (await newVersion(page).locator('..').boundingBox())!;
  expect(said.y).toBeGreaterThanOrEqual(line.y);
  expect(said.y + said.height).toBeLessThanOrEqual(line.y + line.height);
  await page.setViewportSize({ width: 1280, height: 800 });
  await other.close();
  await page.reload();
  await expect(newVersion(page).getByRole('button', { name: 'Reload' })).toBeVisible();
  // Something is asked of the old version just when it is to end: the new one waits until it rests, and the page for the new one.
  await page.evaluate(() => {
    const asking = setInterval(() => void fetch('lab/figure-6a.json'), 5);
    setTimeout(() => clearInterval(asking), 1_500);
  });
  await newVersion(page).getByRole('button', { name: 'Reload' }).click();
  await expect(async () => {
    if ((await page.title()) !== 'The next') await endWorkerAtRest(page);
    await expect(page).toHaveTitle('The next', { timeout: 5_000 });
  }).toPass({ timeout: 80_000 });
  await expect.poll(() => textOf(page, 'lab/figure-6a.json')).toBe('"next"');
});

test('a host in the middle of a change gives no new version, and no file of another one', async ({
  page,
}) => {
  host.spoil('lab/figure-6a.json', () => '"of another version"');
  await page.goto(host.address + SMALL);
  await settled(page);
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state))
    .toBe('activated');
  await page.reload();
  await settled(page);
  const refused = await page.evaluate(() =>
    fetch('lab/figure-6a.json').then(
      () => 'let in',
      () => 'refused',
    ),
  );
  expect(refused).toBe('refused');
  // A list of one version, and a page of the next already: neither is taken.
  host.change('index.html', (text) => `${text}<!-- next -->`);
  host.spoil('index.html', (text) => `${text}<!-- and next -->`);
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => undefined);
    const worker = registration.installing;
    if (!worker) return registration.waiting ? 'waits' : 'none';
    await new Promise((done) =>
      worker.addEventListener('statechange', () => {
        if (worker.state !== 'installing') done(null);
      }),
    );
    return worker.state;
  });
  expect(state).toBe('redundant');
  await expect(newVersion(page)).toBeHidden();
});
