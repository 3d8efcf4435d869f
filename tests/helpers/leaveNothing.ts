import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

/* One process runs many files: what a file put in the world's place is taken away at its end, for those that follow. */
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  fc.resetConfigureGlobal();
});
