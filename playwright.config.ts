import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROME_PATH'];

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 2,
  // The software adapter compiles for two minutes: first, so that others walk beside.
  projects: [
    { name: 'kernels', testMatch: 'webgpu-parity.spec.ts' },
    { name: 'page', testIgnore: 'webgpu-parity.spec.ts' },
  ],
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: 'http://127.0.0.1:4173/',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Software WebGPU, so that the WebGPU path is exercised on machines without a graphics processor.
        '--enable-unsafe-webgpu',
        '--use-webgpu-adapter=swiftshader',
        '--enable-features=Vulkan',
        // No index is clamped to its buffer, and workgroups' memory is not zero at first: kernels must be right without either, and
        // compile in a third of the time.
        '--enable-dawn-features=disable_robustness,disable_workgroup_init',
      ],
    },
  },
  webServer: [
    {
      command: 'npx vite preview --host 127.0.0.1 --port 4173 --strictPort',
      url: 'http://127.0.0.1:4173/',
    },
    {
      // The engine alone, from source, for the parity tests on WebGPU.
      command:
        'npx vite --host 127.0.0.1 --port 4174 --strictPort --config tests/e2e/parity/vite.config.ts',
      url: 'http://127.0.0.1:4174/',
    },
  ],
});
