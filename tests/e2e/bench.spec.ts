import { expect, test } from '@playwright/test';

/** The benchmark's page, as far as a test can wait: it opens by its address, runs, and stops when told to. */
test('the benchmark runs in the page and can be cancelled; another backend can be chosen', async ({
  page,
}) => {
  await page.goto('#bench');
  const dialog = page.getByRole('dialog', { name: 'Benchmark' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Run the benchmark' }).click();
  const progress = dialog.getByRole('progressbar', { name: 'Benchmark progress' });
  await expect(progress).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  await dialog.getByRole('button', { name: 'Close' }).click();

  const backend = page.getByRole('status', { name: 'Backend' });
  await backend.click();
  await page.getByRole('combobox', { name: 'Compute with' }).selectOption('cpu');
  await expect(backend).toContainText('cpu');
  await page.getByRole('combobox', { name: 'Compute with' }).selectOption('auto');
  await expect(backend).toContainText('wasm');
});
