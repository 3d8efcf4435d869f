import { useMemo } from 'react';
import type { Exhibit, Values } from '../../exhibits/exhibit.ts';
import { completed } from '../../exhibits/values.ts';
import { useAppState } from '../parts/context.ts';

/** How all controls of the exhibit on show stand. */
export function useValues({ controls }: Exhibit): Values {
  const set = useAppState((s) => s.setUp.set);
  return useMemo(() => completed(controls, set), [controls, set]);
}
