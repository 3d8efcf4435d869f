import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { findChromium, versionOf } from './chromium.ts';

/*
 * The browser tests: finds a Chromium, puts MNIST beside the page where a copy is at hand, builds the page, and walks
 * through it. Without MNIST the same walk uses the built-in digits.
 */
function step(command: string, args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  const chromium = findChromium();
  console.log(`Browser tests with ${versionOf(chromium)}`);
  if (!existsSync('public/data/mnist') && existsSync('../shared/data/mnist'))
    step('npx', ['tsx', 'src/cli/getData.ts', 'mnist', '--from', '../shared/data']);
  step('npx', ['vite', 'build', '--logLevel', 'warn']);
  step('npx', ['playwright', 'test', ...process.argv.slice(2)], { CHROME_PATH: chromium });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
