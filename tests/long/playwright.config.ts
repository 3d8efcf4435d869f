import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

import walks from '../../playwright.config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [page] = [walks.webServer ?? []].flat();

/** The long walks, through the same page and in the same browser as the short ones. */
export default defineConfig({
  ...walks,
  testDir: 'walks',
  outputDir: '../../test-results/long',
  timeout: 60 * 60_000,
  // One at a time: they tell times.
  workers: 1,
  projects: [{ name: 'long' }],
  webServer: { ...page!, cwd: root },
});
