import type { LabRequest, LabResults } from '../protocol/lab.ts';
import { watchLife } from '../shared/lifeline.ts';
import type { EngineClient, LabClient } from './client.ts';
import { createClient, createWorkerClient } from './client.ts';

/** Starts the engine in its own worker, so that numerics never block the page. */
export function spawnEngine(): EngineClient {
  // Under its name it shows that it lives.
  const name = `ngc-engine ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), {
    type: 'module',
    name,
  });
  return createClient(worker, { watchLife: (onEnd) => watchLife(name, onEnd) });
}

/** Starts the Lab's worker: what runs there leaves the theatre alone. */
export function spawnLab(): LabClient {
  const worker = new Worker(new URL('../worker/lab.ts', import.meta.url), {
    type: 'module',
    name: 'ngc-lab',
  });
  return createWorkerClient<LabRequest, LabResults>(worker, 'The Lab');
}
