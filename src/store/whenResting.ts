import type { Context } from './context.ts';

/** The engine has been idle so long (ms) before something is done beside: whoever draws on is not held up. */
const REST = 300;

/**
 * Does something once it has been needed for a while, and again when something else is. What failed is not done again by itself.
 *
 * @param needed says what is, in a word of its own; null: nothing
 */
export function whenResting(
  { store, episode }: Pick<Context, 'store' | 'episode'>,
  needed: () => string | null,
  act: () => Promise<void>,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string | null = null;
  let done: string | null = null;
  const look = () => {
    const key = needed();
    if (key === waiting) return;
    clearTimeout(timer);
    waiting = key === done ? null : key;
    if (waiting === null) return;
    timer = setTimeout(() => {
      done = waiting;
      waiting = null;
      void act();
    }, REST);
  };
  store.subscribe(look);
  episode.changed.subscribe(look);
}
