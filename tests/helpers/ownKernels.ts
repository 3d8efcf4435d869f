import type { Executor } from '../../src/ngc/settling.ts';
import { nodeKernels } from '../../src/runtime/nodeKernels.ts';
import { ownExecutor } from '../../src/wasm/executor.ts';
import type { KernelModule } from '../../src/wasm/kernels.ts';
import { compileKernels } from '../../src/wasm/kernels.ts';

/** Our own kernels' module that runs here. */
export async function ownModule(): Promise<KernelModule> {
  const module = await compileKernels(nodeKernels);
  if (typeof module === 'string') throw new Error(module);
  return module;
}

/** What settles and learns by it, and throws where it would go on by plain operations: those would agree with themselves. */
export const ownKernels = async (): Promise<Executor> =>
  ownExecutor(await ownModule(), {
    tell: (sentence) => {
      throw new Error(sentence);
    },
  });
