import { startBackend } from '../../src/runtime/backends.ts';
import { nodeHost } from '../../src/runtime/nodeHost.ts';

/** The backends every numeric test runs on here; webgpu has its turn in a real browser (tests/e2e). */
export const BACKENDS = ['cpu', 'wasm'] as const;

/** Makes one of them TensorFlow.js's current backend. */
export async function useBackend(name: (typeof BACKENDS)[number]): Promise<void> {
  await startBackend(name, nodeHost);
}
