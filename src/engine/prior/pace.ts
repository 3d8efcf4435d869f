import { NgcError } from '../../shared/errors.ts';
import { nextTask } from '../../shared/nextTask.ts';

/** How long a computation may keep its thread to itself, ms. */
const SLICE = 15;

/**
 * Makes a long computation polite: await the returned function between pieces of work. It lets the
 * event loop run when the last pause is 15 ms ago, so that messages and timers get through.
 * @throws NgcError 'cancelled' (from the returned function) once `signal` is aborted.
 */
export function createPace(signal: AbortSignal | undefined, what: string): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > SLICE) {
      await nextTask();
      last = performance.now();
    }
    if (signal?.aborted) throw new NgcError('cancelled', `${what} was stopped.`);
  };
}
