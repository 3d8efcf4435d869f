import { keepPage } from '../offline/registration.ts';
import { orNull } from '../shared/refusable.ts';
import type { Environment } from './context.ts';

/** Before the names under which the browser keeps what it is given: other pages may share its storage. */
const KEPT = 'ngc-explorer.';

/** The text of a file beside the page; null where the server has none, or answers with its start page instead. */
async function readBeside(address: URL): Promise<string | null> {
  const response = await fetch(address);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`the server answered ${response.status}.`);
  if (response.headers.get('content-type')?.startsWith('text/html')) return null;
  return response.text();
}

/** The real browser around the store. */
export function browserEnvironment(
  workers: Pick<Environment, 'spawn' | 'spawnLab' | 'spawnExhibits'>,
): Environment {
  return {
    ...workers,
    base: new URL('.', document.baseURI).href,
    readBeside: (name) => readBeside(new URL(name, document.baseURI)),
    memory: {
      read: (key) => orNull(() => window.localStorage.getItem(KEPT + key)),
      write: (key, text) =>
        void orNull(() =>
          text === null
            ? window.localStorage.removeItem(KEPT + key)
            : window.localStorage.setItem(KEPT + key, text),
        ),
    },
    async keepStorage() {
      try {
        await navigator.storage.persist();
      } catch {
        // Not every browser can be asked, and some ask their user first.
      }
    },
    readHash: () => window.location.hash,
    writeHash: (hash) => window.history.replaceState(null, '', hash),
    requestFrame: (callback) => void requestAnimationFrame(callback),
    now: () => performance.now(),
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
    copyImage: (png) => navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]),
    href: () => window.location.href,
    // While it is developed, the page changes too often to be kept.
    keepPage: async (onNewVersion) =>
      import.meta.env.PROD ? keepPage(new URL('sw.js', document.baseURI), onNewVersion) : undefined,
    reload: () => window.location.reload(),
    askBeforeLeaving: (should) =>
      window.addEventListener('beforeunload', (event) => should() && event.preventDefault()),
    onLeave: (listener) => window.addEventListener('pagehide', listener),
    onFault(listener) {
      // Without an error it is only the browser's note that a layout took two rounds.
      window.addEventListener('error', ({ error }: ErrorEvent) => {
        if (error instanceof Error) listener(error);
      });
      window.addEventListener('unhandledrejection', ({ reason }) => listener(reason));
    },
  };
}
