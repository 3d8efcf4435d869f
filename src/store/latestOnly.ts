/**
 * Sends one value at a time; of those that come meanwhile only the newest waits, and is sent next. Resolves when nothing
 * waits any more.
 */
export function latestOnly<T>(send: (value: T) => Promise<unknown>): (value: T) => Promise<void> {
  let waiting: { readonly value: T } | null = null;
  let sending: Promise<void> | null = null;
  const drain = async () => {
    try {
      while (waiting) {
        const { value } = waiting;
        waiting = null;
        await send(value);
      }
    } finally {
      sending = null;
    }
  };
  return (value) => {
    waiting = { value };
    sending ??= drain();
    return sending;
  };
}
