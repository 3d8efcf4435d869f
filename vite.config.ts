import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { ahead } from './build/ahead.ts';
import { asItIs } from './build/asItIs.ts';
import { contentPolicy, HEADERS } from './build/contentPolicy.ts';
import { kernels } from './build/kernels.ts';
import { offline } from './build/offline.ts';

export default defineConfig({
  base: './',
  plugins: [react(), kernels(), ahead(), asItIs(), contentPolicy(), offline()],
  worker: { format: 'es' },
  // Nothing is inlined as data: the page's policy takes files only.
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, assetsInlineLimit: 0 },
  preview: { headers: { ...HEADERS } },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/long/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    // A process runs many files: what they import is read once, not once for each of them.
    isolate: false,
    setupFiles: ['tests/helpers/leaveNothing.ts'],
  },
});
