import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Plugin } from 'vite';
import { build } from 'vite';

import type { OfflineFile } from '../src/offline/messages.ts';

/*
 * The service worker of the built page: made after everything else is written, because it lists every file with its digest.
 */

const WORKER = 'sw.js';
/** Data that were put beside the page are kept as data, by the page itself, when they are used. */
const DATA = 'data/';
/** What is large and not needed at the start; of the models, the first picture needs one. */
const LARGE = /^(lab|models)\//;
const AT_START = ['models/index.json', 'models/gncn-pdh.safetensors'];

/** Every file of the built page, with forward slashes, in a fixed order. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name !== WORKER && !name.startsWith(DATA))
    .sort();
}

function offlineFile(folder: string, url: string): OfflineFile {
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, url)))
    .digest('base64');
  const named = url.startsWith('assets/');
  return { url, revision: named ? null : digest, integrity: `sha256-${digest}` };
}

/** What is kept at once, and what when there is time. */
export function offlineFiles(folder: string): { shell: OfflineFile[]; large: OfflineFile[] } {
  const isLarge = ({ url }: OfflineFile) => LARGE.test(url) && !AT_START.includes(url);
  const files = filesOf(folder).map((url) => offlineFile(folder, url));
  return { shell: files.filter((file) => !isLarge(file)), large: files.filter(isLarge) };
}

/** Writes the service worker beside the built page. */
export function offline(): Plugin {
  let folder = '';
  let root = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    // Only for the page itself: its workers are built by the same plugins.
    async closeBundle() {
      const { shell, large } = offlineFiles(folder);
      await build({
        ...{ root, configFile: false, publicDir: false, logLevel: 'warn' },
        define: { SHELL_FILES: JSON.stringify(shell), LARGE_FILES: JSON.stringify(large) },
        build: {
          ...{ outDir: folder, emptyOutDir: false, target: 'es2022' },
          rolldownOptions: {
            input: resolve(root, 'src/offline/serviceWorker.ts'),
            output: { entryFileNames: WORKER, format: 'iife' },
          },
        },
      });
    },
  };
}
