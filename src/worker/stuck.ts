import { heartbeats } from './pacing.ts';

/** A step is looked at this often (ms) … */
const LOOK_MS = 5_000;
/** … and is stuck once it has been seen so often without having ended, or let messages in: two minutes of a thread that runs. */
const LOOKS = 24;

/**
 * Does a step; calls `onStuck` where it neither ends nor lets messages in: a device that never answers, say. Looks are counted, not
 * seconds: a thread that is frozen does not look.
 */
export async function watched<T>(step: () => Promise<T>, onStuck: () => void): Promise<T> {
  let seen = heartbeats();
  let looks = 0;
  const timer = setInterval(() => {
    const now = heartbeats();
    looks = now === seen ? looks + 1 : 0;
    seen = now;
    if (looks === LOOKS) onStuck();
  }, LOOK_MS);
  try {
    return await step();
  } finally {
    clearInterval(timer);
  }
}
