/** Hands an error that nobody waits for to where the browser collects uncaught ones: the console, and `Environment.onFault`. */
export function reportFault(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}
