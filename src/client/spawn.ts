import { threadName, watchLife } from '../shared/lifeline.ts';
import type { EngineClient, ExhibitsClient, LabClient } from './client.ts';
import { createClient, createExhibitsClient, createLabClient } from './client.ts';

/** Starts the engine in its own worker, so that numerics never block the page. */
export function spawnEngine(): EngineClient {
  // Under its name it shows that it lives.
  const name = threadName('ngc-engine');
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), {
    type: 'module',
    name,
  });
  return createClient(worker, { watchLife: (onEnd) => watchLife(name, onEnd) });
}

/** Starts the Lab's worker: what runs there leaves the theatre alone. */
export function spawnLab(): LabClient {
  const name = threadName('ngc-lab');
  const worker = new Worker(new URL('../worker/lab.ts', import.meta.url), {
    type: 'module',
    name,
  });
  return createLabClient(worker, { watchLife: (onEnd) => watchLife(name, onEnd) });
}

/** Starts the exhibits' worker. */
export function spawnExhibits(): ExhibitsClient {
  const name = threadName('ngc-exhibits');
  const worker = new Worker(new URL('../worker/exhibits.ts', import.meta.url), {
    type: 'module',
    name,
  });
  return createExhibitsClient(worker, { watchLife: (onEnd) => watchLife(name, onEnd) });
}
