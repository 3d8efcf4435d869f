import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

/* Trainings that meet trouble, in a real browser: a storage that is full, and numbers that leave all proportion. */

const TRAIN = '#mode=train&dataset=synthetic&backend=wasm&density=numbers&panel=runs';
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const autosave = (page: Page) => page.getByRole('status', { name: 'Autosave' });
const images = async (page: Page) => Number(await page.getByTestId('metric-images').textContent());

test('storage that is full is told, training goes on, and it is kept once there is room', async ({
  page,
  context,
}) => {
  const devtools = await context.newCDPSession(page);
  await page.goto(TRAIN);
  const origin = new URL(page.url()).origin;
  const room = (quotaSize?: number) => devtools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) }); // prettier-ignore
  await room(1_000_000);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(messages(page)).toContainText('This training could not be kept', {
    timeout: 60_000,
  });
  await expect(messages(page)).toContainText(/full|room|quota/i);
  const seen = await images(page);
  await expect.poll(() => images(page), { timeout: 60_000 }).toBeGreaterThan(seen);
  await room();
  await expect(autosave(page)).toContainText('Kept in this browser', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Pause training' }).click();
  await expect(page.getByTestId('runs').getByRole('listitem')).toHaveCount(1);
});

test('a training that diverges stops, says what to lower, and has what it had learnt before', async ({
  page,
}) => {
  const wild = 'sizes=784,8,8&steps=40&beta=1&leak=0&learningRate=10&optimizer=sgd&batch=20&activation=identity'; // prettier-ignore
  await page.goto(`${TRAIN}&model=gncn-t1&${wild}`);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(messages(page)).toContainText(/diverged after \d+ images.*learning rate \(now 10\)/, { timeout: 60_000 }); // prettier-ignore
  await expect(page.getByRole('button', { name: 'Start training' })).toBeVisible();
  // What it had learnt by the batch before is kept, as many images as the page counts.
  await expect(autosave(page)).toContainText('Kept in this browser');
  const said = Number((await autosave(page).textContent())!.replace(/\D/g, ''));
  expect(said).toBeGreaterThan(0);
  expect(await images(page)).toBe(said);
  await expect(page.getByTestId('runs').getByRole('listitem')).toHaveCount(1);
});
