/** Small facts kept from one visit to the next; where they cannot be kept, nothing fails. */
export interface Memory {
  recall(key: string): Promise<string | null>;
  remember(key: string, value: string): Promise<void>;
}

/** Remembers as long as the process lives. */
export function forgetfulMemory(): Memory {
  const values = new Map<string, string>();
  return {
    recall: (key) => Promise.resolve(values.get(key) ?? null),
    remember(key, value) {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}

const CACHE = 'ngc-explorer-facts';

/** Remembers in the browser's storage, which a worker reaches too. */
export function browserMemory(): Memory {
  const at = (key: string) => `/facts/${encodeURIComponent(key)}`;
  const open = () => globalThis.caches?.open(CACHE);
  return {
    async recall(key) {
      try {
        const kept = await (await open())?.match(at(key));
        return kept ? await kept.text() : null;
      } catch {
        return null; // storage is forbidden here
      }
    },
    async remember(key, value) {
      try {
        await (await open())?.put(at(key), new Response(value));
      } catch {
        // It will be found out again.
      }
    },
  };
}
