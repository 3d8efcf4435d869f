import { parentPort } from 'node:worker_threads';

import { serve } from '../pool/service.ts';
import { nodeKernels } from './nodeKernels.ts';
import { prepareNodeWasm } from './nodeWasm.ts';
import { startMember } from './wasm.ts';

/* A member of the pool, in a thread of Node. */
const owner = parentPort;
if (!owner) throw new Error('This file is the entry of a worker thread.');
void serve(
  {
    post: (message, transfer) => owner.postMessage(message, transfer),
    listen: (onMessage) => void owner.on('message', (message: unknown) => onMessage(message)),
  },
  (tell) => startMember(prepareNodeWasm, nodeKernels, tell),
);
