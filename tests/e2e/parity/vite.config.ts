import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { kernels } from '../../../build/kernels.ts';

export default defineConfig({
  plugins: [kernels()],
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../../node_modules/.vite-parity', import.meta.url)),
  // Files that change meanwhile must not reload the page under a test.
  server: {
    hmr: false,
    watch: null,
    fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] },
  },
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      '@tensorflow/tfjs-backend-cpu',
    ],
  },
});
