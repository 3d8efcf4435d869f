import { reportFault } from './reportFault.ts';

/** A list of listeners to call: for what changes at frame rate and therefore bypasses React. */
export interface Signal {
  subscribe(listener: () => void): () => void;
  /** Calls them all: one that throws stops neither the others nor who emits. */
  emit(): void;
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit() {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          reportFault(error);
        }
      }
    },
  };
}
