import type { BackendChoice } from '../../protocol/reports.ts';
import { startBackend } from '../../runtime/backends.ts';
import { browserHost } from '../../runtime/browserHost.ts';

let started: Promise<unknown> | null = null;

/**
 * TensorFlow.js in the exhibits' worker, started once: what suits small networks is WASM in this one thread, unless another was asked for.
 */
export function exhibitNumerics(choice: BackendChoice): Promise<unknown> {
  if (started) return started;
  const starting = startBackend(choice === 'auto' ? 'wasm' : choice, browserHost, { workers: 1 });
  started = starting;
  starting.catch(() => (started = null));
  return starting;
}
