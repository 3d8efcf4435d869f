import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { App } from '../../store/app.ts';
import type { Circumstances } from '../../store/circumstances.ts';
import { circumstances } from '../../store/circumstances.ts';
import type { AppState } from '../../store/state.ts';

export const AppContext = createContext<App | null>(null);

/** The page without its looks. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('No app around this component.');
  return app;
}

/** A part of the state; the component renders again when it changes. */
export function useAppState<T>(select: (state: AppState) => T): T {
  return useStore(useApp().store, select);
}

/** Something about the episode on show and the state together; the component renders again when it changes. */
export function useOnShow<T>(select: (episode: App['episode'], state: AppState) => T): T {
  const { episode, store } = useApp();
  const subscribe = useMemo(
    () => (listener: () => void) => {
      const stops = [episode.changed.subscribe(listener), store.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [episode, store],
  );
  return useSyncExternalStore(subscribe, () => select(episode, store.getState()));
}

/** Something of the circumstances of the frame on show; the component renders again when it changes. */
export function useShown<T>(select: (shown: Circumstances) => T): T {
  return useOnShow((episode, state) => select(circumstances(episode, state)));
}
