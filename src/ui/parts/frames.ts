import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { synapsesSince } from '../../store/circumstances.ts';
import type { Signal } from '../../store/signal.ts';
import { useApp, useAppState } from './context.ts';

/** The signal of the episode, for what is painted or written at frame rate. */
export function useEpisodeSignals(): readonly Signal[] {
  const { episode } = useApp();
  return useMemo(() => [episode.changed], [episode]);
}

/** Those of the episode and of the state, for what is read from both. */
export function useSignalsOfAll(): readonly Signal[] {
  const { episode, store } = useApp();
  return useMemo(
    () => [episode.changed, { emit: () => undefined, subscribe: store.subscribe }],
    [episode, store],
  );
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

/** Whether the frame on show was settled with other synapses than the network has now. */
export function useSynapsesSince(): boolean {
  const { episode } = useApp();
  const version = useSyncExternalStore(
    episode.changed.subscribe,
    () => episode.info?.weightsVersion ?? null,
  );
  return useAppState((state) => synapsesSince(version, state));
}
