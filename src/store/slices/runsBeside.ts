import type { RunSettled } from '../../protocol/runsBeside.ts';
import type { Drawing } from '../drawing.ts';

/** Kept runs on one and the same digit. */
export interface RunsBeside {
  /** The runs, in the order of their columns. */
  readonly ids: readonly string[];
  /** What all of them look at; null: it is being fetched. */
  readonly picture: Drawing | null;
  /** What each of them did with that picture, as far as it is known. */
  readonly settled: Readonly<Record<string, RunSettled>>;
  /** Why one could not look at it: a sentence. */
  readonly refused: Readonly<Record<string, string>>;
  /** Whether some still settle. */
  readonly looking: boolean;
}

export interface RunsBesideSlice {
  /** Null: they are not on show. */
  readonly runsBeside: RunsBeside | null;
}

export const initialRunsBeside: RunsBesideSlice = { runsBeside: null };
