import { useMemo } from 'react';
import type { ExhibitLook } from '../../viz/exhibits/exhibitPicture.ts';
import { useAppState } from '../parts/context.ts';
import { useLook } from '../parts/theme.ts';

/** Sizes of type (CSS pixels) in pictures; for a projector they are larger, as everything is. */
const TYPE = 12;
const PRESENTING = 15;

/** What the pictures of exhibits take from the page. */
export function useExhibitLook(): ExhibitLook {
  const { kind, colours, palette, font } = useLook();
  const presenting = useAppState((s) => s.presenting);
  return useMemo(
    () => ({ kind, colours, palette, font, type: presenting ? PRESENTING : TYPE }),
    [kind, colours, palette, font, presenting],
  );
}
