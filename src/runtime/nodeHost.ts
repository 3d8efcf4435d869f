import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

import type { Host } from './backends.ts';

/** Node: WASM files from node_modules; no WebGPU. */
export const nodeHost: Host = {
  prepareWasm() {
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(main), '/'));
    return Promise.resolve();
  },
  gpu: () => Promise.resolve(null),
};
