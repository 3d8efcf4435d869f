import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { platform } from 'node:os';

import { chromium } from '@playwright/test';

/** The one without windows, which needs less of the processor for the same page. */
const WINDOWLESS = '/usr/bin/chromium-headless-shell';

/** Where browsers usually lie. */
const USUAL: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Who asks: tests walk in whatever is quickest; what people wait for is timed in what people use. */
type Purpose = 'walk' | 'time';

function installed(purpose: Purpose): string | null {
  const asked = process.env['CHROME_PATH'];
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Error(`CHROME_PATH names ${asked}, which does not exist.`);
  }
  const whole = USUAL[platform()] ?? [];
  const usual = purpose === 'walk' ? [WINDOWLESS, ...whole] : [...whole, WINDOWLESS];
  const found = usual.find((path) => existsSync(path));
  if (found) return found;
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

/** Whether a command ran to a good end; its output goes to this terminal. */
const succeeds = (command: string, args: string[]) =>
  spawnSync(command, args, { stdio: 'inherit', shell: platform() === 'win32' }).status === 0;

function install(): void {
  console.log('No Chromium found; installing one.');
  const isRoot = platform() === 'linux' && process.getuid?.() === 0;
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    if (succeeds('apt-get', ['update', '-qq'])) {
      const packages = [
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium-headless-shell',
      ];
      if (succeeds('apt-get', packages)) return;
    }
  }
  succeeds('npx', ['playwright', 'install', 'chromium']);
}

/**
 * The Chromium that the browser tests drive: CHROME_PATH, an installed one, Playwright's own, or one that is
 * installed now. Throws one sentence that says what to do where none can be had.
 */
export function findChromium(purpose: Purpose = 'walk'): string {
  const found = installed(purpose);
  if (found) return found;
  install();
  const now = installed(purpose);
  if (!now)
    throw new Error(
      'No Chromium to test with: install Chrome or Chromium, or set CHROME_PATH to one.',
    );
  return now;
}

/** The browser's version, as it names itself. */
export function versionOf(path: string): string {
  return execFileSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim();
}
