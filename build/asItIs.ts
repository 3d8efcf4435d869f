import type { IncomingMessage } from 'node:http';

import type { Plugin } from 'vite';

/** Numbers, which packing makes hardly smaller: networks and data. */
const NUMBERS = /\/(?:models|data)\/[^?]*\.(?:safetensors|gz|mat)(?:$|\?)/;
const THIS_MACHINE = /^(?:(?:::ffff:)?127\.|::1$)/;

/** Whether packing would only delay what is asked for: it goes nowhere, or gets hardly smaller. */
export const goesAsItIs = ({ url, socket }: Pick<IncomingMessage, 'url' | 'socket'>): boolean =>
  THIS_MACHINE.test(socket.remoteAddress ?? '') || NUMBERS.test(url ?? '');

/**
 * Has the preview server send what packing would only delay as it lies there. It packs anew for everybody who asks, which also hides how
 * long something is, so that nobody could say how much has come.
 */
export function asItIs(): Plugin {
  return {
    name: 'as-it-is',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, _, next) => {
        if (goesAsItIs(request)) delete request.headers['accept-encoding'];
        next();
      });
    },
  };
}
