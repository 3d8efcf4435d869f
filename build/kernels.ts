import type { Plugin } from 'vite';

import { compileAssembly } from '../src/runtime/nodeKernels.ts';

/** Compiles the kernels of the main processor before anything is served, built or tested: they are imported as files. */
export function kernels(): Plugin {
  return { name: 'kernels', config: async () => void (await compileAssembly()) };
}
