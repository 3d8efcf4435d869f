import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Signal } from '../../store/signal.ts';
import { useApp } from './context.ts';

/** The signal of the episode, for what is painted or written at frame rate. */
export function useEpisodeSignals(): readonly Signal[] {
  const { episode } = useApp();
  return useMemo(() => [episode.changed], [episode]);
}

/**
 * Renders a component again when the frame on show changes, but at most every `interval` ms: for what is drawn as elements.
 *
 * @returns a number that rises each time
 */
export function useSlowFrames(interval: number): number {
  const { episode } = useApp();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = episode.changed.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null;
        setCount((n) => n + 1);
      }, interval);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [episode, interval]);
  return count;
}

/** Whether there is any frame to show. */
export function useHasFrames(): boolean {
  const { episode } = useApp();
  return useSyncExternalStore(episode.changed.subscribe, () => episode.count > 0);
}
