import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { Scales } from '../../viz/frameScales.ts';
import { createFrameScales } from '../../viz/frameScales.ts';
import { useApp, useAppState } from '../parts/context.ts';

const NONE: Scales = { limit: () => 0, signed: () => false };

export const ScalesContext = createContext<Scales>(NONE);

/** The scales that all heatmaps of the stage share. */
export const useScales = (): Scales => useContext(ScalesContext);

/** Makes the scales; whoever paints first brings them up to date. Once in the page. */
export function useFrameScales(): Scales {
  const { episode } = useApp();
  const kept = useAppState((s) => s.keepScales);
  const [scales] = useState(createFrameScales);
  useEffect(() => {
    scales.update(episode);
    scales.keep(kept);
    episode.changed.emit();
  }, [scales, episode, kept]);
  return useMemo(
    () => ({
      limit(quantity, layer) {
        scales.update(episode);
        return scales.limit(quantity, layer);
      },
      signed(quantity, layer) {
        scales.update(episode);
        return scales.signed(quantity, layer);
      },
    }),
    [scales, episode],
  );
}
