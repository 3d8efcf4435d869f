import type { EngineClient } from './client.ts';
import { createClient } from './client.ts';

/** Starts the engine in its own worker, so that numerics never block the page. */
export function spawnEngine(): EngineClient {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), {
    type: 'module',
    name: 'ngc-engine',
  });
  return createClient(worker);
}
