/** What counts time; tests hand in their own. */
export interface Clock {
  now(): number;
  /** Calls back again and again, every so often (ms) at the most; returns what ends it. */
  every(milliseconds: number, callback: () => void): () => void;
}

export const pageClock: Clock = {
  now: () => performance.now(),
  every(milliseconds, callback) {
    const timer = setInterval(callback, milliseconds);
    // In Node, who watches must not keep the process alive.
    (timer as { unref?: () => void }).unref?.();
    return () => clearInterval(timer);
  },
};

/** So often (ms) it is looked how long anything waits. */
const TICK_MS = 2_000;
/**
 * What is answered at once is late after so long (ms). The longest silence that a machine of two cores was ever measured at is 44 s: the
 * first synapses of a network 20 times the paper's.
 */
const LATE_MS = 120_000;
/** A machine whose engine has been silent for long, and has answered, is given so many times as long. */
const PATIENCE = 3;

/** What waits to be answered. */
export interface Deadline {
  sent(id: number): void;
  answered(id: number): void;
  stop(): void;
}

/**
 * Calls `onLate`, once, when something has waited too long, as counted by this page's own ticks: while the page sleeps, is frozen or
 * throttled, nothing counts as late.
 *
 * @param late how long (ms) is too long for whoever has never been silent for long
 */
export function createDeadline(
  onLate: () => void,
  clock: Clock = pageClock,
  late = LATE_MS,
): Deadline {
  /** Milliseconds that this page has been awake. */
  let awake = 0;
  let last = clock.now();
  let longest = 0;
  const waiting = new Map<number, number>();
  const stop = clock.every(TICK_MS, () => {
    const now = clock.now();
    awake += Math.min(now - last, 2 * TICK_MS);
    last = now;
    const oldest = Math.min(...waiting.values());
    if (awake - oldest <= Math.max(late, PATIENCE * longest)) return;
    waiting.clear();
    onLate();
  });
  return {
    sent: (id) => void waiting.set(id, awake),
    answered(id) {
      const since = waiting.get(id);
      if (since === undefined) return;
      longest = Math.max(longest, awake - since);
      waiting.delete(id);
    },
    stop,
  };
}
