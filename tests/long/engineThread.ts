import { parentPort } from 'node:worker_threads';

import { serveSession } from '../../src/worker/serve.ts';
import { Session } from '../../src/worker/session.ts';
import { fewDigits } from './fewDigits.ts';

/* The page's engine in a thread of Node: what it keeps lasts as long as the thread, so that all that outlives it is the page's. */
const page = parentPort;
if (!page) throw new Error('This file is the entry of a worker thread.');
Object.assign(globalThis, { fetch: fewDigits() });
const port: Parameters<typeof serveSession>[0] = {
  postMessage: (message, { transfer }) => page.postMessage(message, transfer as ArrayBuffer[]),
  onmessage: null,
};
serveSession(port, new Session());
page.on('message', (data: unknown) => void port.onmessage?.(new MessageEvent('message', { data })));
