import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Host } from './host.ts';
import { forgetfulMemory } from './memory.ts';
import { nodeKernels } from './nodeKernels.ts';
import { nodeThreads } from './nodePool.ts';
import { prepareNodeWasm } from './nodeWasm.ts';

/** What the optional package `webgpu` (Dawn, Chromium's WebGPU, for Node) gives. */
interface Dawn {
  create(flags: readonly string[]): GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** Dawn's entry point; kept, as Dawn ends with it. Undefined: not asked for yet; null: not installed. */
let dawn: GPU | null | undefined;

/** Where Linux systems keep the Vulkan loader. */
const LIBRARY_FOLDERS = [
  ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':'),
  ...['/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib', '/lib64'],
  ...['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'],
];

/**
 * Whether Dawn may find a device. Without a Vulkan loader it would not, and would complain on standard error, which
 * is not its own.
 */
function mayHaveDevice(): boolean {
  if (process.platform !== 'linux') return true;
  return LIBRARY_FOLDERS.some(
    (folder) => folder !== '' && existsSync(join(folder, 'libvulkan.so.1')),
  );
}

/**
 * Starts Dawn where the package is installed, and puts WebGPU where TensorFlow.js looks for it: at `navigator.gpu`,
 * with its classes and constants as globals. A process that used it must be ended by `process.exit`.
 */
async function startDawn(): Promise<GPU | null> {
  if (!mayHaveDevice()) return null;
  // Not a literal: the package is optional, for the type checker and for bundlers too.
  const name: string = 'webgpu';
  let module: Dawn;
  try {
    module = (await import(name)) as Dawn;
  } catch {
    return null;
  }
  Object.assign(globalThis, module.globals);
  const gpu = module.create([]);
  // Node has had a navigator since version 21.
  const navigator = (globalThis as { navigator?: object }).navigator ?? {};
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  return gpu;
}

/** Node: WASM files from node_modules; WebGPU where the optional package `webgpu` is installed; threads. */
export const nodeHost: Host = {
  prepareWasm: prepareNodeWasm,
  kernels: nodeKernels,
  async gpu() {
    if (dawn === undefined) dawn = await startDawn();
    return dawn;
  },
  threads: nodeThreads,
  memory: forgetfulMemory(),
};
