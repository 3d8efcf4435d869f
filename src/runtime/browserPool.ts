import type { Link } from '../pool/member.ts';
import { threadName, watchLife } from '../shared/lifeline.ts';
import type { Threads } from './host.ts';

function startMember(): Link {
  // Under its name it shows that it lives.
  const name = threadName('ngc-pool');
  const worker = new Worker(new URL('./poolMember.browser.ts', import.meta.url), {
    type: 'module',
    name,
  });
  let unwatch: (() => void) | null = null;
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(onMessage, onEnd) {
      worker.onmessage = (event: MessageEvent<unknown>) => {
        unwatch ??= watchLife(name, () => onEnd('its thread ended'));
        onMessage(event.data);
      };
      worker.onmessageerror = () => onEnd('a message could not be read');
      worker.onerror = (event) => {
        event.preventDefault(); // it is told as an error of what was running
        onEnd(event.message || 'it could not be loaded');
      };
    },
    close() {
      unwatch?.();
      worker.terminate();
    },
  };
}

/**
 * Workers of this worker. The page must not wait for them to load: until they have, batches run without. Null where
 * there is no Worker to be had here.
 */
export function browserThreads(): Threads | null {
  if (typeof Worker === 'undefined') return null;
  return {
    cores: navigator.hardwareConcurrency || 1,
    waits: false,
    sharesMemory: globalThis.crossOriginIsolated,
    start: (count) => Array.from({ length: count }, startMember),
  };
}
