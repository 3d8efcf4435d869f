import type { Host } from './host.ts';
import { browserKernels } from './browserKernels.ts';
import { browserThreads } from './browserPool.ts';
import { prepareBrowserWasm } from './browserWasm.ts';
import { browserMemory } from './memory.ts';

/** A page or a worker: WASM files served beside the page, WebGPU from the navigator, workers of its own. */
export const browserHost: Host = {
  prepareWasm: prepareBrowserWasm,
  kernels: browserKernels,
  gpu: () => Promise.resolve((navigator.gpu as GPU | undefined) ?? null),
  threads: browserThreads,
  memory: browserMemory(),
};
