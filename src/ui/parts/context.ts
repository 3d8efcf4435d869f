import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { App } from '../../store/app.ts';
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
