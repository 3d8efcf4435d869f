import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { Link } from '../pool/member.ts';
import type { Threads } from './host.ts';

function startMember(): Link {
  const entry = new URL('./poolMember.node.mjs', import.meta.url);
  const worker = new Worker(entry, { execArgv: [], name: 'ngc-pool' });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onEnd) {
      worker.on('message', (message: unknown) => onMessage(message));
      worker.on('messageerror', () => onEnd('a message could not be read'));
      worker.on('error', (error) => onEnd(error.message));
      worker.on('exit', (status) => onEnd(`exit status ${status}`));
    },
    // Idle threads let the process end.
    awaited: (waiting) => (waiting ? worker.ref() : worker.unref()),
    close: () => void worker.terminate(),
  };
}

/** Threads of Node. The first batch waits for them, so that a run gives the same numbers each time. */
export function nodeThreads(): Threads {
  return {
    cores: availableParallelism(),
    waits: true,
    sharesMemory: true,
    start: (count) => Array.from({ length: count }, startMember),
  };
}
