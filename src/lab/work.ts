/** How long work talks to whoever asked for it. */
export interface Work {
  /** Says what is being done, and what share of that is done (0 … 1). */
  show(label: string, fraction: number): void;
  /** Lets others work in between. Throws a "cancelled" error once the work is to stop. */
  pause(): Promise<void>;
  /** What an error of the work comes from: numbers that are none may be those of a device that is lost. Absent: from nothing else. */
  causeOf?(error: unknown): Promise<unknown>;
  /** Aborted once the work is to stop. */
  readonly signal: AbortSignal;
}

/** A handler for a part of the work that reports the share that is done. */
export const follow = (work: Work, label: string) => async (fraction: number) => {
  work.show(label, fraction);
  await work.pause();
};
