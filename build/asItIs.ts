import type { Plugin } from 'vite';

/** Numbers, which packing makes hardly smaller: networks and data. */
const NUMBERS = /\/(?:models|data)\/[^?]*\.(?:safetensors|gz|mat)(?:$|\?)/;

/**
 * Has the preview server send numbers as they lie there. It would pack whatever has no type it knows, anew for everybody who asks:
 * that takes longer than sending them, and hides how long they are, so that nobody could say how much has come.
 */
export function asItIs(): Plugin {
  return {
    name: 'as-it-is',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, _, next) => {
        if (NUMBERS.test(request.url ?? '')) delete request.headers['accept-encoding'];
        next();
      });
    },
  };
}
