import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { isNew, test } from './visit.ts';

/*
 * The settling theatre, as a teacher would use it: replaying an episode, cutting into the network, letting it watch the
 * canvas, and looking at single steps.
 */

const number = async (page: Page, id: string) =>
  Number((await page.getByTestId(id).innerText()).replace('−', '-').replace(/[^\d.+-]/g, ''));
const status = (page: Page) => page.getByRole('status', { name: 'Run status' });
/** The episode has ended, whether its states rest by then or not. */
const ENDED = /(settled|stopped) after \d+ steps/i;
const timeline = (page: Page) => page.getByRole('slider', { name: 'Settling timeline' });
const stepShown = (page: Page) => timeline(page).inputValue().then(Number);

async function open(page: Page, hash = ''): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  if (isNew(page)) await page.goto(`#backend=wasm&dataset=synthetic&density=numbers${hash}`);
  await expect(status(page)).toContainText(ENDED, { timeout: 60_000 });
  return errors;
}

/** Scribbles over the whole canvas. */
async function scribble(page: Page): Promise<void> {
  const box = (await page.getByRole('img', { name: 'Drawing canvas' }).boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.1, 0.1));
  await page.mouse.down();
  for (let i = 1; i <= 14; i++)
    await page.mouse.move(...at(i % 2 ? 0.9 : 0.1, 0.1 + i * 0.057), { steps: 5 });
  await page.mouse.up();
}

test.describe('a lesson', () => {
  test.use({ visit: 'lesson' });

  test('a lesion stands beside the intact network at the same step; a weight update is named, and taken back', async ({
    page,
  }) => {
    const errors = await open(page);
    const before = await number(page, 'metric-mmse');
    await page.getByRole('tab', { name: 'Lesions' }).click();
    await page.getByRole('button', { name: 'Cut top-down' }).click();
    await expect(page.getByTestId('cut-since')).toHaveText(/Cut at step 20, 20 steps ago/);
    await expect.poll(() => number(page, 'cut-error')).toBe(await number(page, 'metric-mmse'));
    await expect.poll(() => number(page, 'intact-error')).toBeGreaterThan(0);
    // Where nothing was cut yet, both are one.
    await timeline(page).fill('20');
    await expect.poll(() => number(page, 'intact-error')).toBe(before);
    await expect(page.getByTestId('beside-intact')).toBeVisible();
    await page.getByRole('button', { name: 'Restore all' }).click();

    await page.getByRole('tab', { name: 'Network' }).click();
    const label = page.getByTestId('network-label');
    await expect(label).not.toContainText('changed by you');
    for (const updates of ['1 weight update', '2 weight updates']) {
      await page.getByRole('button', { name: 'Weight update' }).click();
      await expect(label).toContainText(`then changed by you: ${updates}`);
    }
    await page.getByRole('button', { name: 'Undo update' }).click();
    await expect(label).toContainText('1 weight update.');
    await page.getByRole('button', { name: 'As it was' }).click();
    await expect(label).not.toContainText('changed by you');
    await expect.poll(() => number(page, 'metric-mmse')).toBe(before);
    expect(errors).toEqual([]);
  });

  test('scrubs, plays backwards, loops, and goes back to an earlier episode', async ({ page }) => {
    const errors = await open(page);
    await timeline(page).fill('5');
    expect(await stepShown(page)).toBe(5);
    await timeline(page).press('ArrowRight');
    expect(await stepShown(page)).toBe(6);
    await timeline(page).press('End');
    const last = await stepShown(page);

    await page.getByRole('button', { name: 'Play backwards' }).click();
    await expect.poll(() => stepShown(page)).toBeLessThan(last);
    await expect.poll(() => stepShown(page)).toBe(0);
    await expect(page.getByRole('button', { name: 'Play backwards' })).toHaveAttribute('aria-pressed', 'false'); // prettier-ignore

    await page.keyboard.press('l');
    await expect(page.getByRole('button', { name: 'Loop' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect.poll(() => stepShown(page), { intervals: [20] }).toBeGreaterThan(last / 2);
    await expect.poll(() => stepShown(page), { intervals: [20] }).toBeLessThan(last / 2);
    await expect(status(page)).toContainText(ENDED);
    await page.getByRole('button', { name: 'Play forwards' }).click();
    await page.getByRole('button', { name: 'Loop' }).click();

    await page.getByRole('button', { name: 'Example digit' }).click();
    const earlier = page.getByRole('button', { name: /^Episode 1 back/ });
    await earlier.click();
    await expect(earlier).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Latest' }).click();
    await expect(earlier).toHaveAttribute('aria-pressed', 'false');
    expect(errors).toEqual([]);
  });

  test('cuts the lateral synapses, silences a neuron, restores all, and undoes that', async ({
    page,
  }) => {
    const errors = await open(page);
    const before = await number(page, 'metric-sparsity-1');
    await page.getByRole('tab', { name: 'Lesions' }).click();
    await page.getByRole('button', { name: 'Cut lateral synapses' }).click();
    await expect.poll(() => number(page, 'metric-sparsity-1')).toBeGreaterThan(before + 0.05);
    await expect(page.getByRole('status', { name: 'Lesions' })).toContainText('lateral');

    const silence = page.getByRole('button', { name: 'Silence this neuron' });
    await silence.click();
    await expect(page.getByRole('button', { name: 'Let it fire again' })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Lesions' })).toContainText('2 lesions');
    await page.getByRole('button', { name: 'Silence layer 3' }).click();
    await expect.poll(() => number(page, 'metric-sparsity-3')).toBe(0);

    await page.getByRole('button', { name: 'Restore all' }).click();
    await expect(page.getByRole('status', { name: 'Lesions' })).toBeEmpty();
    await expect.poll(() => number(page, 'metric-sparsity-3')).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Undo lesion' }).click();
    await expect(page.getByRole('button', { name: 'Silence layer 3' })).toHaveAttribute('aria-pressed', 'true'); // prettier-ignore
    await page.getByRole('button', { name: 'Restore all' }).click();
    await expect(silence).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('shows contests, and lets their strengths be moved while the picture settles', async ({
    page,
  }) => {
    const errors = await open(page);
    await page.getByRole('radio', { name: 'Contests' }).check();
    await expect(page.getByTestId('contests')).toBeVisible();
    const active = async () =>
      Number(/(\d+) % active/.exec(await page.getByTestId('contest-summary').innerText())?.[1]);
    const before = await active();
    expect(before).toBeGreaterThan(0);
    await page.getByRole('slider', { name: 'Inhibition' }).fill('0.4');
    await expect.poll(active).toBeLessThan(before);
    await page.getByRole('button', { name: 'Usual strengths' }).click();
    await expect(page.getByRole('slider', { name: 'Inhibition' })).toHaveValue('0.1');
    await page.getByTestId('contests').click({ position: { x: 30, y: 30 } });
    await page.getByRole('radio', { name: 'Layers' }).check();
    await expect(page.getByTestId('layer-1-state')).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('heatmaps by keyboard: a cursor, its numbers read out, Enter pins, Escape leaves', async ({
    page,
  }) => {
    const errors = await open(page);
    const state = page.getByTestId('layer-2-state');
    await state.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    const said = page.locator('[aria-live="polite"]', { hasText: 'of layer 2' });
    await expect(said).toHaveText(
      /^neuron 5 of layer 2, column 1: activity .+, predicted .+, error .+/,
    );
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /Neuron 5, layer 2/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(said).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(state).not.toBeFocused();
    for (const layer of [1, 2, 3])
      await expect(page.getByTestId(`layer-${layer}-belief`)).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('present mode leaves three regions, and Esc brings the page back', async ({ page }) => {
    const errors = await open(page);
    await page.keyboard.press('p');
    await expect(page.getByRole('tab', { name: 'Neuron' })).toBeHidden();
    await expect(page.getByRole('img', { name: 'Drawing canvas' })).toBeVisible();
    await expect(page.getByTestId('layer-3-state')).toBeVisible();
    await expect(timeline(page)).toBeVisible();
    const fits = await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight);
    expect(fits).toBe(true);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tab', { name: 'Neuron' })).toBeVisible();
    expect(errors).toEqual([]);
  });

  test('slow motion and single steps light one part after the other, with its numbers', async ({
    page,
  }) => {
    const errors = await open(page);
    const caption = page.getByTestId('step-caption');
    const parts = page.getByRole('group', { name: 'Parts of a settling step' });
    const lit = parts.locator('[aria-current="step"]');
    await expect(caption).toBeHidden();
    await page.getByRole('slider', { name: 'Speed' }).fill('1');
    await page.getByRole('button', { name: 'Example digit' }).click();
    for (const part of ['Predict', 'Error', 'Correct', 'Compete'])
      await expect(lit).toContainText(part, { timeout: 20_000 });
    await expect(caption).toContainText('mean |β·φ(z)·V|');
    await page.getByRole('button', { name: 'Pause settling' }).click();

    await page.getByRole('button', { name: 'Settling step' }).click();
    await expect(lit).toContainText('Predict');
    await expect(page.getByTestId('step-discrepancy')).toContainText('→');
    // Holding on to a part keeps it lit.
    await page.getByRole('button', { name: 'Error', exact: true }).click();
    await expect(caption).toContainText('‖e‖²');
    await page.getByRole('button', { name: 'Close the explanation' }).click();
    await expect(caption).toBeHidden();

    await page.getByRole('slider', { name: 'Speed' }).fill('40');
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    await expect(status(page)).toContainText(ENDED);
    await expect(caption).toBeHidden();
    expect(errors).toEqual([]);
  });

  test('Settle stays Settle for whoever was about to press it', async ({ page }) => {
    const errors = await open(page);
    await page.getByRole('slider', { name: 'Speed' }).fill('20');
    const occlusion = page.getByRole('combobox', { name: 'Occlusion' });
    const button = page.getByRole('button', { name: 'Settle', exact: true });
    const box = (await button.boundingBox())!;
    // Before the new picture is sent, while it is, and when the button has just changed its word.
    for (const [label, delay] of [
      ['Left half', 0],
      ['Top half', 140],
      ['Centre', 240],
    ] as const) {
      await occlusion.selectOption({ label });
      await page.waitForTimeout(delay);
      await page.mouse.click(box.x + 20, box.y + box.height / 2);
      await expect(status(page)).toContainText(/completing|settling/i);
      await expect(status(page)).toContainText(ENDED);
    }
    expect(errors).toEqual([]);
  });

  test('messages travel while something happens, and rest with it; still under reduced motion', async ({
    page,
  }) => {
    const errors = await open(page);
    await page.getByRole('slider', { name: 'Speed' }).fill('18');
    const moving = page.locator('[data-moving]');
    await expect(moving).toHaveCount(0);
    await page.getByRole('button', { name: 'Example digit' }).click();
    await expect.poll(() => moving.count()).toBeGreaterThan(6);
    await page.getByRole('button', { name: 'Pause settling' }).click();
    await expect(moving).toHaveCount(0);
    await page.getByRole('button', { name: 'Play backwards' }).click();
    await expect.poll(() => moving.count()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Play forwards' }).click();
    await page.waitForTimeout(300);
    await expect(moving).toHaveCount(0);
    await page.emulateMedia({ reducedMotion: null });
    await page.getByRole('slider', { name: 'Speed' }).fill('40');
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    await expect(status(page)).toContainText(ENDED);
    expect(errors).toEqual([]);
  });

  test('the slowest speed waits for a click at each part, forwards and back; nothing moves its place', async ({
    page,
  }) => {
    const errors = await open(page);
    const lit = page.locator('[aria-current="step"]');
    const place = () => page.getByTestId('layer-1-state').boundingBox();
    const before = await place();
    await page.getByRole('slider', { name: 'Speed' }).fill('0');
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    await expect.poll(() => stepShown(page)).toBe(0);
    const next = page.getByRole('button', { name: 'Next', exact: true });
    for (const part of ['Predict', 'Error', 'Correct', 'Compete']) {
      await expect(lit).toContainText(part);
      expect(await place()).toEqual(before);
      await next.click();
    }
    await expect(lit).toContainText('Predict');
    // The timeline is painted with the next frame.
    await expect.poll(() => stepShown(page)).toBe(1);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(lit).toContainText('Compete');
    await expect.poll(() => stepShown(page)).toBe(0);
    await page.getByRole('button', { name: 'Back', exact: true }).blur();
    await page.keyboard.press('ArrowRight');
    await expect(lit).toContainText('Predict');
    await expect.poll(() => stepShown(page)).toBe(1);
    // A new drawing waits at its first step; the step after it is computed by a click.
    await page.getByRole('button', { name: 'Example digit' }).click();
    await expect.poll(() => stepShown(page)).toBe(0);
    await expect(lit).toContainText('Predict');
    for (let i = 0; i < 4; i++) await next.click();
    await expect.poll(() => stepShown(page)).toBe(1);
    expect(errors).toEqual([]);
  });
});

test.describe('a drawing that is watched', () => {
  test.use({ visit: 'watched' });

  test('the gauge tells a digit from a scribble, half hidden or whole, and from an empty page', async ({
    page,
  }) => {
    const errors = await open(page, '&speed=full');
    await expect(page.getByTestId('surprise-word')).toHaveText('as usual as digits are');
    await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'None' });
    const word = page.getByTestId('surprise-word');
    await expect(word).toHaveText('as usual as digits are');
    const digit = await number(page, 'metric-discrepancy');
    await scribble(page);
    await expect(word).toHaveText('less usual than any of 200 digits');
    await expect(status(page)).toContainText(ENDED);
    await expect.poll(() => number(page, 'metric-discrepancy')).toBeLessThan(digit - 40);
    await expect(page.getByTestId('surprise-gauge')).toContainText('empty page');
    expect(errors).toEqual([]);
  });

  test('watches live: strokes do not begin a new episode, and it comes to rest', async ({
    page,
  }) => {
    const errors = await open(page, '&speed=full');
    await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'None' });
    await page.getByRole('button', { name: 'Example digit' }).click();
    await expect(status(page)).toContainText(ENDED);
    await page.getByRole('switch', { name: 'Live' }).check();
    await expect(status(page)).toContainText(/live/i);
    await expect.poll(() => stepShown(page), { timeout: 60_000 }).toBeGreaterThan(15);
    const before = await stepShown(page);
    const calm = await number(page, 'energy-0');
    await scribble(page);
    await expect.poll(() => stepShown(page)).toBeGreaterThan(before);
    expect(await number(page, 'energy-0')).toBeGreaterThan(calm);
    await expect(status(page)).toContainText(/rest/i, { timeout: 90_000 });
    expect(await stepShown(page)).toBeGreaterThan(before);
    await page.getByRole('switch', { name: 'Live' }).uncheck();
    await expect(status(page)).toContainText(ENDED);
    expect(errors).toEqual([]);
  });
});

test('training lets the ways of messages be: nothing on the stage is made anew', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const animate = Element.prototype.animate;
    Object.assign(globalThis, { animated: 0 });
    Element.prototype.animate = function (...how) {
      (globalThis as unknown as { animated: number }).animated++;
      return animate.apply(this, how);
    };
  });
  const animated = () =>
    page.evaluate(() => (globalThis as unknown as { animated: number }).animated);
  const small = 'mode=train&sizes=784,32,32,16&steps=5&batch=20';
  await page.goto(`#backend=wasm&dataset=synthetic&density=numbers&${small}`);
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect.poll(() => number(page, 'metric-images')).toBeGreaterThan(100);
  const [made, seen] = [await animated(), await number(page, 'metric-images')];
  expect(made).toBeGreaterThan(0);
  await expect.poll(() => number(page, 'metric-images')).toBeGreaterThan(seen + 400);
  expect(await animated()).toBe(made);
});

test('an earlier episode shows what was hidden and cut then, not what is now', async ({ page }) => {
  const errors = await open(page, '&speed=full');
  const hidden = await number(page, 'metric-mmse');
  const half = page.getByText('50 % hidden');
  await expect(half).toBeVisible();
  await page.getByRole('combobox', { name: 'Occlusion' }).selectOption({ label: 'None' });
  const earlier = page.getByRole('button', { name: /^Episode 1 back/ });
  await expect(earlier).toBeVisible();
  await expect(status(page)).toContainText(ENDED);
  await expect(half).toBeHidden();
  await expect(page.getByTestId('metric-mmse')).toHaveText('—');
  await page.getByRole('tab', { name: 'Lesions' }).click();
  await page.getByRole('button', { name: 'Cut lateral synapses' }).click();
  await expect(page.getByTestId('cut-mark').first()).toBeAttached();
  await earlier.click();
  await expect(half).toBeVisible();
  expect(await number(page, 'metric-mmse')).toBe(hidden);
  await expect(page.getByTestId('cut-mark')).toHaveCount(0);
  await page.getByRole('button', { name: 'Latest' }).click();
  await expect(page.getByTestId('cut-mark').first()).toBeAttached();
  expect(errors).toEqual([]);
});
