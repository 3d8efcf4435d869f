/** What an exhibit shows at a moment. `S` is what its own picture is painted from: plain numbers and arrays, to be posted. */
export interface Frame<S> {
  /** Steps since it was begun; 0 before the first. */
  readonly step: number;
  /** Its main number, or null where there is none yet. */
  readonly metric: number | null;
  /** It has come to its end by itself. */
  readonly ended: boolean;
  /** One sentence on how it stands: why it ended, that it diverges, what is being loaded. Null: nothing to say. */
  readonly says: string | null;
  /** The sentence is of trouble. */
  readonly isTrouble: boolean;
  readonly shown: S;
}

/** Something a hand does to an exhibit that no control says: a picture drawn, an end pulled. */
export interface Act {
  readonly name: string;
  readonly values: readonly number[] | Float32Array;
}
