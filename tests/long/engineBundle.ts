import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'vite';

/** The engine's thread in one file. */
export interface EngineFile {
  readonly url: URL;
  remove(): void;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Makes one file of the engine's thread, so that another starts in a moment. In Node there are no kernels: it computes in plain JavaScript. */
export async function bundleEngine(): Promise<EngineFile> {
  // Packages are found from there as they are from here.
  const outDir = mkdtempSync(join(here('../../node_modules'), '.engine-'));
  const none = '\0none';
  await build({
    configFile: false,
    logLevel: 'error',
    root: here('../..'),
    plugins: [
      {
        name: 'no-kernels',
        enforce: 'pre',
        resolveId: (source) => (source.includes('.wasm') ? none : null),
        load: (id) => (id === none ? 'export default "";' : null),
      },
    ],
    build: { ssr: here('engineThread.ts'), outDir, emptyOutDir: false, copyPublicDir: false },
  });
  return {
    url: pathToFileURL(join(outDir, 'engineThread.js')),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
