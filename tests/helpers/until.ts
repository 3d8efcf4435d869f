import { vi } from 'vitest';

/**
 * Asks again and again until nothing is thrown, and answers what was answered then. A machine that is busy with other
 * things is slow, not wrong: only what never comes is a failure.
 */
export const until = <T>(ask: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(ask, { timeout: 50_000, interval: 5 });
