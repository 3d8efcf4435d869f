import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * Symbols that explain themselves, terms that light what they stand for, panels that say when they go on; by pointer, by keyboard, by
 * touch.
 */

async function open(page: Page): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  if (isNew(page)) await page.goto('#density=numbers&backend=wasm&dataset=synthetic&speed=full');
  await expect(page.getByTestId('term-sum')).toHaveText(/\d/, { timeout: 60_000 });
  return errors;
}

const symbol = (page: Page, of: string) =>
  page.getByRole('tabpanel', { name: 'Neuron' }).locator(`[data-symbol="${of}"]`).first();
const note = (page: Page) => page.getByRole('tooltip');

/** Whether two things on the screen cover each other, both as they stand in one frame. */
async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const element = await other.elementHandle();
  return one.evaluate((first, second) => {
    const [a, b] = [first.getBoundingClientRect(), second.getBoundingClientRect()];
    const aside = a.right <= b.left || b.right <= a.left;
    return !(aside || a.bottom <= b.top || b.bottom <= a.top);
  }, element);
}

test.describe('with a pointer and keys', () => {
  test.use({ visit: 'pointer' });

  test('a symbol explains itself under the pointer, and never covers what it explains', async ({
    page,
  }) => {
    const errors = await open(page);
    await expect(note(page)).toHaveCount(0);
    for (const of of ['prediction', 'error', 'beta']) {
      const term = symbol(page, of);
      await term.scrollIntoViewIfNeeded();
      await term.hover();
      await expect(note(page)).toBeVisible();
      await expect(note(page)).toContainText('Unit:');
      expect(await overlap(note(page), term)).toBe(false);
      const { x, y, width, height } = (await note(page).boundingBox())!;
      const view = page.viewportSize()!;
      expect([x >= 0, y >= 0, x + width <= view.width, y + height <= view.height]).toEqual([true, true, true, true]); // prettier-ignore
    }
    await page.mouse.move(2, 2);
    await expect(note(page)).toHaveCount(0);
    // A press keeps it; a press elsewhere lets it go.
    await symbol(page, 'prediction').scrollIntoViewIfNeeded();
    await symbol(page, 'prediction').click();
    await page.mouse.move(2, 2);
    await expect(note(page)).toBeVisible();
    await page.getByRole('heading', { name: /^Neuron \d+/ }).click();
    await expect(note(page)).toHaveCount(0);
    expect(errors).toEqual([]);
  });

  test('by keyboard it opens with the focus, and Esc closes it and leaves the focus there', async ({
    page,
  }) => {
    await open(page);
    const first = symbol(page, 'state');
    await page.getByRole('button', { name: 'Unpin' }).focus();
    // From the figures on, Tab leads to the first symbol.
    for (let i = 0; i < 6 && !(await first.evaluate((e) => e === document.activeElement)); i++)
      await page.keyboard.press('Tab');
    await expect(first).toBeFocused();
    await expect(note(page)).toContainText('state');
    await expect(first).toHaveAttribute('aria-describedby', (await note(page).getAttribute('id'))!);
    await page.keyboard.press('Escape');
    await expect(note(page)).toHaveCount(0);
    await expect(first).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(note(page)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(note(page)).toHaveCount(0);
  });

  test('a term lights what it stands for on the stage, as long as it is pointed at', async ({
    page,
  }) => {
    const errors = await open(page);
    const lit = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-lit]')]
          .map((one) => one.getAttribute('data-lit'))
          .sort(),
      );
    expect(await lit()).toEqual([]);
    const term = (name: string) =>
      page.getByRole('region', { name: 'Why it moves' }).getByText(name, { exact: false }).first();
    // The pinned neuron is of layer 1: its errors from below are those of the pixels, and they go up from there.
    await term('bottom-up').hover();
    await expect.poll(lit).toEqual(['errors 0', 'up 0']);
    // What lights up stays in view.
    for (const one of await page.locator('div[data-lit]').all())
      expect(await overlap(note(page), one)).toBe(false);
    await term('top-down').hover();
    await expect.poll(lit).toEqual(['errors 1']);
    await term('lateral').hover();
    await expect.poll(lit).toEqual(['side 1', 'states 1']);
    await page.mouse.move(2, 2);
    await expect.poll(lit).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('a panel says that it goes on, and stops saying so at its end', async ({ page }) => {
    await open(page);
    const more = page.getByTestId('more-below');
    const panel = page.getByRole('tabpanel', { name: 'Neuron' });
    await panel.evaluate((element) => element.scrollTo(0, 0));
    await expect(more).toBeVisible();
    await more.click();
    await expect.poll(() => panel.evaluate((element) => element.scrollTop)).toBeGreaterThan(50);
    await panel.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(more).toHaveCount(0);
    await expect(page.getByTestId('contest-verdict')).toBeInViewport();
    await panel.evaluate((element) => element.scrollTo(0, 0));
    await expect(more).toBeVisible();
  });

  test('the locality card tells what is not local: nothing weighs the errors of pixels', async ({
    page,
  }) => {
    await open(page);
    const pick = async (layer: number) => {
      await page.getByTestId(`layer-${layer}-state`).click({ position: { x: 10, y: 10 } });
      await page.getByTestId('neuron-synapses').click({ position: { x: 30, y: 30 } });
    };
    const card = page.getByTestId('synapse-elsewhere');
    await pick(1);
    await expect(card).toContainText('norm limited with all');
    await expect(card).not.toContainText('the error comes weighed');
    await pick(3);
    // Σ₂ is 360 × 360.
    await expect(card).toContainText('the error comes weighed by Σ2⁻¹');
    await expect(card).toContainText('129,600');
  });
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('a tap opens a note, another tap elsewhere closes it', async ({ page }) => {
    await open(page);
    const term = symbol(page, 'prediction');
    await term.scrollIntoViewIfNeeded();
    await term.tap();
    await expect(note(page)).toBeVisible();
    expect(await overlap(note(page), term)).toBe(false);
    // What stands above it grows or goes while the note is open.
    for (const grown of [-60, -20, 20, 60])
      await expect
        .poll(async () => {
          await page.getByRole('tabpanel', { name: 'Neuron' }).evaluate((panel, by) => {
            panel.style.translate = `0 ${String(by)}px`;
          }, grown);
          return overlap(note(page), term);
        })
        .toBe(false);
    await page.getByRole('heading', { name: 'While it settles' }).tap();
    await expect(note(page)).toHaveCount(0);
  });
});
