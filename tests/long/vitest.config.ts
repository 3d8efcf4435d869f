import { defineConfig } from 'vitest/config';

/** What takes longer than a few minutes: `npm run test:long`, before a release and after changes to what it is about. */
export default defineConfig({
  test: {
    include: ['tests/long/**/*.test.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
    maxWorkers: 1,
  },
});
