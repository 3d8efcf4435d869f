import { useMemo } from 'react';
import type { CellResult } from '../../experiments/result.ts';
import type { Known } from '../../experiments/layers.ts';
import { ownUnder } from '../../experiments/layers.ts';
import { useAppState } from '../parts/context.ts';

const NONE: readonly CellResult[] = [];

/** Whether it has been looked for, here and in what is shipped: until then nothing is known, and nothing is known to be missing. */
export function useIsLookedUp(experiment: string): boolean {
  return useAppState(
    ({ labShipped, labWorker }) =>
      Array.isArray(labShipped[experiment]) && (labWorker === 'ready' || labWorker === 'failed'),
  );
}

/** What is known of an experiment: what is shipped, and what was run here under the budget that is chosen. */
export function useKnown(experiment: string): Known {
  const shipped = useAppState((s) => s.labShipped[experiment] ?? NONE);
  const all = useAppState((s) => s.labOwn[experiment] ?? NONE);
  const budget = useAppState((s) => s.setUp.budget);
  return useMemo(() => ({ shipped, own: ownUnder(all, budget) }), [shipped, all, budget]);
}
