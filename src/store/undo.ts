/** A value with its past and its undone future. Immutable: every function returns a new one. */
export interface Undoable<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
}

/** How far back one can go. */
export const UNDO_LEVELS = 200;

export function undoable<T>(present: T): Undoable<T> {
  return { past: [], present, future: [] };
}

/** A new present; what was undone before is forgotten. */
export function record<T>({ past, present }: Undoable<T>, next: T): Undoable<T> {
  return { past: [...past, present].slice(-UNDO_LEVELS), present: next, future: [] };
}

/** One step back; at the beginning nothing changes. */
export function undo<T>(history: Undoable<T>): Undoable<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present,
    future: [history.present, ...history.future],
  };
}

/** One step forward again; at the end nothing changes. */
export function redo<T>(history: Undoable<T>): Undoable<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future };
}
