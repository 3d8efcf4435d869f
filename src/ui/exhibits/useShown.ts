import { useCallback, useMemo } from 'react';
import type { Frame } from '../../exhibits/frame.ts';
import type { ExhibitId } from '../../exhibits/shown.ts';
import { SHOWN_SLOT } from '../../store/exhibitViews.ts';
import type { Signal } from '../../store/signal.ts';
import { useApp } from '../parts/context.ts';

/** What an exhibit shows, to be read at frame rate: null before its first frame; and the signals that say when it is another. */
export function useShown(
  id: ExhibitId,
  slot = SHOWN_SLOT,
): { readonly read: () => Frame<unknown> | null; readonly signals: readonly Signal[] } {
  const { exhibitFrames } = useApp();
  const signals = useMemo(() => [exhibitFrames.changed(slot)], [exhibitFrames, slot]);
  const read = useCallback(() => {
    const now = exhibitFrames.at(slot);
    return now?.exhibit === id ? now.frame : null;
  }, [exhibitFrames, id, slot]);
  return { read, signals };
}
