import { orNull } from './refusable.ts';

/*
 * How one thread learns that another has ended without a word: a thread holds a lock of its name as long as it lives, and the browser
 * gives it to who waits for it as soon as the thread is no more, however it ended. However busy a thread is, it keeps its lock.
 */

/** The part of the browser's locks that is needed; null where it has none. */
type Locks = Pick<LockManager, 'request'>;
const browserLocks = (): Locks | null =>
  orNull(() => (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks);

/** A name for a thread that no other has, of this page or another. */
export const threadName = (kind: string): string =>
  `${kind} ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;

/** Shows that this thread lives, under a name that only it has. Resolves when it can be seen. */
export function showLife(name: string, locks = browserLocks()): Promise<void> {
  return new Promise((resolve) => {
    if (!locks) return resolve();
    locks
      .request(name, () => {
        resolve();
        return new Promise(() => undefined);
      })
      // Refused (an opaque origin): others go by its silence.
      .catch(() => resolve());
  });
}

/**
 * Calls `onEnd` when the thread of that name has ended; it must have shown its life already. Returns what ends the watch.
 */
export function watchLife(name: string, onEnd: () => void, locks = browserLocks()): () => void {
  const watch = new AbortController();
  locks
    ?.request(name, { signal: watch.signal }, () => {
      if (!watch.signal.aborted) onEnd();
    })
    .catch(() => undefined); // the watch has ended, or locks are refused here
  return () => watch.abort();
}
