import { orNull } from '../shared/refusable.ts';
import type { OfflineAnswer, OfflineMessage } from './messages.ts';

/* The page's side of what keeps it for use without a network. */

/** Whether a new version is in force; "others": pages of the old one are open besides this; "held": the browser does not let go of it. */
export type TakeOver = OfflineAnswer | 'held';

/** A new version that is kept, and waits. */
export interface NewVersion {
  /** Puts it in force: the page is to be loaded anew then. */
  takeOver(): Promise<TakeOver>;
}

const send = (worker: ServiceWorker, message: OfflineMessage, transfer: Transferable[] = []) =>
  worker.postMessage(message, transfer);

/**
 * So long (ms) a browser may take to let go of the old one. Chromium does so at once, or, where the page asked something of it just then,
 * when nothing was asked of it for half a minute; a page that is loaded anew meanwhile would have it wait longer.
 */
const PATIENCE_MS = 90_000;

const newVersion = (worker: ServiceWorker): NewVersion => ({
  takeOver: () =>
    new Promise((resolve) => {
      const end = (answer: TakeOver) => {
        clearTimeout(late);
        worker.onstatechange = null;
        resolve(answer);
      };
      const late = setTimeout(end, PATIENCE_MS, 'held');
      const see = () => {
        if (worker.state === 'activated') end('taken');
      };
      worker.onstatechange = see;
      see();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<OfflineAnswer>) => {
        if (data === 'others') end(data);
      };
      send(worker, 'takeOver', [port2]);
    }),
});

/** Calls `tell` with every version that is kept whole and waits for this one to end. */
function watch(registration: ServiceWorkerRegistration, tell: (version: NewVersion) => void) {
  const tellIfWaiting = () => {
    // The very first one takes no other's place.
    if (registration.waiting && registration.active) tell(newVersion(registration.waiting));
  };
  tellIfWaiting();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tellIfWaiting);
  });
}

/** Whether the user pays for every byte. */
const sparing = () =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/**
 * Has the browser keep this page. Nothing is said where it cannot: the page works as long as there is a network.
 * @param address of the service worker
 * @param onNewVersion is called when another version is kept and waits
 */
export async function keepPage(
  address: URL,
  onNewVersion: (version: NewVersion) => void,
): Promise<void> {
  const workers = orNull(() => navigator.serviceWorker);
  if (!workers) return;
  try {
    const registration = await workers.register(address);
    watch(registration, onNewVersion);
    const { active } = await workers.ready;
    if (active && !sparing()) send(active, 'keepLarge');
  } catch {
    // A private window, a page not served securely, or a host that does not have it.
  }
}
