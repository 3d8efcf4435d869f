import { serve } from '../pool/service.ts';
import { showLife } from '../shared/lifeline.ts';
import { browserKernels } from './browserKernels.ts';
import { prepareBrowserWasm } from './browserWasm.ts';
import { startMember } from './wasm.ts';

/* A member of the pool, in a worker of the session's worker. */
void serve(
  {
    post: (message, transfer) => self.postMessage(message, { transfer }),
    listen(onMessage) {
      self.onmessage = (event: MessageEvent<unknown>) => onMessage(event.data);
    },
  },
  async (tell) => {
    // Whoever hears that it has started can see that it lives, and when it ends.
    await showLife(self.name);
    return startMember(prepareBrowserWasm, browserKernels, tell);
  },
);
