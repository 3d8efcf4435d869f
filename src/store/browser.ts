import type { EngineClient } from '../client/client.ts';
import type { Environment } from './context.ts';

/** The real browser around the store. */
export function browserEnvironment(spawn: () => EngineClient): Environment {
  return {
    spawn,
    base: new URL('.', document.baseURI).href,
    readHash: () => window.location.hash,
    writeHash: (hash) => window.history.replaceState(null, '', hash),
    requestFrame: (callback) => void requestAnimationFrame(callback),
    hidden: () => document.hidden,
    reducedMotion: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    download(bytes, name) {
      const address = URL.createObjectURL(new Blob([bytes]));
      const link = document.createElement('a');
      link.href = address;
      link.download = name;
      link.click();
      // The browser reads the address after the click has been handled.
      setTimeout(() => URL.revokeObjectURL(address), 10_000);
    },
    copy: (text) => navigator.clipboard.writeText(text),
    href: () => window.location.href,
    onFault(listener) {
      // Without an error it is only the browser's note that a layout took two rounds.
      window.addEventListener('error', ({ error }: ErrorEvent) => {
        if (error instanceof Error) listener(error);
      });
      window.addEventListener('unhandledrejection', ({ reason }) => listener(reason));
    },
  };
}
