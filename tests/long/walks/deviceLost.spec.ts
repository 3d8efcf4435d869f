import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { createRng } from '../../../src/shared/rng.ts';
import { engineWithDevice, loseDevice } from '../../helpers/lostDevice.ts';

/*
 * A graphics device that is lost a hundred times, at any moment of a training: each time the training goes on from what was learnt.
 */
const TIMES = Number(process.env['NGC_TIMES'] ?? 100);
/** So long (ms) the page believes to have lived between two losses: more than two in a minute are no accident to it. */
const BETWEEN_MS = 61_000;

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const images = async (page: Page) =>
  Number((await page.getByTestId('metric-images').textContent())!.replace(/\D/g, ''));

/** Lets the page's clock be put forward, by `later`. */
const withClock = (page: Page) =>
  page.addInitScript(() => {
    const now = performance.now.bind(performance);
    let ahead = 0;
    performance.now = () => now() + ahead;
    Object.assign(window, { later: (ms: number) => (ahead += ms) });
  });
const putForward = (page: Page) =>
  page.evaluate(
    (ms) => (window as unknown as { later: (ms: number) => void }).later(ms),
    BETWEEN_MS,
  );

test.use({ serviceWorkers: 'block' });

test(`a graphics device is lost ${TIMES} times while the network learns`, async ({ page }) => {
  const random = createRng(8);
  const again: number[] = [];
  await withClock(page);
  const engine = await engineWithDevice(page);
  await page.goto('#mode=train&dataset=synthetic&density=numbers&sizes=784,16,16&batch=20&steps=5&backend=webgpu'); // prettier-ignore
  await page.getByRole('button', { name: 'Start training' }).click({ timeout: 60_000 });
  await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(0);
  for (let i = 0; i < TIMES; i++) {
    await putForward(page);
    await new Promise((resolve) => setTimeout(resolve, 1500 * random.uniform()));
    const before = await images(page);
    await loseDevice(engine());
    await expect(messages(page)).toContainText('training goes on from batch', { timeout: 120_000 });
    await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(0);
    again.push(Math.max(0, before - (await images(page))));
    await expect(messages(page)).not.toContainText(/map|buffer|instance/i);
    await expect(messages(page)).not.toContainText('again and again');
    await messages(page).getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(messages(page)).not.toContainText('training goes on');
    await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(before);
    process.stdout.write(`lost ${i + 1} times; done again at most ${Math.max(...again)} images\n`); // prettier-ignore
  }
});
