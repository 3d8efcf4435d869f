import type { StoredArray } from '../../experiments/result.ts';

/** What is kept of a trained model to be looked at, and what is to be said of it. */
export interface Exhibits {
  readonly arrays: Record<string, StoredArray>;
  readonly words: Record<string, string>;
}
