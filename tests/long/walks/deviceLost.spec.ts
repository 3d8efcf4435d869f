import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';

import { createRng } from '../../../src/shared/rng.ts';
import { engineWithDevice, loseDevice } from '../../helpers/lostDevice.ts';

/*
 * A graphics device that is lost a hundred times, at any moment of a training: each time the training goes on from what was learnt.
 */
const TIMES = Number(process.env['NGC_TIMES'] ?? 100);
/** More losses than two in a minute are no accident to the page: it would compute without the device. */
const OF_A_PAGE = 2;
/** Who dies young twice is taken for somebody who cannot live. */
const GROWN_MS = 5_500;

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });
const images = async (page: Page) => Number(await page.getByTestId('metric-images').textContent());

test.use({ serviceWorkers: 'block' });

test(`a graphics device is lost ${TIMES} times while the network learns`, async ({ browser }) => {
  const random = createRng(8);
  const lost: number[] = [];
  for (let round = 0; round * OF_A_PAGE < TIMES; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const engine = await engineWithDevice(page);
    await page.goto('#mode=train&dataset=synthetic&density=numbers&sizes=784,40,40&batch=20&steps=10&backend=webgpu'); // prettier-ignore
    await page.getByRole('button', { name: 'Start training' }).click({ timeout: 60_000 });
    for (let i = 0; i < OF_A_PAGE; i++) {
      await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(0);
      const wait = (i === 0 ? GROWN_MS : 0) + 3000 * random.uniform();
      await new Promise((resolve) => setTimeout(resolve, wait));
      const before = await images(page);
      await loseDevice(engine());
      await expect(messages(page)).toContainText('training goes on from batch', {
        timeout: 60_000,
      });
      await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(0);
      lost.push(Math.max(0, before - (await images(page))));
      await expect(messages(page)).not.toContainText(/map|buffer|instance/i);
      await messages(page).getByRole('button', { name: 'Dismiss' }).first().click();
      await expect.poll(() => images(page), { timeout: 120_000 }).toBeGreaterThan(before);
    }
    await context.close();
  }
  process.stdout.write(`lost ${lost.length} times; done again at most ${Math.max(...lost)} images\n`); // prettier-ignore
});
