import type { Release } from './shelf.ts';

/** The part of the browser's locks that claims need; tests hand in their own. */
export type Locks = Pick<LockManager, 'request'>;

/**
 * Claims by the browser's locks: a page that ends gives back what it held. Where a browser has none, only this page is known.
 * @param space put before names, so that claims of other things are others
 */
export function lockClaims(
  locks: Locks | null,
  space: string,
): (name: string) => Promise<Release | null> {
  const held = new Set<string>();
  return async (name) => {
    if (held.has(name)) return null;
    held.add(name);
    if (!locks) return () => Promise.resolve(void held.delete(name));
    const release = await lockHeld(locks, `${space}/${name}`);
    if (!release) held.delete(name);
    return (
      release &&
      (() => {
        held.delete(name);
        return release();
      })
    );
  };
}

/** Holds a lock until it is released; null where another page has it. */
function lockHeld(locks: Locks, name: string): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    let give: () => void = () => undefined;
    const released = new Promise<void>((done) => (give = done));
    const whole = locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return resolve(null);
      resolve(async () => {
        give();
        await whole;
      });
      await released;
    });
    whole.catch(reject);
  });
}
