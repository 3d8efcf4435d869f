/**
 * Something of the browser's, or null where it has none or refuses to be asked: what a page may store it may lack, and in a sandboxed
 * frame or with storage blocked the mere access throws.
 */
export function orNull<T>(ask: () => T | null | undefined): T | null {
  try {
    return ask() ?? null;
  } catch {
    return null;
  }
}
